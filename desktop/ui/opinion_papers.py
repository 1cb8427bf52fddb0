"""What can be printed of the opinion on the page: its own papers, and the ledger of the list that it was opened from."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.model.language import _
from desktop.ui.filtering import open_below
from desktop.ui.icons import icon
from desktop.ui.kit.text import PlainMenu

if TYPE_CHECKING:
    from desktop.ui.opinions import OpinionPage

PAPERS = (("hand-over", "交办单（一式两份）", "file-text"), ("reply", "反馈单（给提出人）", "file-text"))


class OpinionPapers(QObject):
    """The menu of papers, and the way to the print page."""

    def __init__(self, page: "OpinionPage") -> None:
        super().__init__(page)
        self._page = page

    def open_menu(self) -> None:
        """Which paper, below the button that prints."""
        page = self._page
        menu = PlainMenu(page)
        for paper, word, picture in PAPERS:
            menu.add(_(word), icon(picture)).triggered.connect(partial(self.print_paper, paper))
        menu.add_line()
        ledger = _("意见建议台账（本筛选）") if page.siblings else _("意见建议台账")
        menu.add(ledger, icon("columns-3")).triggered.connect(self._print_ledger)
        window: Any = page.window()
        header = getattr(window, "header", None)
        open_below(menu, header.deeds.button("print") if header is not None else page.head)

    def print_paper(self, paper: str, *_checked: object) -> None:
        """This paper of the opinion, on the print page."""
        self._page.go("print", paper=paper, ids=(self._page.key,))

    def _print_ledger(self) -> None:
        """The opinions of the list that this one was opened from; without one the whole ledger."""
        self._page.go("print", paper="opinion-ledger", **({"ids": self._page.siblings} if self._page.siblings else {}))
