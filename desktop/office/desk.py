"""`Desk`: somebody at work: the open ledger, who sits there, what that person may do, and what day it is.

Every deed takes a desk first. `desk.deed(name)` checks the right, opens the one transaction and writes the audit entry; a
deed that is not allowed is refused and that is written down too. The day comes from the desk, never from the clock.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import datetime
from typing import NoReturn

from sqlalchemy import select

from desktop.model import days
from desktop.model.access import may
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.field import Field
from desktop.model.keeping import Setting, setting_line
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Record
from desktop.model.roles import Role
from desktop.store.journal import write_audit
from desktop.store.work import Books, Row, Work


def clock() -> str:
    """Now, in the office's own time, to the second."""
    return datetime.now().isoformat(timespec="seconds")


@dataclass(frozen=True)
class Who:
    """The person who signed in."""

    id: str
    name: str
    login: str
    role: Role


@dataclass
class Desk:
    """An open ledger with somebody at it."""

    books: Books
    who: Who
    clock: Callable[[], str] = clock
    touched: frozenset[str] = attribute(default_factory=frozenset)  # the record types that the last deed changed

    @property
    def community(self) -> str:
        """The twelve-digit code of this office."""
        return str(self.books.community)

    @property
    def is_above(self) -> bool:
        """A sub-district or district: it reads what communities keep and changes none of it."""
        return self.community.endswith("000")

    @property
    def today(self) -> str:
        """The day of work, as ISO text."""
        return self.clock()[:10]

    def may(self, deed: str) -> bool:
        """Whether the person here may do a deed: what decides if a button stands there."""
        return may(self.who.role, deed)

    def may_on(self, record: type[Record], verb: str) -> bool:
        """Whether the person here may do this to records of a type; what communities keep is changed in the community only."""
        return self.may(f"{record.__tablename__}.{verb}") and not (self.is_above and record.travels)

    def sees(self, spec: Field) -> bool:
        """Whether the person here may see the whole value of a field."""
        return self.who.role in spec.seen_by

    @contextmanager
    def deed(self, name: str) -> Iterator[Work]:
        """The transaction of one deed. Raises NotAllowed, which is written down, when the role may not do it."""
        self.require(name)
        with self.books.work(who=self.who.login, deed=name, at=self.clock()) as work:
            yield work
        self.touched = frozenset(work.touched)

    def require(self, name: str) -> None:
        """Raise NotAllowed, which is written down, when the person here may not do this deed."""
        if not self.may(name):
            self.forbid(name)

    def forbid(self, name: str) -> NoReturn:
        """The person here may not do this: written down and said."""
        self.refuse(name, _("权限不够"))
        raise NotAllowed(
            _("{name}（{role}）不能做这件事").format(name=self.who.name, role=_(self.who.role.value)),
            todo=_("请有权限的同事登录后再做"),
        )

    def refuse(self, name: str, why: str) -> None:
        """Write down that a deed was tried and came to nothing: all that a refused file leaves behind."""
        with self.books.ledger.write() as conn:
            write_audit(conn, at=self.clock(), who=self.who.login, deed=name, what=why, ok=False)

    def get(self, record: type[Record], key: str) -> Row:
        """One record of this office, or of a community below it; Refusal when there is none."""
        table = record.table()
        query = select(table).where(table.c.id == key)
        if not self.is_above:
            query = query.where(table.c.community == self.community)
        with self.books.read() as conn:
            row = conn.execute(query).mappings().first()
        if row is None:
            raise Refusal(_("找不到这条记录，可能已被清除"), record=_(record.label))
        return row

    def rows(self, record: type[Record], **equal: Value) -> Sequence[Row]:
        """The living records of this office with these values, in the order of making."""
        table = record.table()
        where = [table.c[key] == value for key, value in equal.items()]
        query = select(table).where(table.c.community == self.community, table.c.ended_on.is_(None), *where)
        with self.books.read() as conn:
            return conn.execute(query.order_by(table.c.id)).mappings().all()

    def setting(self, key: str) -> str:
        """What this office chose, or what holds unless chosen; KeyError for a setting that does not exist."""
        line = setting_line(key)
        table = Setting.table()
        with self.books.read() as conn:
            query = select(table.c.value).where(table.c.community == self.community, table.c.key == key, table.c.ended_on.is_(None))
            chosen = conn.execute(query).scalar()
        return str(chosen) if chosen is not None else line.standard

    def number(self, key: str) -> int:
        """A setting that is a number."""
        return int(self.setting(key) or 0)

    def due(self, key: str, since: str) -> str:
        """The day by which something is owed that began on `since`, by the setting of that name."""
        return days.after(since, self.number(key))
