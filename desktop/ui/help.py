"""帮助: F1 opens one short page about the page one is on: what it is for, its three commonest jobs, its keys, the paper it ends in.

The texts lie in resources/help, one for each page; a page without one of its own has that of its sort (table.md, form.md). The keys
are asked of the page itself, so that none is promised that does nothing. The whole manual is one key away.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from desktop.model.contents import record_type
from desktop.model.language import _
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action
from desktop.ui.look import follow, look
from desktop.ui.page import Page

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
MANUAL, TEXTS = RESOURCES / "manual.md", RESOURCES / "help"


def text_file(about: str) -> Path:
    """The file that speaks of a page: its own, or that of its sort. The file may not be there; a test keeps that it is."""
    own = TEXTS / f"{about.replace(':', '-')}.md"
    return own if own.is_file() else TEXTS / f"{about.partition(':')[0]}.md"


def help_text(about: str) -> str:
    """What is said of a page, with the name of the records it shows in its place."""
    _sort, _colon, kind = about.partition(":")
    text = text_file(about).read_text(encoding="utf-8")
    return text.replace("{what}", _(record_type(kind).label)) if kind else text


def keys_in_words(title: str, keys: Iterable[PageKey]) -> str:
    """A table of keys: what is pressed, what happens."""
    lines = "".join(f"| **{key.shown}** | {key.words} |\n" for key in keys)
    return f"\n\n| {title} | |\n| :--- | :--- |\n{lines}" if lines else ""


class HelpPage(Page):
    """The page about one page, or the whole manual."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = self._last = self._name = ""
        self._keys_there: Sequence[PageKey] = ()
        self._keys_anywhere: Sequence[PageKey] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)  # our own page leads nowhere outside the program
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setAccessibleName(_("手册"))
        column.addWidget(self.text)
        self.bind_keys((PageKey("Return", _("看整本手册，再按回到这一页"), self.turn, ("Enter",)),))
        follow(self, self._show)

    # what the shell asks

    def title(self) -> str:
        return _("帮助")

    def subtitle(self) -> str:
        return _("这一页：{name}").format(name=self._name) if self.about else _("手册；Ctrl+K 找人、找事、找表")

    def crumbs(self) -> list[str]:
        return [_("返回")]

    def header_actions(self) -> Sequence[Action]:
        if not self._name:
            return ()
        label = _("整本手册") if self.about else _("回到这一页：{name}").format(name=self._name)
        return [Action("turn", label, "file-text", shortcut="Enter", run=self.turn)]

    def arrive(self, **arguments: object) -> None:
        about, name, keys, anywhere = (arguments.get(word) for word in ("about", "name", "keys", "anywhere"))
        self.about = about if isinstance(about, str) else ""
        self._last, self._name = self.about, str(name or "")
        self._keys_there = tuple(keys) if isinstance(keys, list | tuple) else ()
        self._keys_anywhere = tuple(anywhere) if isinstance(anywhere, list | tuple) else ()
        self._show()

    def take_focus(self) -> None:
        self.text.setFocus()

    def turn(self) -> None:
        """From the page about a page to the manual, and back."""
        self.about = "" if self.about else self._last
        self._show()
        self.head_changed.emit()

    # the text

    def _show(self) -> None:
        """The text is laid out again: a document keeps the letters it was read with."""
        document = self.text.document()
        document.setDefaultFont(look().font())
        document.setDocumentMargin(look().u(18))
        document.setBaseUrl(QUrl.fromLocalFile(f"{TEXTS}/"))
        self.text.setMarkdown(self._about_page() if self.about else MANUAL.read_text(encoding="utf-8"))
        document.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, self.subtitle())
        self.text.verticalScrollBar().setValue(0)

    def _about_page(self) -> str:
        before, picture, paper = help_text(self.about).partition("\n**最后是这张纸")
        here, anywhere = keys_in_words(_("这一页的键"), self._keys_there), keys_in_words(_("哪一页都行"), self._keys_anywhere)
        return f"{before}{here}{anywhere}\n\n{picture}{paper}"
