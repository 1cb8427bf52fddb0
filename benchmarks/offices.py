"""The offices that the exchange benches need: a community that knows its district, and a district that knows 99 of them.

The batches of the district are sealed by the product's own steps (line, pack, seal) from one scratch ledger, because 99
ledgers with their keys would take longer to make than everything that is measured.
"""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from benchmarks import ledgers
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.store.journal import knowledge_of
from desktop.store.tables import SCHEMA
from desktop.store.work import Work
from desktop.sync import offices, travel
from desktop.sync.batch import Manifest
from desktop.sync.contents import pack
from desktop.sync.keys import DeskKey
from desktop.sync.knowledge import Knowledge
from desktop.sync.seal import draft, seal

COMMUNITIES, EACH = 99, 200
MANY = 20_000  # the records of one large batch
HMAC = b"\x17" * 32
UPPER, LOWER = "district", "community"
CODES = [f"441502{street:03d}{number:03d}" for street in range(1, 10) for number in range(1, 12)]


def pair() -> Path:
    """A folder with a community of 20,000 new people, enrolled, and the empty district that knows it."""

    def build(folder: Path) -> None:
        desks = {name: ledgers.found(_made(folder / name), code, tier) for name, code, tier in (
            (LOWER, ledgers.COMMUNITY, "社区"), (UPPER, ledgers.DISTRICT, "区"),
        )}  # fmt: skip
        stick = _made(folder / "stick")
        request = offices.request_enrolment(desks[LOWER], stick, to=ledgers.DISTRICT)
        _guest, answer = offices.accept_enrolment(desks[UPPER], request, offices.our_card(desks[LOWER]).fingerprint, stick)
        offices.accept_welcome(desks[LOWER], answer, offices.our_card(desks[UPPER]).fingerprint)
        with desks[LOWER].deed("record.import") as work:
            for begin in range(0, MANY, 1000):
                work.add_many(Person, ledgers.invented(1000, ledgers.FIRST_NEW + begin))
        for desk in desks.values():
            desk.books.ledger.close()

    return ledgers.kept(f"pair-{MANY}", build)


def district() -> Path:
    """A folder with the district after the first batches of 99 communities, and `changed/`: their second ones, 200 records each."""

    def build(folder: Path) -> None:
        from desktop.sync.merging import merge

        upper, scratch = ledgers.found(_made(folder / UPPER), ledgers.DISTRICT, "区"), ledgers.found(_made(folder / "scratch"))
        new, changed = _made(folder / "new"), _made(folder / "changed")
        card = offices.our_card(upper)
        for nth, code in enumerate(CODES):
            key = DeskKey.generate()
            offices.trust(upper, key.enrolled(code=code, name=f"社区{code[6:]}", tier="社区", desk=1))
            with scratch.books.work(who="bench", deed="record.import", at=ledgers.now(), community=code) as work:
                ids = work.add_many(Person, ledgers.invented(EACH, ledgers.FIRST_NEW + nth * EACH))
            _seal(scratch, code, {}, key, card.recipient, 1, new)
            with scratch.books.read() as conn:
                known = knowledge_of(conn, code)
            with scratch.books.work(who="bench", deed="person.correct", at=ledgers.now(), community=code) as work:
                _change(work, ids)
            _seal(scratch, code, known, key, card.recipient, 2, changed)
        for batch in sorted(new.iterdir()):
            merge(upper, batch)
        for desk in (upper, scratch):
            desk.books.ledger.close()
        shutil.rmtree(folder / "scratch")

    return ledgers.kept(f"district-{COMMUNITIES}x{EACH}", build)


def batches(folder: Path) -> Iterator[Path]:
    """The second batches, community by community."""
    yield from sorted((folder / "changed").iterdir())


def opened(folder: Path, name: str) -> Desk:
    """One of the offices of a folder, with somebody at it."""
    return ledgers.opened(folder / name)


def _change(work: Work, ids: list[str]) -> None:
    for nth, key in enumerate(ids):
        work.change(Person, key, post=f"网格员{nth % 7}", education="31")


def _seal(scratch: Desk, code: str, known: Knowledge, key: DeskKey, recipient: str, number: int, to: Path) -> None:
    """The batch of one community whose records lie in the scratch ledger."""
    with scratch.books.read() as conn:
        table = Person.table()
        rows = conn.execute(select(table).where(table.c.community == code).order_by(table.c.id)).mappings()
        lines = [travel.line_of_row(Person, row, HMAC) for row in rows]
        ours = knowledge_of(conn, code)
    manifest = Manifest(code, (ledgers.DISTRICT,), number, knowledge=ours, since=known)
    header, out = draft("up", sender=code, to=[ledgers.DISTRICT], number=number, schema=SCHEMA), BytesIO()
    seal(header, pack(manifest, {Person.__tablename__: lines}), key, [recipient], out)
    (to / f"{code}.lxb").write_bytes(out.getvalue())


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
