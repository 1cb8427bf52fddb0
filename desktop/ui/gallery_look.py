"""The look itself on the page of the kit: the colours of the three themes, the steps of letters, the drawings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark
from desktop.ui.kit.cards import Card
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.tokens import THEMES

ICON_NAMES = [
    "layout-dashboard", "users", "heart-handshake", "message-report", "messages", "clipboard-check", "building-community", "report",
    "settings", "help", "search", "text-size", "contrast", "lock", "user-plus", "message-plus", "heart-plus", "users-group", "printer",
    "usb", "table-import", "table-export", "file-type-pdf", "device-floppy", "database", "shield-lock", "edit", "trash", "eye",
    "eye-off", "plus", "x", "check", "minus", "chevron-down", "chevron-right", "arrow-left", "circle-check", "alert-octagon",
    "alert-triangle", "clock", "circle-dashed", "info-circle", "player-play", "git-compare", "inbox", "send", "calendar", "paperclip",
    "photo-plus", "star", "columns-3", "history", "home-heart", "file-text",
]  # fmt: skip


class Swatch(QWidget):
    """A colour of a theme with its name on it, in the theme's own ink."""

    def __init__(self, theme: str, ground: str, ink: str, line: str, word: str) -> None:
        super().__init__()
        self._theme, self._ground, self._ink, self._line, self._word = theme, ground, ink, line, word
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setMinimumHeight(self.fontMetrics().height() + look().u(4))
        self.setMinimumWidth(look().u(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        here, tokens, painter = look(), THEMES[self._theme], QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.colour(self._line)), 1))
        painter.setBrush(QColor(tokens.colour(self._ground)))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), here.u(4), here.u(4))
        painter.setPen(QColor(tokens.colour(self._ink)))
        painter.setFont(here.font("caption"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._word)
        painter.end()


def colours() -> Card:
    """Grounds and tones of the three themes."""
    card = Card(_("颜色"))
    for theme, word in (("light", _("浅色")), ("dark", _("深色")), ("contrast", _("高对比"))):
        card.add(Label(word, "caption", "text2"))
        first = (("window", "text", "底"), ("surface", "text", "面"), ("sunken", "text2", "沉"), ("act_soft", "text", "选中"),
                 ("brand", "on_brand", "枣红"), ("act", "on_act", "黛蓝"))  # fmt: skip
        second = (("ok", "松绿 好"), ("warn", "藤黄 快到"), ("err", "赭橙 错"), ("wait", "墨灰 等"))
        above, below = QHBoxLayout(), QHBoxLayout()
        for ground, ink, name in first:
            above.addWidget(Swatch(theme, ground, ink, "line", name))
        for tone, name in second:
            below.addWidget(Swatch(theme, f"{tone}_soft", tone, f"{tone}_line", name))
        card.add(above)
        card.add(below)
    card.add(Label(_("枣红只作实底：品牌、主按钮、当前步。错误不作实底：浅底、赭橙字、八角标、一个词。"), "caption", "text2", wrap=True))
    return card


def letters() -> Card:
    """The steps of letters."""
    card = Card(_("字号"))
    for role, words in (("title", _("页题 1.48")), ("section", _("段题 1.14")), ("body", _("正文 1.00")), ("caption", _("注 0.86"))):
        row = QHBoxLayout()
        row.addWidget(Label(words, role))
        row.addStretch(1)
        row.addWidget(Label(f"{look().points(role):g}", "caption", "text2"))
        card.add(row)
    return card


def icons() -> Card:
    """The core drawings, one weight."""
    card, inner = Card(_("图标")), QWidget()
    flow = FlowLayout(inner, 8)
    for name in ICON_NAMES:
        mark = IconMark(name)
        mark.setAccessibleName(name)
        flow.addWidget(mark)
    card.add(inner)
    return card
