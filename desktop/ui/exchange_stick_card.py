"""The stick as the clerk sees it: which one it is, what lies on it in words, and what of that can be read in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.codes import office_name
from desktop.model.language import _
from desktop.store.work import Row
from desktop.sync.stick import StickFile
from desktop.ui.exchange_words import short_day, size_words
from desktop.ui.icons import IconMark
from desktop.ui.kit.badges import Badge, BadgeData
from desktop.ui.kit.buttons import IconButton, LinkButton
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import ElidedLabel, Label, Rule
from desktop.ui.look import look

SHOWN_MOST = 3  # files of the stick that are told one by one
STATE_BADGES = {"已入库": ("ok", "circle-check"), "由后批代替": ("ok", "circle-check"), "已接收": ("act", "inbox")}


@dataclass(frozen=True)
class StickLine:
    """One thing on a stick: its words, its state, and what can be done with it (`read`, `welcome` or nothing)."""

    icon: str
    title: str
    below: str
    badge: BadgeData | None = None
    deed: str = ""
    path: str = ""


def stick_lines(
    files: Sequence[StickFile], us: str, read: Mapping[str, int], sent: Mapping[str, Row], *, is_enrolled: bool
) -> Iterable[StickLine]:
    """What lies on the stick in the clerk's words. `read`: the receipts that were read; `sent`: our batches; both by hash."""
    strange = 0
    for file in files:
        header = file.header
        if header is None:
            if file.note and file.path.suffix == ".lxb":
                yield StickLine("file-unknown", file.path.name, file.note, ("err", "alert-octagon", _("打不开")))
            else:
                strange += 1
            continue
        name, wrong = office_name(header.sender)[0], ("warn", "alert-triangle", _("没登记")) if file.note else None
        if file.kind == "down":
            state = ("ok", "circle-check", _("已读入")) if header.sha256 in read else wrong
            title = _("回执 第 {n} 号").format(n=header.number)
            yield StickLine("clipboard-check", title, file.note or _("{office} · 签名已验").format(office=name), state,
                            "" if state else "read", str(file.path))  # fmt: skip
        elif file.kind == "up" and header.sender == us:
            row = sent.get(header.sha256)
            state_word = row["state"] if row is not None else _("不在本机账上")
            tone, icon = STATE_BADGES.get(state_word, ("wait", "circle-dashed"))
            words = [_("{n} 条").format(n=row["lines"]), short_day(row["made_on"])] if row is not None else []
            yield StickLine("package", _("第 {n} 批").format(n=header.number), " · ".join([size_words(header.size), *words]),
                            (tone, icon, _(state_word)))  # fmt: skip
        elif file.kind == "welcome":
            yield StickLine("mail", _("入网通知"), name, wrong, "" if is_enrolled else "welcome", str(file.path))
        elif file.kind == "enrol":
            yield StickLine("fingerprint", _("入网申请"), name)
        else:
            strange += 1
    if strange:
        yield StickLine("file-unknown", _("其他文件 {n} 个").format(n=strange), _("不是连心的，不会打开"))


class StickCard(Card):
    """The stick: which, how much room, what lies on it."""

    choose_wanted = Signal()
    look_wanted = Signal()
    deed_wanted = Signal(str, str)  # read or welcome; the file

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("还没有选 U 盘"), "usb", gap=4, parent=parent)
        self.choose = LinkButton(_("选 U 盘"))
        self.again = IconButton(_("再看一遍 U 盘"), "refresh")
        self.choose.clicked.connect(self.choose_wanted)
        self.again.clicked.connect(self.look_wanted)
        self.add_to_head(self.choose)
        self.add_to_head(self.again)
        self._pieces: list[QWidget] = []
        self.show_stick("", "", ())

    def show_stick(self, title: str, note: str, lines: Iterable[StickLine]) -> None:
        """This stick, or none."""
        self.set_title(title or _("还没有选 U 盘"))
        self.again.setVisible(bool(title))
        self.choose.set_label(_("换一支") if title else _("选 U 盘"))
        for piece in self._pieces:
            self.body.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        hint = Label(note or _("插上 U 盘，选它的盘符；连心只读写其中的“连心”文件夹"), "caption", "text2", wrap=True)
        self._pieces = [hint]
        shown = sorted(lines, key=lambda line: not line.deed)  # what wants to be read stands first
        for line in shown[:SHOWN_MOST]:
            self._pieces += [Rule(), self._line(line)]
        if len(shown) > SHOWN_MOST:
            self._pieces += [Rule(), Label(_("还有 {n} 份旧文件").format(n=len(shown) - SHOWN_MOST), "caption", "text2")]
        for piece in self._pieces:
            self.add(piece)

    def _line(self, line: StickLine) -> QWidget:
        piece, row, words = QWidget(), QHBoxLayout(), QVBoxLayout()
        words.setSpacing(0)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().u(10))
        row.addWidget(IconMark(line.icon, "act" if line.deed else "text2"))
        words.addWidget(ElidedLabel(line.title))
        words.addWidget(ElidedLabel(line.below, "caption", "text2"))
        row.addLayout(words, 1)
        if line.badge is not None:
            tone, icon, word = line.badge
            row.addWidget(Badge(word, tone, icon))
        if line.deed:
            link = LinkButton(_("读入"), "table-import")
            link.setAccessibleName(_("读入{what}").format(what=line.title))
            link.clicked.connect(lambda: self.deed_wanted.emit(line.deed, line.path))
            row.addWidget(link)
        piece.setLayout(row)
        return piece
