"""The window of a community office: its eight groups, its pages, the counts in the navigation, the facts at the foot.

What is not built is not shown; a record type shows up by its line in GROUPS and nothing more.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer

from desktop.exchange.mapping import importable
from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office import backups, due
from desktop.office.entering import may_enter_many
from desktop.office.finding import Place
from desktop.office.selections import paper_titles
from desktop.ui.form import RecordForm
from desktop.ui.help import HelpPage
from desktop.ui.kit.buttons import Action
from desktop.ui.latest import Latest
from desktop.ui.page import Page
from desktop.ui.palette import Palette
from desktop.ui.raresigns import RareSigns
from desktop.ui.session import Session
from desktop.ui.shell import NavGroup, NavItem, Shell
from desktop.ui.table import RecordTable

Maker = Callable[[], Page]

GROUPS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("people", "人员与单位", "users", "人员", ("person", "organisation", "check_in")),
    ("services", "服务与活动", "heart-handshake", "服务", ("activity", "service", "campaign")),
    ("opinions", "意见与实事", "message-report", "意见", ("opinion", "livelihood_project")),
    ("inspections", "检查与整治", "clipboard-check", "检查", ("inspection", "danger", "checklist_template")),
    ("places", "阵地与专项", "building-community", "阵地", ("place",)),
)
DEEDS = (  # what an office does all day, by the page where it is done; a name that the pages themselves do not give
    ("登记意见", "form:opinion", "", "opinion.register"),
    ("记服务", "form:activity", "", "activity.record"),
    ("报到", "form:check_in", "", "checkin.check_in"),
    ("开始检查", "form:inspection", "", "inspection.start"),
    ("打印回执", "print", "slip", "paper.print"),
    ("写 U 盘", "exchange", "", "batch.seal"),
)
TOO_PLAIN = frozenset({"刷新", "大字"})  # in reach anyway
PATH_SHOWN = 30  # characters of the ledger's folder at the foot of the window
LOOK_EVERY = 60_000  # milliseconds between looks at what is due


def in_few(folder: str) -> str:
    """A long path with its middle left out: the drive and the last folder are what tells two ledgers apart."""
    if len(folder) <= PATH_SHOWN:
        return folder
    return f"{folder[: PATH_SHOWN // 3]}…{folder[-(PATH_SHOWN - PATH_SHOWN // 3) :]}"


def nav_groups() -> list[NavGroup]:
    """The navigation of a community, in the order of an office's day."""
    groups = [NavGroup("workbench", _("工作台"), "layout-dashboard", short=_("工作台"))]
    for key, label, icon, short, kinds in GROUPS:
        items = tuple(NavItem(f"table:{kind}", _(record_type(kind).label)) for kind in kinds)
        groups.append(NavGroup(key, _(label), icon, items, _(short)))
    papers = (NavItem("figures", _("指标")), NavItem("print", _("报表与打印")), NavItem("exchange", _("上报与接收")))
    groups.append(NavGroup("reports", _("报表与上报"), "report", papers, _("报表")))
    return groups


def entry_page(session: Session, record: type[Record]) -> Page:
    """批量录入; imported when somebody first goes there."""
    from desktop.ui.entry import EntryPage

    return EntryPage(session, record)


def bulk_page(session: Session, record: type[Record]) -> Page:
    """成批修改; imported when somebody first goes there."""
    from desktop.ui.bulk import BulkPage

    return BulkPage(session, record)


class OfficeWindow(Shell):
    """One office's window."""

    def __init__(self, session: Session, special: dict[str, Callable[[Session], Page]], groups: list[NavGroup] | None = None) -> None:
        desk = session.desk
        name, above = desk.books.fact("name") or "", desk.books.fact("above") or ""
        place = f"{above} · {name}" if above else name
        super().__init__(groups or nav_groups(), place, f"{desk.who.name}（{_(desk.who.role.value)}）")
        self.session = session
        RareSigns(self, desk)
        self._add_derived(special)
        for key, maker in special.items():
            self.add_page(key, partial(maker, session))
        session.changed.connect(self._heard)
        self.search_wanted.connect(self.open_palette)
        self.foot.connect(self._help_wanted)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_EVERY)
        self._reads = Latest(self)
        self._reads.broke.connect(_raise)
        self._clock.timeout.connect(lambda: self._heard(None))
        self._clock.start()
        self.show_what_waits()
        self.show_state()

    def _add_derived(self, special: dict[str, Callable[[Session], Page]]) -> None:
        for record in RECORD_TYPES:
            kind = record.__tablename__
            for key, page in ((f"table:{kind}", RecordTable), (f"form:{kind}", RecordForm)):
                if key not in special:
                    self.add_page(key, partial(page, self.session, record, self.stack))
            self.add_page(f"bulk:{kind}", partial(bulk_page, self.session, record))
            if importable(record):
                self.add_page(f"entry:{kind}", partial(entry_page, self.session, record))

    def has_page(self, key: str) -> bool:
        """A page of this key can be gone to."""
        return key in self._makers

    def places(self) -> list[Place]:
        """The pages, deeds and papers that Ctrl+K finds by name."""
        found = [Place(_("工作台"), _("页面"), "workbench")] if self.has_page("workbench") else []
        found += [
            Place(_(label), _("办事"), page, paper=paper)
            for label, page, paper, deed in DEEDS
            if self.has_page(page) and self.session.desk.may(deed)
        ]
        for record in RECORD_TYPES:
            kind = record.__tablename__
            if f"table:{kind}" in self.navigation.rows:
                found.append(Place(_(record.label), _("列表"), f"table:{kind}"))
                if record.groups() and self.session.desk.may(f"{kind}.add"):
                    found.append(Place(_("新增{what}").format(what=_(record.label)), _("办事"), f"form:{kind}"))
                if self.has_page(f"entry:{kind}") and may_enter_many(self.session.desk, record):
                    found.append(Place(_("批量录入{what}").format(what=_(record.label)), _("办事"), f"entry:{kind}"))
        for key, title in (("board", _("全区一览")), ("figures", _("指标")), ("print", _("报表与打印")), ("exchange", _("上报与接收")),
                            ("conflicts", _("冲突台")), ("settings", _("设置")), ("help", _("手册"))):  # fmt: skip
            if self.has_page(key):
                found.append(Place(title, _("页面"), key))
        found += [Place(action.label, _("这一页"), "", run=action.run) for action in self._deeds_here() if action.label not in TOO_PLAIN]
        return found + [Place(_(title), _("打印"), "print", paper=key) for key, title in paper_titles() if self.has_page("print")]

    def _help_wanted(self, key: str) -> None:
        """F1: the page about the page in sight, with the keys that page has; on the help itself, the manual and back."""
        page = self.current_page()
        if key != "help" or page is None or not self.has_page("help"):
            return
        if isinstance(page, HelpPage):
            page.turn()
        else:
            self.go("help", about=self.current_key, name=page.title(), keys=tuple(page.keys()), anywhere=tuple(self.keys()))

    def _deeds_here(self) -> list[Action]:
        """What the page in sight offers in its head, as far as it can be done now."""
        page = self.current_page()
        offered = (*page.header_actions(), *page.more_actions()) if page is not None else ()
        return [action for action in offered if action.enabled and action.run is not None]

    def open_palette(self) -> Palette:
        """Ctrl+K."""
        palette = Palette(self, self.session, self.places())
        palette.show()
        return palette

    def show_what_waits(self) -> None:
        """The navigation counts what needs a hand."""
        self._show_counts(due.due_by_type(self.session.desk))

    def _show_counts(self, counts: dict[str, due.DueCounts]) -> None:
        for key, _label, _icon, _short, kinds in GROUPS:
            of_group = [counts[kind] for kind in kinds if kind in counts]
            late, now = sum(one.overdue for one in of_group), sum(one.today for one in of_group)
            if key in self.navigation.rows:
                self.set_count(key, "err" if late else "warn", late or now)
            for kind in kinds:
                one = counts.get(kind)
                if one is not None and f"table:{kind}" in self.navigation.rows:
                    self.set_count(f"table:{kind}", "err" if one.overdue else "warn", one.overdue or one.today)

    def show_state(self) -> None:
        """Saved, backup, where the ledger lies."""
        self._show_facts(backups.last_backup(self.session.desk))

    def _show_both(self, counts: dict[str, due.DueCounts], last: backups.LastBackup | None) -> None:
        self._show_counts(counts)
        self._show_facts(last)

    def _show_facts(self, last: backups.LastBackup | None) -> None:
        desk = self.session.desk
        facts: list[tuple[str, str, str]] = []
        if self.session.saved_at:
            facts.append(("device-floppy", "ok", _("已保存 {time}").format(time=self.session.saved_at)))
        if last is None:
            facts.append(("database", "warn", _("还没有备份")))
        else:
            day = backups.age_in_words(last.made_at, desk.today)
            facts.append(("database", "ok", _("备份 {day} {time} 已验证").format(day=day, time=last.made_at[11:16])))
        facts.append(("", "", _("库 {folder}").format(folder=in_few(str(desk.books.ledger.folder)))))
        self.show_facts(facts)

    def _heard(self, _kinds: object) -> None:
        """A deed is done: what waits and what is saved, read while the next thing is typed already."""
        desk = self.session.desk
        self._reads.ask(_("看待办"), lambda: (due.due_by_type(desk), backups.last_backup(desk)), lambda seen: self._show_both(*seen))


def _raise(error: BaseException) -> None:
    """A bug of a thread goes the way of every bug: to the diagnosis."""
    raise error
