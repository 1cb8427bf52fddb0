"""报表与打印: every printed form, the paper itself in the middle, what goes on it and how it comes out at the right.

Preview, print and PDF are one file, made once off the GUI thread. How it leaves is `printdeeds`; full numbers need their own
right. Opened as `go("print", paper="slip", ids=(…))`, `go("print", paper="list",
listing=…)`, or with a paper that another page makes: `go("print", make=…, title=…)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office.selections import source
from desktop.reports import PAPERS
from desktop.reports.sheet import Paper
from desktop.ui.favourites import Favourites
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action
from desktop.ui.latest import Latest
from desktop.ui.look import look
from desktop.ui.officepage import OfficePage
from desktop.ui.printalong import AlongPanel
from desktop.ui.printdeeds import PrintDeeds
from desktop.ui.printers import printers
from desktop.ui.printhow import HowPanel
from desktop.ui.printlast import LastTime
from desktop.ui.printlist import PaperList
from desktop.ui.printorder import PICKED, Made, Order, arrived, asks_of, make, missing, named, on_form, settled, title_of, with_records
from desktop.ui.printpaper import PaperPane, gaps_of
from desktop.ui.printside import PrintSide
from desktop.ui.printwish import Wish, WishPanel, first_preset, month_due, period
from desktop.ui.session import Session

NAMED_MOST = 8  # picked records that are shown by their names


class PrintPage(OfficePage):
    """Choose, look, print."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        today, closing_day = session.desk.today, session.desk.number("report.closing_day")
        preset = first_preset(today, closing_day)
        since, until = period(preset, today)
        self.order = settled(Order(PAPERS[0].key, wish=Wish(since=since, until=until, preset=preset)))
        self.made: Made | None = None
        self._given: tuple[str, Callable[[], Paper]] | None = None
        self._when_drawn: Callable[[], object] | None = None
        self.drawing, self.deeds, self.last = Latest(self), PrintDeeds(self), LastTime(self)
        self.favourites = Favourites(self, session.desk)
        self.papers, self.middle = PaperList({"month": month_due(today, closing_day)}, self.favourites.papers), PaperPane()
        self.preview = self.middle.preview
        self.panel, self.how, self.along = WishPanel(today), HowPanel(), AlongPanel(session.desk)
        self._assemble()
        self._connect()
        self.set_narrow(look().is_narrow_size)  # before it is first seen: a window that had to grow does not shrink again

    def _assemble(self) -> None:
        column = self.column()
        self.side = PrintSide(self.panel, self.how, self.along)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.papers)
        row.addWidget(self.middle, 1)
        row.addWidget(self.side)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.papers.chosen.connect(self.choose)
        self.papers.starred.connect(self.favourites.keep)
        self.panel.paper_chosen.connect(self.choose)
        self.panel.changed.connect(self._wished)
        self.panel.picked.connect(self._pick)
        self.panel.dropped.connect(lambda key: self._take(tuple(one for one in self.order.ids if one != key)))
        self.along.changed.connect(lambda: self.along.make_for(self.made) if self.made is not None else None)
        self.along.settled.connect(self._go_on)
        self.last.told.connect(self.status_changed)
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
                PageKey("Ctrl+P", _("打印"), self.deeds.print_it),
                PageKey("Ctrl+E", _("存为 PDF"), self.deeds.save),
                PageKey("Ctrl+B", _("这张表放进常用，再按拿出来"), self.papers.star_current),
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
        has_printer, deeds = bool(self.how.printer.count()), self.deeds
        kind = "secondary" if has_printer else "primary"
        actions = [Action("pdf", _("存为 PDF"), "file-type-pdf", kind, "Ctrl+E", run=deeds.save, keep=5)]
        if self._given is None and self.made is not None and self.made.rows is not None and self.desk.may("record.export"):
            actions.append(Action("export", _("导出 Excel"), "table-export", run=deeds.export, keep=1))
        if has_printer:
            actions.append(Action("print", _("打印"), "printer", "primary", "Ctrl+P", run=deeds.print_it, keep=9))
        return actions

    def status(self) -> Sequence[str]:
        if self.made is None:
            return []
        paper = self.made.paper
        return [_("{title} 共 {n} 页").format(title=self.name(), n=paper.pages), *self.last.words(self.order), *paper.notes]

    def arrive(self, **arguments: object) -> None:
        make_it, name = arguments.get("make"), arguments.get("title")
        self._given = (name if isinstance(name, str) else "", make_it) if callable(make_it) else None
        if arguments:
            self.order = arrived(self.order, arguments)
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
            self.middle.show_marks(self.made, is_order=self._given is None, narrow=narrow)

    # the order

    def choose(self, key: str) -> None:
        """Another form; the records stay where they can stand on it."""
        self._given = None
        self.order = on_form(self.order, key)
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
        self.order = with_records(self.order, ids)
        self._show_order()
        self._draw()

    def _show_order(self) -> None:
        self.papers.show_chosen("" if self._given else self.order.key)
        self.panel.show_asks(asks_of(self.session, self.order), self.order.wish, paper=self.order.key)
        self.panel.setEnabled(self._given is None)
        picked = named(self.desk, self.order) if self.order.wish.range == PICKED else []
        self.panel.show_picked(picked if len(picked) <= NAMED_MOST else [])
        self.along.offer("" if self._given else self.order.key)
        self.how.recall(self.deeds.hows.get(self.order.key))

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
        self.middle.show_paper(made, is_order=self._given is None, narrow=self.narrow)
        self._say_gaps(made)
        self.how.show_size(self.middle.sheet_words())
        self.head_changed.emit()
        self.status_changed.emit()
        self.ask_last()
        self.along.make_for(made)
        self._go_on()

    def _go_on(self) -> None:
        """What waited for the papers is done now that they stand."""
        if self.made is not None and not (self.drawing.is_busy or self.along.making.is_busy):
            then, self._when_drawn = self._when_drawn, None
            if then is not None:
                then()

    def ask_last(self) -> None:
        """When this form left last, read anew."""
        if self.made is not None:
            self.last.ask(self.logged_as())

    def _show_nothing(self, words: str) -> None:
        self.made, self._when_drawn = None, None
        self.last.forget()
        self.along.offer("" if self._given else self.order.key)
        self.middle.show_nothing(words)
        self.how.show_size("")
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

    def _say_gaps(self, made: Made) -> None:
        if gaps := gaps_of(made):
            words = "、".join(f"{gap.code_point}（{gap.where[:12]}）" for gap in gaps.values())
            self.say("warn", _("纸上印成 □，请手填：{words}").format(words=words), lead=_("字库里没有这些字："))

    # what its deeds ask

    def name(self) -> str:
        """The paper on the page, in words."""
        return self._given[0] if self._given is not None else title_of(self.shown().order)

    def logged_as(self) -> str:
        """How the log calls the form; a list by what it lists."""
        if self._given is not None:
            return self._given[0]
        order = self.shown().order
        return f"list:{order.wish.table}" if order.key == "list" else order.key

    def shown(self) -> Made:
        """The paper on the page; only asked when there is one."""
        assert self.made is not None
        return self.made

    def ready(self, again: Callable[[], object]) -> bool:
        """There is a paper and it is the one asked for; one that is being made is waited for."""
        if self.drawing.is_busy or self.along.making.is_busy:
            self._when_drawn = again
            return False
        if self.made is None:
            self.say("warn", self.middle.why_none)
            return False
        return not self.work.is_busy

    # printers

    def _show_printers(self) -> None:
        self.how.show_printers(printers())
        self.how.recall(self.deeds.hows.get(self.order.key))
        self.head_changed.emit()
