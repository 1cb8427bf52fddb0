"""The drawer of a record: who or what it is, the small deeds that can be done here, its parts, and its history.

Everything in it is read from the definition: the fields by group, the records that belong to it, the moves of its flow.
"""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.contents import RECORD_TYPES
from desktop.model.field import Field
from desktop.model.kinds import Kind, Link, Name, Serial, State
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.attachments import attachments_of, takes_files
from desktop.office.desk import Desk
from desktop.store.journal import Event, history
from desktop.store.page import Filter, Listing, count, link_titles, page, title_of
from desktop.store.work import DECIDED, Row
from desktop.ui.attachments import AttachmentList
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.drawer import Drawer
from desktop.ui.kit.facts import Fact, Facts, Happening, Timeline
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look
from desktop.ui.rows import state_badge
from desktop.ui.session import Session

PARTS_SHOWN = 5


class RecordDrawer(Drawer):
    """One record beside its list."""

    reveal_wanted = Signal(str)  # field
    revert_wanted = Signal(int)  # which change of its history

    def __init__(self, session: Session, record: type[Record], go: Callable[..., object]) -> None:
        super().__init__()
        self.session, self.record, self._go = session, record, go
        self.row: Row | None = None
        self._revealed: set[str] = set()
        self.facts, self.timeline = Facts(), Timeline()
        self.parts, self._parts_rule = QVBoxLayout(), Rule()
        self.facts.reveal_asked.connect(self.reveal_wanted)
        self.timeline.link_opened.connect(lambda seq: self.revert_wanted.emit(int(seq)))
        about, past = QWidget(), QWidget()
        self._columns = (QVBoxLayout(about), QVBoxLayout(past))
        self._columns[0].addWidget(self.facts)
        self._columns[0].addWidget(self._parts_rule)
        self._columns[0].addLayout(self.parts)
        self._columns[0].addStretch(1)
        self._columns[1].addWidget(self.timeline, 1)
        self.add_tab("about", _("概况"), about)
        self.add_tab("past", _("历史"), past)
        self.files = AttachmentList() if takes_files(record) else None
        if self.files is not None:
            self.add_tab("files", _("附件"), self.files)
        follow(self, self._pad)

    def show_record(self, key: str) -> None:
        """This record from now on."""
        desk = self.session.desk
        if self.row is None or self.row["id"] != key:
            self._revealed = set()
        self.row = desk.get(self.record, key)
        with desk.books.read() as conn:
            names = link_titles(conn, self.row["community"], self.record, [self.row])
            events = history(conn, self.row["community"], key)
        badges = [state_badge(self.record.flow, self.row["state"])] if self.record.flow else []
        title = self._called(names)
        of_person = isinstance(self.record.fields()[self.record.named_by[0]].kind, Name)
        self.set_head(title, self._words_below(names), badges, avatar=title if of_person else _(self.record.label))
        self.facts.show_facts(list(self._facts(names)))
        self._show_parts(desk, key)
        self.timeline.show_happenings(list(self._happenings(events)))
        ours = self.row["community"] == desk.community
        self.set_foot(_("每一处改动都留痕，30 天内可退回") if ours else _("由社区登记，要改在社区改"))
        self.tabs.set_label("past", _("历史 {n}").format(n=len(events)))
        self.show_files()

    def show_files(self) -> None:
        """The attachments as they hang on the record now."""
        if self.files is None or self.row is None:
            return
        desk = self.session.desk
        rows = attachments_of(desk, self.record, self.row["id"])
        self.files.show_files(rows, may=desk.may("attachment.attach") and self.row["community"] == desk.community)
        self.tabs.set_label("files", _("附件 {n}").format(n=len(rows)) if rows else _("附件"))

    def reveal(self, field: str) -> None:
        """The full value is shown from now on, until another record is."""
        self._revealed.add(field)
        if self.row is not None:
            self.show_record(self.row["id"])

    def _called(self, names: dict[str, str]) -> str:
        """The record in a few words; its number stands below them."""
        assert self.row is not None
        return " ".join(word for word in (self._named(key, names) for key in self._named_by(Serial, but=True)) if word) or (
            title_of(self.record, self.row, names)
        )

    def _named_by(self, kind: type[Kind], *, but: bool = False) -> list[str]:
        return [key for key in self.record.named_by if isinstance(self.record.fields()[key].kind, kind) is not but]

    def _named(self, key: str, names: dict[str, str]) -> str:
        assert self.row is not None
        spec, value = self.record.fields()[key], self.row[key]
        return names.get(value or "", "") if isinstance(spec.kind, Link) else spec.kind.show(value)

    def _words_below(self, names: dict[str, str]) -> str:
        assert self.row is not None
        words = [self._named(key, names) for key in self._named_by(Serial)]
        for key, spec in self.record.fields().items():
            if spec.listed and key not in self.record.named_by and isinstance(spec.kind, Link) and self.row[key]:
                words.append(names.get(self.row[key], ""))
        return " · ".join([word for word in words if word][:2])

    def _facts(self, names: dict[str, str]) -> Iterable[Fact]:
        assert self.row is not None
        for key, spec in self.record.fields().items():
            value = self.row[key]
            if value is None or isinstance(spec.kind, State) or key in self.record.named_by:
                continue
            masked = spec.sensitive and key not in self._revealed
            yield Fact(_(spec.label), self._words(spec, value, names, masked=masked), key, masked and self.session.desk.sees(spec))

    def _words(self, spec: Field, value: Any, names: dict[str, str], *, masked: bool) -> str:
        if isinstance(spec.kind, Link):
            return names.get(str(value), "")
        return spec.mask(value) if masked else spec.kind.show(value)

    def _show_parts(self, desk: Desk, key: str) -> None:
        while self.parts.count():
            item = self.parts.takeAt(0)
            piece = item.widget() if item else None
            if piece is not None:
                piece.hide()
                piece.deleteLater()
        for other in RECORD_TYPES:
            for field, kind in other.links().items():
                if kind == self.record.__tablename__:
                    self._show_part(desk, other, field, key)
        self._parts_rule.setVisible(self.parts.count() > 0)

    def _show_part(self, desk: Desk, other: type[Record], field: str, key: str) -> None:
        assert self.row is not None
        listing = Listing(other, (Filter(field, "is", (key,)),), community=self.row["community"])
        with desk.books.read() as conn:
            rows = page(conn, listing, size=PARTS_SHOWN).rows
            if not rows:
                return
            many = count(conn, listing)
            names = link_titles(conn, listing.community, other, rows, only=other.named_by)
        label = other.label if other.fields()[field].label in (self.record.label, other.label) else other.fields()[field].label
        head = LinkButton(f"{_(other.label)} {many}" if label == other.label else f"{_(other.label)}（{_(label)}）{many}", other.icon)
        head.clicked.connect(lambda: self._go(f"table:{other.__tablename__}", filters=listing.filters))
        self.parts.addWidget(head, 0, Qt.AlignmentFlag.AlignLeft)
        for row in rows:
            self.parts.addWidget(Label(f"· {title_of(other, row, names)}", "caption", "text2", wrap=True))

    def _happenings(self, events: list[Event]) -> Iterable[tuple[str, list[Happening]]]:
        desk = self.session.desk
        groups: dict[str, list[Happening]] = {}
        for event in events:
            day = event.at[:10]
            word = _("今天") if day == desk.today else days.show_day(day)
            groups.setdefault(word, []).append(self._happening(event))
        return groups.items()

    def _happening(self, event: Event) -> Happening:
        desk = self.session.desk
        spec = self.record.fields().get(event.field)
        when, lines = event.at[11:16], (self.session.name_of(event.who),)
        if not event.field and event.new == DECIDED:
            return Happening(_("在冲突台定下"), when, (*lines, str(event.old)) if event.old else lines, "git-compare", "ok")
        if not event.field:
            return Happening(_("登记"), when, lines, "plus", "ok")
        if spec is None:
            return Happening(_("移入回收站") if event.new else _("从回收站取回"), when, lines, "trash", "wait")
        shown = [self._event_words(spec, value) for value in (event.old, event.new)]
        title = _("改 {field}").format(field=_(spec.label))
        ours = self.row is not None and self.row["community"] == desk.community
        may = spec.written and ours and desk.may(f"{self.record.__tablename__}.revert")
        after, link = shown[1] or _("（空）"), _("退回") if may else ""
        return Happening(title, when, lines, before=shown[0], after=after, link=link, key=str(event.seq))

    def _event_words(self, spec: Field, value: Any) -> str:
        if isinstance(spec.kind, Link):
            return self.session.title_of(spec.kind.to, value)
        return spec.mask(value) if spec.sensitive else spec.kind.show(value)

    def _pad(self) -> None:
        here = look()
        for column in self._columns:
            column.setContentsMargins(here.u(14), here.u(8), here.u(12), here.u(8))
            column.setSpacing(here.u(6))
        self.parts.setSpacing(here.u(2))
