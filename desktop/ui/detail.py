"""The drawer of a record: who or what it is, the small deeds that can be done here, its parts, and its history.

Everything in it is read from the definition: the fields by group, the records that belong to it, the moves of its flow.
"""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.field import Field
from desktop.model.kinds.choices import State
from desktop.model.kinds.records import Link, Serial
from desktop.model.kinds.words import Name
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.attachments import attachments_of, takes_files
from desktop.store.journal import count_of
from desktop.store.page import counts, link_titles, title_of
from desktop.store.work import Row
from desktop.ui.attachments import AttachmentList
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.drawer import WIDTH, Drawer
from desktop.ui.kit.facts import Fact, Facts, Timeline
from desktop.ui.kit.text import Rule
from desktop.ui.linked import TABS_MOST, LinkedBelow, LinkedList, linked_to, number
from desktop.ui.look import follow, look
from desktop.ui.past import past_of
from desktop.ui.rows import state_badge, told_badges, words_below
from desktop.ui.session import Session

TOLD_MOST = 3  # facts above the history


class RecordDrawer(Drawer):
    """One record beside its list."""

    reveal_wanted = Signal(str)  # field
    revert_wanted = Signal(int)  # which change of its history

    def __init__(self, session: Session, record: type[Record], go: Callable[..., object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.record, self._go = session, record, go
        self.row: Row | None = None
        self._revealed: set[str] = set()
        self._titles: dict[str, str] = {}
        self._many: dict[str, int] = {}  # of each type that points here
        self._unread: set[str] = set()  # the tabs that say nothing of this record yet
        self.ways = linked_to(record)
        self._about, self._past = QWidget(self), QWidget(self)
        self.facts, self.told, self.timeline = Facts(parent=self._about), Facts(parent=self._past), Timeline(self._past)
        self.below, self._below_rule, self._told_rule = LinkedBelow(session, go), Rule(parent=self._about), Rule(parent=self._past)
        self.lists: dict[str, LinkedList] = {}  # of the tabs that somebody has opened
        self.files = AttachmentList() if takes_files(record) else None
        self._assemble()
        for facts in (self.facts, self.told):
            facts.reveal_asked.connect(self.reveal_wanted)
        self.timeline.link_opened.connect(lambda seq: self.revert_wanted.emit(int(seq)))
        self.tab_changed.connect(self._read)
        follow(self, self._pad)

    def _assemble(self) -> None:
        self._columns = (QVBoxLayout(self._about), QVBoxLayout(self._past))
        for piece in (self.facts, self._below_rule):
            self._columns[0].addWidget(piece)
        self._columns[0].addLayout(self.below)
        self._columns[0].addStretch(1)
        for piece in (self.told, self._told_rule):
            self._columns[1].addWidget(piece)
        self._columns[1].addWidget(self.timeline, 1)
        self.add_tab("about", _("概况"), self._about)
        for way in self.ways:
            self.add_tab(way.key, way.short())
        self.add_tab("past", _("历史"), self._past)
        if self.files is not None:
            self.add_tab("files", _("附件"), self.files)

    def show_record(self, key: str) -> None:
        """This record from now on; of the tabs only the open one reads rows, the others are counted."""
        desk = self.session.desk
        if self.row is None or self.row["id"] != key:
            self._revealed = set()
        self.row = desk.get(self.record, key)
        community = self.row["community"]
        with desk.books.read() as conn:
            self._titles = link_titles(conn, community, self.record, [self.row])
            many = counts(conn, [way.rows_of(self.row) for way in self.ways])
            changes = count_of(conn, community, key)
        self._many = {way.key: n for way, n in zip(self.ways, many, strict=True) if n}
        title = self._called(self._titles)
        of_person = isinstance(self.record.fields()[self.record.named_by[0]].kind, Name)
        badges = self._badges_now()
        self.set_head(title, words_below(self.record, self.row, self._titles), badges, avatar=title if of_person else _(self.record.label))
        ours = community == desk.community
        self.set_foot(_("每一处改动都留痕，30 天内可退回") if ours else _("由社区登记，要改在社区改"))
        self.tabs.set_label("past", _("历史 {n}").format(n=changes))
        self.show_files()
        self._show_tabs()

    def _badges_now(self) -> list[BadgeData]:
        """Its own state, or what its list is told of it by others."""
        assert self.row is not None
        if self.record.flow:
            return [state_badge(self.record.flow, self.row["state"])]
        return told_badges(self.session.desk, self.record, self.row["id"])

    @property
    def shown(self) -> str:
        """The id of the record that is shown; nothing when there is none."""
        return str(self.row["id"]) if self.row is not None else ""

    def show_files(self) -> None:
        """The attachments as they hang on the record now."""
        if self.files is None or self.row is None:
            return
        desk = self.session.desk
        rows = attachments_of(desk, self.record, self.row["id"])
        self.files.show_files(rows, may=desk.may("attachment.attach") and self.row["community"] == desk.community)
        self.tabs.set_label("files", _("附件 {n}").format(n=len(rows)) if rows else _("附件"))

    # tabs

    def _show_tabs(self) -> None:
        """Tabs for the first types that point here, as many as stand beside the others; the open one stays open if it can."""
        for way in self.ways:
            if way.key in self._many:
                self.tabs.set_label(way.key, f"{way.short()} {number(self._many[way.key])}")
        always = ["about", "past", *(["files"] if self.files is not None else [])]
        mine = list(self._many)[:TABS_MOST]
        while mine and self.tabs.width_of([*always, *mine]) > look().u(WIDTH):
            mine.pop()
        self.tabs.show_only({*always, *mine})
        self._tabbed = frozenset(mine)
        self._unread = {"about", "past", *mine}
        opened = self.tabs.opened
        if opened in (*always, *mine):
            self._read(opened)
        else:
            self.tabs.open("about")

    def _read(self, tab: str) -> None:
        """The open tab says what is known of this record, once."""
        if self.row is None or tab not in self._unread:
            return
        self._unread.discard(tab)
        if tab == "about":
            self.facts.show_facts(list(self._facts(self.record.fields())))
            below = [(way, self._many[way.key]) for way in self.ways if way.key in self._many and way.key not in self._tabbed]
            self.below.show_of(self.row, below)
            self._below_rule.setVisible(bool(below))
        elif tab == "past":
            told = list(self._facts(self._telling()))
            self.told.show_facts(told)
            self._told_rule.setVisible(bool(told))
            self.timeline.show_happenings(list(past_of(self.session, self.record, self.row)))
        else:
            self._list_of(tab).show_of(self.row, self._many[tab])

    def _list_of(self, tab: str) -> LinkedList:
        """The list of a tab, made when it is first wanted: most types have many, and few are ever looked at."""
        if tab not in self.lists:
            way = next(way for way in self.ways if way.key == tab)
            self.lists[tab] = LinkedList(self.session, way, self._go)
            self.fill_tab(tab, self.lists[tab])
        return self.lists[tab]

    def _telling(self) -> list[str]:
        """What tells two of one name apart, above the history: masked numbers, and whom it belongs to where the head does not say it."""
        specs = self.record.fields().items()
        return [key for key, spec in specs if spec.sensitive or (isinstance(spec.kind, Link) and not spec.listed)][:TOLD_MOST]

    def reveal(self, field: str) -> None:
        """The full value is shown from now on, until another record is."""
        self._revealed.add(field)
        if self.row is not None:
            self.show_record(self.row["id"])

    def _called(self, names: dict[str, str]) -> str:
        """The record in a few words; its number stands below them."""
        assert self.row is not None
        keys = [key for key in self.record.named_by if not isinstance(self.record.fields()[key].kind, Serial)]
        return " ".join(word for word in (self._named(key, names) for key in keys) if word) or title_of(self.record, self.row, names)

    def _named(self, key: str, names: dict[str, str]) -> str:
        assert self.row is not None
        spec, value = self.record.fields()[key], self.row[key]
        return names.get(value or "", "") if isinstance(spec.kind, Link) else spec.kind.show(value)

    def _facts(self, keys: Iterable[str]) -> Iterable[Fact]:
        assert self.row is not None
        for key in keys:
            spec, value = self.record.fields()[key], self.row[key]
            if value is None or isinstance(spec.kind, State) or key in self.record.named_by:
                continue
            masked = spec.sensitive and key not in self._revealed
            yield Fact(_(spec.label), self._words(spec, value, self._titles, masked=masked), key, masked and self.session.desk.sees(spec))

    def _words(self, spec: Field, value: Any, names: dict[str, str], *, masked: bool) -> str:
        if isinstance(spec.kind, Link):
            return names.get(str(value), "")
        return spec.mask(value) if masked else spec.kind.show(value)

    def _pad(self) -> None:
        here = look()
        for column in self._columns:
            column.setContentsMargins(here.u(14), here.u(8), here.u(12), here.u(8))
            column.setSpacing(here.u(6))
        self.below.setSpacing(here.u(2))
