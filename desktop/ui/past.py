"""The history of the record in a drawer: every change of it in words, newest first, each of ours to be taken back."""

from collections.abc import Iterable
from typing import Any

from desktop.model import days
from desktop.model.field import Field
from desktop.model.kinds.records import Link
from desktop.model.language import _
from desktop.model.record import Record
from desktop.store.journal import Event, history
from desktop.store.work import DECIDED, Row
from desktop.ui.kit.facts import Happening
from desktop.ui.session import Session

Days = Iterable[tuple[str, list[Happening]]]


def past_of(session: Session, record: type[Record], row: Row) -> Days:
    """What happened to this record, day by day."""
    with session.desk.books.read() as conn:
        events = history(conn, row["community"], row["id"])
    groups: dict[str, list[Happening]] = {}
    for event in events:
        day = event.at[:10]
        word = _("今天") if day == session.desk.today else days.show_day(day)
        groups.setdefault(word, []).append(_happening(session, record, row, event))
    return groups.items()


def _happening(session: Session, record: type[Record], row: Row, event: Event) -> Happening:
    desk, spec = session.desk, record.fields().get(event.field)
    when, lines = event.at[11:16], (session.name_of(event.who),)
    if not event.field and event.new == DECIDED:
        return Happening(_("在冲突台定下"), when, (*lines, str(event.old)) if event.old else lines, "git-compare", "ok")
    if not event.field:
        return Happening(_("登记"), when, lines, "plus", "ok")
    if spec is None:
        return Happening(_("移入回收站") if event.new else _("从回收站取回"), when, lines, "trash", "wait")
    shown = [_words(session, spec, value) for value in (event.old, event.new)]
    title = _("改 {field}").format(field=_(spec.label))
    may = spec.written and row["community"] == desk.community and desk.may(f"{record.__tablename__}.revert")
    after, link = shown[1] or _("（空）"), _("退回") if may else ""
    return Happening(title, when, lines, before=shown[0], after=after, link=link, key=str(event.seq))


def _words(session: Session, spec: Field, value: Any) -> str:
    if isinstance(spec.kind, Link):
        return session.title_of(spec.kind.to, value)
    return spec.mask(value) if spec.sensitive else spec.kind.show(value)
