"""报表与打印: every printed form, the paper itself in the middle, what goes on it and how it comes out at the right.

Preview, print and PDF are one file, made once off the GUI thread. Each time a paper leaves, for the printer or as a file, it is
written down; full numbers need their own right. Opened as `go("print", paper="slip", ids=(…))`, `go("print", paper="list",
listing=…)`, or with a paper that another page makes: `go("print", make=…, title=…)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSizeF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QPageSize
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office import papers
from desktop.office.selections import source
from desktop.reports import PAPERS
from desktop.reports.sheet import Paper
from desktop.store.disk import write_whole
from desktop.store.page import Listing
from desktop.ui.icons import IconMark
from desktop.ui.keys import PageKey
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.text import Label
from desktop.ui.latest import Latest
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.pdfpages import Pdf
from desktop.ui.preview import Preview
from desktop.ui.printers import Job, printers, prints_both_sides, send
from desktop.ui.printlist import PaperList
from desktop.ui.printorder import ALL, LISTED, MASKING, PICKED, Made, Order, asks_of, goes_with, make, missing, named, settled, title_of
from desktop.ui.printwish import Wish, WishPanel, first_preset, period
from desktop.ui.session import Session
from desktop.ui.work import Report

NAMED_MOST = 8  # picked records that are shown by their names
OPTIONS_WIDTH = 248


class PrintPage(OfficePage):
    """Choose, look, print."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        preset = first_preset(session.desk.today, session.desk.number("report.closing_day"))
        since, until = period(preset, session.desk.today)
        self.order = settled(Order(PAPERS[0].key, wish=Wish(since=since, until=until, preset=preset)))
        self.made: Made | None = None
        self._given: tuple[str, Callable[[], Paper]] | None = None
        self._jobs: dict[str, tuple[str, str, bool]] = {}  # form → printer, copies, both sides of the last time
        self._saved_in = Path.home()
        self._when_drawn: Callable[[], object] | None = None
        self.drawing = Latest(self)
        self.papers, self.preview, self.panel = PaperList(), Preview(), WishPanel(session.desk.today)
        self._nothing = Label("", ink="text2", wrap=True)
        self._assemble()
        self._connect()
        self.set_narrow(look().is_narrow_size)  # before it is first seen: a window that had to grow does not shrink again
        follow(self, self._restyle)

    def _assemble(self) -> None:
        column = self.column()
        empty, self.middle = QFrame(), QStackedWidget()
        words = QVBoxLayout(empty)
        words.addStretch(1)
        words.addWidget(IconMark("printer", "brand_text", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.addWidget(self._nothing)
        words.addStretch(1)
        self.middle.addWidget(self.preview)
        self.middle.addWidget(empty)
        self._side = QFrame()
        self._side.setObjectName("panel")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        self._scrolled = Scrolled(self.panel)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.addWidget(self._scrolled)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.papers)
        row.addWidget(self.middle, 1)
        row.addWidget(self._side)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.papers.chosen.connect(self.choose)
        self.panel.paper_chosen.connect(self.choose)
        self.panel.changed.connect(self._wished)
        self.panel.picked.connect(self._pick)
        self.panel.dropped.connect(lambda key: self._take(tuple(one for one in self.order.ids if one != key)))
        self.panel.printer.changed.connect(self._printer_chosen)
        self.drawing.failed.connect(self._not_drawn)
        self.drawing.broke.connect(self._broke)
        self.drawing.slow.connect(self._show_slow)
        self.drawing.ended.connect(self.progress.hide)
        self.progress.cancelled.connect(self._give_up)
        view = self.preview.view
        self.bind_keys(
            (
                PageKey("F3", _("找一张表"), self.papers.search.setFocus),
                PageKey("PgUp", _("上一页"), lambda: view.go(view.page - 1)),
                PageKey("PgDown", _("下一页"), lambda: view.go(view.page + 1)),
                PageKey("Ctrl+P", _("打印"), self.print_it),
                PageKey("Ctrl+E", _("存为 PDF"), self.save),
            )
        )

    # what the shell asks

    def may_go(self) -> bool:
        return False  # it remembers printers and folders of the last time

    def title(self) -> str:
        return _("报表与打印")

    def subtitle(self) -> str:
        return _("预览、打印、存盘是同一份文件")

    def header_actions(self) -> Sequence[Action]:
        has_printer = bool(self.panel.printer.count())
        kind = "secondary" if has_printer else "primary"
        actions = [Action("pdf", _("存为 PDF"), "file-type-pdf", kind, "Ctrl+E", run=self.save, keep=5)]
        if self._given is None and self.order.key == "list" and self.order.listing is not None:
            actions.append(Action("export", _("导出 Excel"), "table-export", run=self._export, keep=1))
        if has_printer:
            actions.append(Action("print", _("打印"), "printer", "primary", "Ctrl+P", run=self.print_it, keep=9))
        return actions

    def status(self) -> Sequence[str]:
        if self.made is None:
            return []
        paper = self.made.paper
        return [_("{title} 共 {n} 页").format(title=self._name(), n=paper.pages), *paper.notes]

    def arrive(self, **arguments: object) -> None:
        make_it, name, key, ids = (arguments.get(word) for word in ("make", "title", "paper", "ids"))
        self._given = (name if isinstance(name, str) else "", make_it) if callable(make_it) else None
        listing, since, until = (arguments.get(word) for word in ("listing", "since", "until"))
        wish = replace(self.order.wish, masked=True, table="")
        if isinstance(since, str) and isinstance(until, str):
            wish = replace(wish, since=since, until=until, preset="own")
        if arguments:
            chosen = tuple(str(one) for one in ids) if isinstance(ids, tuple | list) else ()
            given = listing if isinstance(listing, Listing) else None
            wish = replace(wish, range=PICKED if chosen else LISTED if given is not None else ALL)
            self.order = settled(Order(str(key or self.order.key), chosen, given, wish))
        QTimer.singleShot(0, self, self._show_printers)
        self._show_order()

    def reload(self) -> None:
        self._draw()

    def take_focus(self) -> None:
        (self.panel.pick if self._given is None and missing(self.order) else self.preview).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.papers.setVisible(not narrow)
        self.panel.set_narrow(narrow)
        self.preview.set_narrow(narrow)
        if self.made is not None:
            self._show_marks(self.made)

    # the order

    def choose(self, key: str) -> None:
        """Another form; the records stay where they can stand on it."""
        self._given = None
        before, after = source(self.order.key).about, source(key).about
        listing = self.order.listing
        kept = self.order.ids if before is after and before is not None else ()
        listing = listing if listing is not None and goes_with(key, listing.record) else None
        self.order = settled(Order(key, kept[:1] if source(key).one else kept, listing, replace(self.order.wish, masked=True)))
        self._show_order()
        self._draw()

    def _wished(self) -> None:
        wish = self.panel.wish
        if not wish.masked and self.order.wish.masked:
            try:
                self.desk.require("paper.print_unmasked")
            except Said as refusal:
                self.show_error(refusal)
                wish = replace(wish, masked=True)
        self.order = settled(replace(self.order, wish=wish))
        self._show_order()
        self._draw()

    def _pick(self, record: str) -> None:
        self._take((record,) if source(self.order.key).one else tuple(dict.fromkeys((*self.order.ids, record))))

    def _take(self, ids: tuple[str, ...]) -> None:
        self.order = settled(replace(self.order, ids=ids, wish=replace(self.order.wish, range=PICKED if ids else ALL)))
        self._show_order()
        self._draw()

    def _show_order(self) -> None:
        self.papers.show_chosen("" if self._given else self.order.key)
        self.panel.show_asks(asks_of(self.session, self.order), self.order.wish, paper=self.order.key)
        self.panel.setEnabled(self._given is None)
        picked = named(self.desk, self.order) if self.order.wish.range == PICKED else []
        self.panel.show_picked(picked if len(picked) <= NAMED_MOST else [])
        self._recall_job()

    # the paper

    def _draw(self) -> None:
        """The paper of the order of now is made; an order that changes meanwhile is made after it."""
        lacking = missing(self.order) if self._given is None else ""
        if lacking:
            self.drawing.give_up()
            self._show_nothing(lacking)
            return
        desk, order, given = self.desk, self.order, self._given
        if given is not None:
            self.drawing.ask(_("正在排版"), lambda: Made(order, given[1](), 1), self._drawn)
        else:
            self.drawing.ask(_("正在排版"), lambda: make(desk, order), self._drawn)

    def _drawn(self, made: Made) -> None:
        if not made.paper.pages:
            self._show_nothing(_("选的记录里没有这张表能印的内容"))
            return
        self.made = made
        if self.middle.currentIndex():
            self.middle.setCurrentIndex(0)
        self.preview.show_pdf(Pdf(made.paper.pdf))
        self._show_marks(made)
        self._show_size()
        self.head_changed.emit()
        self.status_changed.emit()
        then, self._when_drawn = self._when_drawn, None
        if then is not None:
            then()

    def _show_nothing(self, words: str) -> None:
        self.made, self._when_drawn = None, None
        self.preview.show_pdf(None)
        self.panel.show_size("")
        self._nothing.setText(words)
        self.middle.setCurrentIndex(1)
        self.head_changed.emit()
        self.status_changed.emit()

    def _not_drawn(self, error: Said) -> None:
        self._show_nothing(f"{error.what}。{error.todo}" if error.todo else error.what)

    def _broke(self, error: BaseException) -> None:
        self._show_nothing(_("这张表没有做出来"))
        self._show_bug(error)

    def _give_up(self) -> None:
        if self.drawing.is_busy:
            self.drawing.give_up()
            self._show_nothing(_("已停下。按 F5 再排"))

    def _show_marks(self, made: Made) -> None:
        gaps = {gap.char: gap for gap in made.paper.missing}
        marks: list[QWidget] = []
        if gaps:
            marks.append(Badge(_("缺 {n} 个字").format(n=len(gaps)), "warn", "alert-triangle"))
        elif not self.narrow:
            marks.append(Badge(_("字都印得出"), "ok", "circle-check"))
        if self._given is None and made.order.key in MASKING:
            masked = made.order.wish.masked
            marks.append(Badge(_("已遮蔽"), "wait", "eye-off") if masked else Badge(_("全号，已留痕"), "warn", "eye"))
        self.preview.show_marks(marks)
        if gaps:
            words = "、".join(f"{gap.code_point}（{gap.where[:12]}）" for gap in gaps.values())
            self.say("warn", _("纸上印成 □，请手填：{words}").format(words=words), lead=_("字库里没有这些字："))

    def _show_size(self) -> None:
        pdf = self.preview.view.pdf
        if pdf is not None and pdf.pages:
            width, height = pdf.sizes[0]
            size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
            self.panel.show_size(f"{size.key()} {_('横向') if width > height else _('纵向')}")

    def _name(self) -> str:
        return self._given[0] if self._given is not None else title_of(self._made().order)

    # out of the office

    def print_it(self) -> None:
        """The paper of now goes to the printer, and that is written down."""
        if not self.panel.printer.count():
            self.say("warn", _("本机没有装打印机"), _("存为 PDF"), self.save)
        elif self._ready(self.print_it):
            made, desk = self._made(), self.desk
            job = Job(self.panel.printer.value(), self._name(), self.panel.how_many(), self.panel.both.isChecked())
            self._jobs[self.order.key] = (job.printer, self.panel.copies.value(), job.both_sides)

            def deed(report: Report) -> None:
                desk.require("paper.print")
                send(made.paper.pdf, job, report)
                papers.log_print(desk, self._logged_as(made), made.count)

            self.run(_("打印"), deed, lambda _r: self._toast(_("已交给打印机：{name}").format(name=job.title)))

    def save(self) -> None:
        """The paper of now as a file, asked where."""
        if not self._ready(self.save):
            return
        dialog = QFileDialog(self, _("存为 PDF"), str(self._saved_in), _("PDF 文件 (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._name()} {self.desk.today}.pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._save_as, self._made()))
        dialog.open()

    def _save_as(self, made: Made, name: str) -> None:
        path, desk = Path(name), self.desk
        self._saved_in = path.parent

        def deed() -> None:
            desk.require("paper.print")
            write_whole(path, made.paper.pdf)
            papers.log_print(desk, f"{self._logged_as(made)} PDF", made.count)

        self.do(_("存为 PDF"), deed, lambda _r: self._saved(path))

    def _saved(self, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self.say("ok", _("已存为 {name}").format(name=path.name), _("打开文件夹"), lambda: QDesktopServices.openUrl(folder))

    def _ready(self, again: Callable[[], object]) -> bool:
        """There is a paper and it is the one asked for; one that is being made is waited for."""
        if self.drawing.is_busy:
            self._when_drawn = again
            return False
        if self.made is None:
            self.say("warn", self._nothing.text())
            return False
        return not self.work.is_busy

    def _made(self) -> Made:
        assert self.made is not None
        return self.made

    def _logged_as(self, made: Made) -> str:
        return self._given[0] if self._given is not None else made.order.key

    # printers

    def _show_printers(self) -> None:
        self.panel.show_printers(printers())
        self._recall_job()
        self.head_changed.emit()

    def _recall_job(self) -> None:
        if self.order.key in self._jobs:
            printer, copies, both = self._jobs[self.order.key]
            self.panel.printer.set_value(printer)
            self.panel.copies.set_value(copies)
            self.panel.both.setChecked(both)
        self._printer_chosen()

    def _printer_chosen(self) -> None:
        name = self.panel.printer.value()
        able = bool(name) and prints_both_sides(name)
        self.panel.both.setEnabled(able)
        self.panel.both.setChecked(self.panel.both.isChecked() and able)

    def _export(self) -> None:
        window: Any = self.window()
        window.go("export", listing=self.order.listing)

    def _toast(self, words: str) -> None:
        window: Any = self.window()
        if hasattr(window, "toast"):
            window.toast(words)

    def _restyle(self) -> None:
        self._side.setFixedWidth(look().u(OPTIONS_WIDTH))
