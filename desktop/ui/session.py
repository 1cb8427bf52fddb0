"""Somebody signed in, as the screens know it: the desk, and the word that goes round when a deed has changed something."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.model import days
from desktop.model.contents import record_type
from desktop.model.keeping import User
from desktop.model.kinds.records import Link
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.store.page import Listing, page, titles
from desktop.store.search import find

FOUND_MOST = 30


class Session(QObject):
    """The open ledger and who sits at it; every page holds this one object."""

    changed = Signal(object)  # the record types that a deed changed, as a frozenset of table names

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.saved_at = ""
        self._names: dict[str, str] = {}

    def told(self) -> None:
        """A deed is done: every open page may look whether it is concerned."""
        self.saved_at = self.desk.clock()[11:16]
        self.changed.emit(self.desk.touched)

    def title_of(self, kind: str, record: str | None) -> str:
        """A record in a few words; nothing for nothing."""
        if not record:
            return ""
        with self.desk.books.read() as conn:
            return titles(conn, "*" if self.desk.is_above else self.desk.community, kind, [record]).get(record, "")

    def name_of(self, login: str) -> str:
        """Who that is; somebody who never worked here keeps the word he came with."""
        if login not in self._names:
            self._names = {row["login"]: row["name"] for row in self.desk.rows(User)}
        return self._names.setdefault(login, login)

    def search_for(self, kind: str, only: Callable[[str], bool] | None = None) -> Callable[[str], Sequence[tuple[str, str, str]]]:
        """What a reference picker asks: typed words → (id, title, detail)."""
        record = record_type(kind)

        def search(typed: str) -> list[tuple[str, str, str]]:
            with self.desk.books.read() as conn:
                if typed.strip():
                    ids = [hit.record for hit in find(conn, self.desk.community, typed, kinds=[kind], limit=FOUND_MOST)]
                else:
                    ids = [row["id"] for row in page(conn, Listing(record, community=self.desk.community), size=FOUND_MOST).rows]
                named = titles(conn, self.desk.community, kind, ids, living=True)
            return [(key, named[key], self.detail(record, key)) for key in ids if key in named and (only is None or only(key))]

        return search

    def detail(self, record: type[Record], key: str) -> str:
        """One more word that tells two records of the same name apart."""
        row = self.desk.get(record, key)
        for name, spec in record.fields().items():
            if name not in record.named_by and spec.listed and row[name]:
                if isinstance(spec.kind, Link):
                    return self.title_of(spec.kind.to, row[name])
                return spec.mask(row[name])
        return ""

    def day_words(self, day: str | None) -> str:
        """A day as lists say it: 11-24 within this year, 2020-06-01 otherwise."""
        if not day:
            return ""
        return day[5:] if day[:4] == self.desk.today[:4] and len(day) == 10 else day

    def far(self, day: str) -> str:
        """How far a day is, in words: 逾期 4 天, 今天, 明天, 还有 9 天."""
        left = days.between(self.desk.today, day)
        if left < 0:
            return _("逾期 {n} 天").format(n=-left)
        if left == 0:
            return _("今天")
        return _("明天") if left == 1 else _("还有 {n} 天").format(n=left)
