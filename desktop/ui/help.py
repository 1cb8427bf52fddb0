"""帮助: the manual inside the program, and the keys of every page; F1 opens it from anywhere."""

from pathlib import Path

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.look import follow, look
from desktop.ui.page import Page

MANUAL = Path(__file__).resolve().parents[2] / "resources" / "manual.md"


class HelpPage(Page):
    """The manual, in the letters of the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)  # our own page leads nowhere outside the program
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setAccessibleName(_("手册"))
        column.addWidget(self.text)
        follow(self, self._restyle)

    def title(self) -> str:
        return _("帮助")

    def subtitle(self) -> str:
        return _("手册；Ctrl+K 找人、找事、找表")

    def crumbs(self) -> list[str]:
        return [_("返回")]

    def take_focus(self) -> None:
        self.text.setFocus()

    def _restyle(self) -> None:
        """The text is laid out again: a document keeps the letters it was read with."""
        self.text.document().setDefaultFont(look().font())
        self.text.document().setDocumentMargin(look().u(18))
        self.text.setMarkdown(MANUAL.read_text(encoding="utf-8"))
