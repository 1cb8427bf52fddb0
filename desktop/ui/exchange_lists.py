"""The two lists of the exchange page, every batch with its four steps and every record of one batch with its fate; and the list of
what the next batch will hold, person by person and field by field, to be read before it is written."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.store.work import Row
from desktop.sync.knowledge import Fate
from desktop.sync.sending import ContentLine, Contents
from desktop.sync.standing import AGAIN, LineFate
from desktop.ui.exchange_words import label_of, period_words, short_day
from desktop.ui.kit.badges import BadgeData, Chip
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.facts import Fact, Facts
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.tablemodel import Column, ListPages
from desktop.ui.tablemodel import Row as Shown
from desktop.ui.tableview import ListView

NEXT = "next"
STEPS = {"已制作": 1, "已交接": 2, "已接收": 3, "已入库": 4, "由后批代替": 4}
FATES = {Fate.TAKEN: ("ok", "circle-check"), Fate.SAME: ("ok", "circle-check"), Fate.RETURNED: ("err", "alert-octagon"),
         Fate.WAITING: ("warn", "clock"), Fate.UNDECIDED: ("warn", "git-compare"), AGAIN: ("act", "send")}  # fmt: skip
TODO, TAKEN, ALL = "todo", "taken", "all"


def batch_columns() -> list[Column]:
    """批次, 期间, 条数, 走到哪一步, 交接, 条目结果."""
    return [
        Column("number", _("批次"), 50, kind="name", sortable=False),
        Column("period", _("期间"), 128, priority=4, sortable=False),
        Column("lines", _("条数"), 52, kind="number", priority=3, sortable=False),
        Column("step", _("走到哪一步"), 164, kind="steps", sortable=False),
        Column("handed", _("交接"), 148, kind="muted", priority=5, sortable=False),
        Column("fates", _("条目结果"), 190, kind="badges", priority=2, sortable=False, stretch=True),
    ]


def batch_rows(batches: Sequence[Row], contents: Contents | None, unseen: Sequence[int]) -> Iterable[Shown]:
    """The next batch on top, then every batch that was written."""
    if contents is not None and contents.total:
        yield {
            "id": NEXT, "number": str(contents.number), "period": _("{day} 至今").format(day=short_day(contents.since_on)),
            "lines": f"{contents.total:,}", "step": "0" + _("待写"), "handed": "", "fates": "",
        }  # fmt: skip
    for row in batches:
        handed = f"{short_day(row['handed_on'])} → {row['handed_to'] or ''}" if row["handed_on"] else ""
        lost = _("{day} 报失").format(day=short_day(row["lost_on"])) if row["lost_on"] else ""
        yield {
            "id": row["id"], "number": str(row["number"]), "period": period_words(row["since_on"], row["until_on"]),
            "lines": f"{row['lines'] or 0:,}", "step": f"{STEPS.get(row['state'], 1)}{_(row['state'])}",
            "handed": "　".join(word for word in (handed, lost) if word), "fates": list(_results(row, unseen)),
        }  # fmt: skip


def _results(row: Row, unseen: Sequence[int]) -> Iterable[BadgeData]:
    taken = (row["taken"] or 0) + (row["same"] or 0)
    if row["verdict"]:
        if taken:
            yield "ok", "circle-check", _("{n} 入库").format(n=taken)
        if row["refused"]:
            yield "err", "alert-octagon", _("{n} 退").format(n=row["refused"])
        if row["contested"]:
            yield "warn", "git-compare", _("{n} 待定").format(n=row["contested"])
        if row["waiting"]:
            yield "warn", "clock", _("{n} 待补").format(n=row["waiting"])
        if row["state"] == "已接收":
            yield "warn", "clock", _(row["verdict"])
    elif row["lost_on"]:
        yield "wait", "puzzle-off", _("已报失")
    elif row["number"] in unseen:
        yield "warn", "alert-triangle", _("区里未收到")


class BatchList(Card):
    """批次: states move by receipts and by nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("批次"), note=_("状态只随回执走，不能手改"), parent=parent)
        self.view = ListView(ListPages(batch_columns(), ()), ticks=False, parent=self)
        self.view.setAccessibleName(_("批次"))
        steps = _("四步：1 已制作 文件写好　2 已交接 双方签字　3 已接收 区里验签　4 已入库 逐条入账")
        self._legend = Label(steps, "caption", "text2", wrap=True)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self._legend)
        self.add_wide(inner, 1)
        follow(self, self._restyle_legend)

    def show_batches(self, rows: Iterable[Shown], current: str) -> None:
        """These batches; the current one stays current."""
        shown = list(rows)
        self.view.show_pages(ListPages(batch_columns(), shown))
        at = next((nth for nth, row in enumerate(shown) if row["id"] == current), -1)
        if at >= 0:
            self.view.go_to(at)

    def _restyle_legend(self) -> None:
        self._legend.setContentsMargins(look().u(14), look().u(6), look().u(14), look().u(2))


class LineList(Card):
    """The records of one batch: what needs a hand first."""

    wanted = Signal(object)  # the line whose record is to be put right
    choice_wanted = Signal(str, str)  # of one that is 待定

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("逐条"), parent=parent)
        self.chips = {key: Chip(word, on=key == TODO) for key, word in ((TODO, _("要处理")), (TAKEN, _("已入库")), (ALL, _("全部")))}
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda key=key: self._choose_by_hand(key))
            self.head.insertWidget(self.head.count() - 1, chip)
        self.links = QHBoxLayout()
        self.head.addLayout(self.links)
        columns = [
            Column("what", _("谁、什么"), 200, kind="name", sortable=False, stretch=True),
            Column("kind", _("类别"), 76, priority=4, sortable=False),
            Column("fate", _("结果"), 92, kind="badges", sortable=False),
            Column("why", _("为什么"), 236, kind="muted", priority=2, sortable=False),
            Column("deed", _("去办"), 76, kind="link", sortable=False),
        ]
        self._columns = columns
        self.view = ListView(ListPages(columns, ()), ticks=False)
        self.view.setAccessibleName(_("逐条"))
        self.add_wide(self.view, 1)
        self._lines: Sequence[LineFate] = ()
        self._by_hand, self._shown_title = "", ""
        self.view.opened.connect(self._open)
        self.view.link_clicked.connect(lambda key, _column: self._open(key))

    def show_lines(self, title: str, note: str, lines: Sequence[LineFate]) -> None:
        """Another batch: first what needs a hand, everything when nothing does."""
        self.set_title(title, note)
        self._lines = lines
        for key, chip in self.chips.items():
            chip.set_value(f"{len(self._of(key)):,}")
        if title != self._shown_title:
            self._by_hand, self._shown_title = "", title
        self.choose(self._by_hand or (TODO if self._of(TODO) else ALL))

    def choose(self, key: str) -> None:
        """One of the three chips."""
        for name, chip in self.chips.items():
            chip.set_on(name == key)
        self.view.show_pages(ListPages(self._columns, [self._row(line) for line in self._of(key)]))

    def _choose_by_hand(self, key: str) -> None:
        self._by_hand = key
        self.choose(key)

    def _of(self, key: str) -> list[LineFate]:
        if key == ALL:
            return list(self._lines)
        if key == TODO:
            return [line for line in self._lines if line.needs_a_hand]
        return [line for line in self._lines if line.fate in (Fate.TAKEN, Fate.SAME)]

    def _row(self, line: LineFate) -> Shown:
        tone, icon = FATES.get(line.fate, ("wait", "circle-dashed"))
        return {
            "id": f"{line.kind}:{line.record}", "what": line.title, "kind": label_of(line.kind), "fate": [(tone, icon, _(line.fate))],
            "why": line.why, "deed": deed_words(line),
        }  # fmt: skip

    def _open(self, key: str) -> None:
        line = next(line for line in self._lines if key == f"{line.kind}:{line.record}")
        if line.fate == Fate.UNDECIDED:
            self.choice_wanted.emit(line.kind, line.record)
        else:
            self.wanted.emit(line)


def deed_words(line: LineFate) -> str:
    """What can be done about a record here; nothing when it is the district's turn."""
    if line.fate == Fate.RETURNED:
        return _("去补填") if line.reason == "required" else _("去改正")
    if line.fate == Fate.UNDECIDED:
        return _("去选")
    if line.reason == "unknown-kind":
        return ""
    return _("去看看") if line.fate == Fate.WAITING else _("看")


class ContentsView(QWidget):
    """这支 U 盘里会有什么: every record of the next batch, in the very words that leave."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, ContentLine] = {}
        self._chips: dict[str, Chip] = {}
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self.back = LinkButton(_("返回"), "arrow-left", "Esc")
        self.back.clicked.connect(self.closed)
        self._title = Label("", "section")
        self._head.addWidget(self.back)
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._kinds = QWidget()
        self._flow = FlowLayout(self._kinds)
        columns = [
            Column("title", _("谁、什么"), 190, kind="name", sortable=False, stretch=True),
            Column("kind", _("类别"), 90, sortable=False),
            Column("new", _("新/改"), 70, kind="badges", sortable=False),
        ]
        self._columns = columns
        self.view = ListView(ListPages(columns, ()), ticks=False)
        self.view.setAccessibleName(_("下一批的内容"))
        self.view.current_changed.connect(self._show_fields)
        self.facts, self._who = Facts(), Label("", "section", wrap=True)
        inner = QWidget()
        beside = QVBoxLayout(inner)
        beside.addWidget(self._who)
        beside.addWidget(self.facts)
        beside.addStretch(1)
        self._panel = QFrame()
        self._panel.setObjectName("card")
        panel = QVBoxLayout(self._panel)
        panel.addWidget(Scrolled(inner))
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.addWidget(self.view, 3)
        self._both.addWidget(self._panel, 2)
        self._column.addLayout(self._head)
        self._column.addWidget(self._kinds)
        self._column.addLayout(self._both, 1)
        self.setFocusProxy(self.view)
        follow(self, self._restyle)

    def show_contents(self, contents: Contents, kind: str) -> None:
        """The next batch; one type of it, or all."""
        self._lines = {f"{line.kind}:{line.record}": line for line in contents.lines}
        words = _("这支 U 盘里会有什么：第 {n} 批，{all} 条").format(n=contents.number, all=f"{contents.total:,}")
        self._title.setText(words)
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {"": Chip(_("全部"), f"{contents.total:,}")}
        self._chips |= {one: Chip(label_of(one), f"{new + old:,}") for one, (new, old) in contents.counts.items()}
        for key, chip in self._chips.items():
            chip.clicked.connect(lambda key=key: self.choose(key))
            self._flow.addWidget(chip)
            chip.show()
        self.choose(kind)

    def choose(self, kind: str) -> None:
        """Only this type; nothing for all."""
        for key, chip in self._chips.items():
            chip.set_on(key == kind)
        rows: list[Shown] = [
            {
                "id": key, "title": line.title, "kind": label_of(line.kind),
                "new": [("ok", "plus", _("新")) if line.is_new else ("act", "edit", _("改"))],
            }
            for key, line in self._lines.items()
            if kind in ("", line.kind)
        ]  # fmt: skip
        self.view.show_pages(ListPages(self._columns, rows))
        if rows:
            self.view.go_to(0)

    def _show_fields(self, key: str) -> None:
        line = self._lines.get(key)
        self._who.setText(line.title if line is not None else "")
        self.facts.show_facts([Fact(name, words) for name, words in line.fields] if line is not None else [])

    def set_narrow(self, narrow: bool) -> None:
        """The fields stand under the list where there is no room beside it."""
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(16), here.u(4), here.u(16), here.u(10))
        for layout in (self._column, self._both, self._head):
            layout.setSpacing(here.u(8))
        self._flow.setSpacing(here.u(6))
