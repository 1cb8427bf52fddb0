"""A district and two of its communities, each with a real ledger, known to each other; and the sticks that go between them.

Enrolled once a run, by the deeds themselves; every test gets copies of the three folders.
"""

import atexit
import hashlib
import hmac
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from desktop.model.contents import RECORD_TYPES
from desktop.model.field import Upward
from desktop.model.record import Kept, Record
from desktop.office.desk import Desk
from desktop.office.ledgers import open_desk
from desktop.store.journal import broken_link
from desktop.store.tables import SCHEMA
from desktop.sync import offices
from desktop.sync.batch import Line, Manifest
from desktop.sync.contents import pack
from desktop.sync.merging import Merged, merge
from desktop.sync.receipts import Heard, read_receipt, write_receipt
from desktop.sync.seal import draft, seal, unseal
from desktop.sync.sending import write_batch
from tests.builders import DISTRICT, HARBOUR, LOGIN, NEIGHBOUR, TODAY, MovableClock, a_desk, everything


def enrol(community: Desk, district: Desk, ground: Path) -> None:
    """The paper way: a request up, a welcome down, two fingerprints typed."""
    request = offices.request_enrolment(community, ground, to=district.community)
    _guest, answer = offices.accept_enrolment(district, request, offices.our_card(community).fingerprint, ground)
    offices.accept_welcome(community, answer, offices.our_card(district).fingerprint)


@cache
def enrolled() -> tuple[Path, dict[str, bytes]]:
    """Three closed ledgers that know each other, and their keys."""
    ground = Path(tempfile.mkdtemp(prefix="enrolled-"))
    atexit.register(shutil.rmtree, ground, ignore_errors=True)
    desks = {}
    for code, tier in ((DISTRICT, "区"), (HARBOUR, "社区"), (NEIGHBOUR, "社区")):
        (ground / code).mkdir()
        desks[code] = a_desk(ground / code, community=code, tier=tier)
    for code in (HARBOUR, NEIGHBOUR):
        (ground / f"u-{code}").mkdir()
        enrol(desks[code], desks[DISTRICT], ground / f"u-{code}")
    for desk in desks.values():
        desk.books.ledger.close()
    return ground, {code: desk.books.ledger.raw_key for code, desk in desks.items()}


@dataclass
class Circle:
    """The three offices at work, and the sticks."""

    ground: Path
    harbour: Desk
    neighbour: Desk
    district: Desk
    numbers: Iterator[int] = field(default_factory=lambda: count(1))  # of crafted batches
    _sticks: Iterator[int] = field(default_factory=lambda: count(1))

    def stick(self) -> Path:
        """An empty stick."""
        folder = self.ground / f"u{next(self._sticks)}"
        folder.mkdir()
        return folder

    def sent(self, desk: Desk | None = None) -> Path:
        """The next batch, on a stick of its own."""
        return write_batch(desk or self.harbour, self.stick()).path

    def taken(self, batch: Path) -> Merged:
        """The district has read it."""
        return merge(self.district, batch)

    def brought(self, desk: Desk | None = None) -> Merged:
        """The next batch is sealed and read."""
        return self.taken(self.sent(desk))

    def answer(self, desk: Desk | None = None) -> Path:
        """A receipt of the district, on a stick of its own."""
        return write_receipt(self.district, (desk or self.harbour).community, self.stick())

    def heard(self, desk: Desk | None = None) -> Heard:
        """The district answers and the community reads it."""
        return read_receipt(desk or self.harbour, self.answer(desk))

    def kept(self, record: type[Record], office: str = HARBOUR) -> dict[str, Kept]:
        """What the district shows of a community."""
        table = record.table()
        with self.district.books.read() as conn:
            rows = conn.execute(select(table).where(table.c.community == office)).mappings().all()
        return {row["id"]: row for row in rows}

    def close(self) -> None:
        for desk in (self.harbour, self.neighbour, self.district):
            desk.books.ledger.close()


def a_circle(ground: Path) -> Circle:
    """Three enrolled offices of their own under this folder."""
    whole, keys = enrolled()
    for code in keys:
        shutil.copytree(whole / code, ground / code)
    desks = {code: opened(ground / code / "账本", key) for code, key in keys.items()}
    return Circle(ground, desks[HARBOUR], desks[NEIGHBOUR], desks[DISTRICT])


def opened(folder: Path, raw_key: bytes, today: str = TODAY) -> Desk:
    """周敏 sits down at a ledger."""
    return open_desk(folder, LOGIN, raw_key, now=MovableClock(today))


def reopened(desk: Desk) -> Desk:
    """The program was closed and started again."""
    ledger = desk.books.ledger
    ledger.close()
    return opened(ledger.folder, ledger.raw_key, desk.today)


def backed_up(desk: Desk, to: Path) -> Desk:
    """A copy of the closed folder lies at `to`; the desk goes on, reopened."""
    ledger = desk.books.ledger
    ledger.close()
    shutil.copytree(ledger.folder, to, dirs_exist_ok=True)
    return opened(ledger.folder, ledger.raw_key, desk.today)


def restored(desk: Desk, backup: Path, *, with_files: bool = True) -> Desk:
    """The folder is as it was at the time of the backup, and nobody told the program; sealed files may have stayed."""
    ledger = desk.books.ledger
    ledger.close()
    kept = ledger.folder / "batches"
    aside = ledger.folder.parent / "kept-batches"
    shutil.rmtree(aside, ignore_errors=True)
    if with_files and kept.is_dir():
        shutil.copytree(kept, aside)
    shutil.rmtree(ledger.folder)
    shutil.copytree(backup, ledger.folder)
    shutil.rmtree(kept, ignore_errors=True)
    if aside.is_dir():
        shutil.copytree(aside, kept)
    return opened(ledger.folder, ledger.raw_key, desk.today)


def content(batch: Path, reader: Desk) -> tuple[Manifest, list[Line]]:
    """Manifest and lines of a sealed batch, as its receiver opens it."""
    key = offices.own_key(reader)
    unsealed = unseal(batch, [key.identity], offices.trusted(reader.books), reader.community, schema=SCHEMA)
    return unsealed.manifest, list(unsealed.lines())


def crafted(circle: Circle, lines: Iterable[Line], *, by: Desk | None = None, **changed: Any) -> Path:
    """A batch with any lines, sealed and signed by the community's own key: what an older, newer or broken program may send."""
    desk = by or circle.harbour
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.k, []).append(line)
    number, to = changed.pop("number", None) or next(circle.numbers), changed.pop("to", [DISTRICT])
    schema = changed.pop("schema", SCHEMA)
    stamps = [stamp for group in groups.values() for line in group for stamp in stamps_in(line)]
    known = {sitting: max(tick for other, tick in stamps if other == sitting) for sitting, _tick in stamps}
    manifest = Manifest(desk.community, tuple(to), number, knowledge=changed.pop("knowledge", known), **changed)
    key, out = offices.own_key(desk), BytesIO()
    header = draft("up", sender=desk.community, to=to, number=number, schema=schema)
    seal(header, pack(manifest, groups), key, [card.recipient for card in offices.above(desk.books)], out)
    path = circle.stick() / f"{number}.lxb"
    path.write_bytes(out.getvalue())
    return path


def stamps_in(line: Line) -> list[tuple[str, int]]:
    """Every change that a line names."""
    found = [line.s]
    for stamps in line.m.values():
        found += [part[:2] for part in stamps if isinstance(part, tuple)] or [(str(stamps[0]), int(stamps[1]))]  # type: ignore[call-overload]
    return found


def but_the_audit(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the chain of deeds."""
    return {name: rows for name, rows in everything(desk).items() if name != "audit"}


def chain_is_whole(desk: Desk) -> bool:
    with desk.books.read() as conn:
        return broken_link(conn) is None


def as_it_goes_up(record: type[Record], row: Kept, hmac_key: bytes) -> dict[str, Any]:
    """What the district should show of a row, field by field: said here once more, so that a slip in travel.py is seen."""
    shown: dict[str, Any] = {"ended_on": row["ended_on"], "ended_because": row["ended_because"]}
    for key, spec in record.fields().items():
        value = row[key]
        if value is None or spec.upward is Upward.NEVER:
            shown[key] = None
        elif spec.upward is Upward.COUNT:
            shown[key] = "#" + hmac.new(hmac_key, str(value).encode(), hashlib.sha256).hexdigest()
        elif spec.upward is Upward.MASKED:
            shown[key] = "~" + spec.kind.mask(value)
        else:
            shown[key] = value
    return shown


def own_rows(desk: Desk) -> dict[tuple[str, str], dict[str, Any]]:
    """Everything of a community that travels, as it goes up."""
    key = offices.hmac_key(desk.books)
    assert key is not None
    found = {}
    with desk.books.read() as conn:
        for record in [record for record in RECORD_TYPES if record.travels]:
            for row in conn.execute(select(record.table())).mappings():
                found[record.__tablename__, row["id"]] = as_it_goes_up(record, row, key)
    return found


def rows_of(district: Desk, office: str = HARBOUR) -> dict[tuple[str, str], dict[str, Any]]:
    """Everything that the district shows of a community, field by field."""
    found = {}
    with district.books.read() as conn:
        for record in [record for record in RECORD_TYPES if record.travels]:
            table = record.table()
            fields = (*record.fields(), "ended_on", "ended_because")
            for row in conn.execute(select(table).where(table.c.community == office)).mappings():
                found[record.__tablename__, row["id"]] = {key: row[key] for key in fields}
    return found
