"""How a paper leaves the page: to the printer, as a PDF, as a workbook. Each time it is written down, or it does not leave."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.model.language import _
from desktop.office import prints
from desktop.store.disk import write_whole
from desktop.ui.printers import Job, send
from desktop.ui.printhow import How
from desktop.ui.printorder import MASKING, Made, dated, listing_of, title_of
from desktop.ui.work import Report

if TYPE_CHECKING:
    from desktop.ui.printing import PrintPage


class PrintDeeds(QObject):
    """The deeds of the print page."""

    def __init__(self, page: "PrintPage") -> None:
        super().__init__(page)
        self.page = page
        self.hows: dict[str, How] = {}  # form → how it was printed the last time
        self._saved_in = Path.home()

    def leaving(self) -> list[tuple[Made, str, str]]:
        """The papers that go out together, each with its name for people and for the log."""
        page = self.page
        papers = [(page.shown(), page.name(), page.logged_as())]
        second = page.along.made if page.along.wanted else None
        return papers if second is None else [*papers, (second, title_of(second.order), second.order.key)]

    def print_it(self) -> None:
        """The paper of now goes to the printer, and that is written down."""
        page, how = self.page, self.page.how
        if not how.printer.count():
            page.say("warn", _("本机没有装打印机"), _("存为 PDF"), self.save)
        elif page.ready(self.print_it):
            desk, leaving, chosen, copies = page.desk, self.leaving(), how.now(), how.how_many()
            self.hows[page.order.key] = chosen

            def deed(report: Report) -> None:
                desk.require("paper.print")
                for made, name, logged_as in leaving:
                    send(made.paper.pdf, Job(chosen.printer, name, copies, chosen.both_sides), report)
                    prints.log_print(desk, logged_as, made.count)

            names = "、".join(name for _made, name, _key in leaving)
            page.run(_("打印"), deed, lambda _r: self._left(lambda: page.toast(_("已交给打印机：{name}").format(name=names))))

    def save(self) -> None:
        """The paper of now as a file, asked where; what goes along lies beside it."""
        if self.page.ready(self.save):
            save = partial(self._save_as, self.leaving())
            self._ask_where(_("存为 PDF"), "pdf", _("PDF 文件 (*.pdf)"), save)

    def _save_as(self, leaving: list[tuple[Made, str, str]], name: str) -> None:
        first, desk = Path(name), self.page.desk
        self._saved_in = first.parent
        paths = [first, *(_free(first.with_name(f"{first.stem} {title}.pdf")) for _made, title, _key in leaving[1:])]

        def deed() -> None:
            desk.require("paper.print")
            for path, (made, _title, logged_as) in zip(paths, leaving, strict=True):
                write_whole(path, made.paper.pdf)
                prints.log_print(desk, logged_as, made.count, as_file=True)

        self.page.do(_("存为 PDF"), deed, lambda _r: self._left(lambda: self._say_saved(paths)))

    def export(self) -> None:
        """The rows of the ledger as a workbook, masked as the paper is."""
        if self.page.desk.may("record.export") and self.page.ready(self.export):
            self._ask_where(_("导出 Excel"), "xlsx", _("Excel 工作簿 (*.xlsx)"), partial(self._export_as, self.page.shown()))

    def _export_as(self, made: Made, name: str) -> None:
        from desktop.exchange.writing import export, export_ledger

        desk, path, order, rows = self.page.desk, Path(name), made.order, made.rows
        self._saved_in = path.parent
        full = order.key in MASKING and not order.wish.masked

        def deed() -> None:
            if order.key == "list":  # numbers that can be counted on, not their words
                export(desk, listing_of(desk, order), path, title=title_of(order), full=full)
            elif rows is not None:
                export_ledger(desk, rows, path, full=full)

        self.page.do(_("导出 Excel"), deed, lambda _r: self._say_saved([path]))

    def _ask_where(self, what: str, suffix: str, kinds: str, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self.page, what, str(self._saved_in), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{self.page.name()} {dated(self.page.order, self.page.desk.today)}.{suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def _left(self, say: Callable[[], object]) -> None:
        self.page.ask_last()
        say()

    def _say_saved(self, paths: list[Path]) -> None:
        folder, names = QUrl.fromLocalFile(str(paths[0].parent)), "、".join(path.name for path in paths)
        self.page.say("ok", _("已存为 {name}").format(name=names), _("打开文件夹"), lambda: QDesktopServices.openUrl(folder))


def _free(path: Path) -> Path:
    """The same name, numbered when a file of that name lies there: nobody was asked whether it may be written over."""
    others = (path.with_name(f"{path.stem} ({nth}){path.suffix}") for nth in range(2, 1000))
    return path if not path.exists() else next((one for one in others if not one.exists()), path)
