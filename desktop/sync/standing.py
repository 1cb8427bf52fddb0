"""How the exchange stands, as a community's screen shows it: each batch, what it carried, what the newest receipt left open.

It only reads. States stand in the books because a receipt moved them (`receipts.py`); what a batch carried is read out of the
sealed file itself, which is also sealed to us, so that the list on the screen is what left and not what we think left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, select

from desktop.model.contents import record_type
from desktop.model.courier import Batch, Receipt
from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.store.page import titles
from desktop.store.tables import SCHEMA
from desktop.store.work import Row
from desktop.sync import offices
from desktop.sync.batch import OpenRecord
from desktop.sync.knowledge import Fate
from desktop.sync.merging import waiting_lines
from desktop.sync.receipts import NOT_YET, fate_of, reason_words
from desktop.sync.refused import BatchRefused
from desktop.sync.seal import unseal
from desktop.sync.sending import BATCHES

STICK = "stick.folder"
CHUNK = 500
AGAIN = "已改，待报"  # the record was changed after it was sent: a correction that rides in the next batch


@dataclass(frozen=True)
class LineFate:
    """One record of a batch: what became of it, and why."""

    kind: str
    record: str
    title: str
    fate: str
    why: str = ""
    reason: str = ""
    field: str = ""  # which one is to be mended

    @property
    def needs_a_hand(self) -> bool:
        """Somebody here has to do something, or to wait for the district knowingly."""
        return self.fate in (Fate.RETURNED, Fate.WAITING, Fate.UNDECIDED)


def is_enrolled(desk: Desk) -> bool:
    """The district welcomed us: we know to whom we seal, and by which key people are counted."""
    return bool(offices.above(desk.books)) and offices.hmac_key(desk.books) is not None


def sent_batches(desk: Desk) -> list[Row]:
    """Every batch of ours, the newest first."""
    return sorted(desk.rows(Batch, direction="发出"), key=lambda row: -int(row["number"]))


def newest_receipt(desk: Desk) -> Row | None:
    """The receipt that counts: the one with the highest number."""
    return max(desk.rows(Receipt, direction="收到"), key=lambda row: int(row["number"]), default=None)


def unseen_numbers(desk: Desk) -> list[int]:
    """Numbers that the district has not seen by its newest receipt, those reported lost left out: sticks that are somewhere."""
    receipt = newest_receipt(desk)
    lost = {row["number"] for row in sent_batches(desk) if row["lost_on"]}
    numbers = (receipt["unseen"] or "").split(",") if receipt is not None else []
    return [int(number) for number in numbers if number and int(number) not in lost]


def open_lines(desk: Desk) -> list[LineFate]:
    """What the newest receipts left open, whichever batch it came in."""
    above = dict.fromkeys(card.code for card in offices.above(desk.books))
    found = [one for office in above for one in waiting_lines(desk, office)]
    with desk.books.read() as conn:
        still_open = {(one.kind, one.id): one for one in found}
        return _named(conn, desk, still_open, still_open)


def lines_of(desk: Desk, batch: Row) -> list[LineFate]:
    """Every record that a batch carried with its fate of now; nothing when its file is not on this machine any more."""
    carried = _carried(desk, batch)
    still_open = {(one.kind, one.id): one for one in waiting_lines(desk, batch["office"])}
    with desk.books.read() as conn:
        return _named(conn, desk, carried, still_open, is_answered=batch["state"] in ("已入库", "由后批代替"))


def has_file(desk: Desk, batch: Row) -> bool:
    """The sealed bytes are kept here, so the batch can be written once more."""
    return (desk.books.ledger.folder / BATCHES / str(batch["file"])).is_file()


def read_numbers(desk: Desk) -> dict[str, int]:
    """Hash → number of every receipt that was read."""
    return {row["sha256"]: row["number"] for row in desk.rows(Receipt, direction="收到") if row["sha256"]}


def remember_stick(desk: Desk, folder: Path) -> None:
    """This folder is offered as the stick the next time; a fact about the machine and no deed."""
    with desk.books.ledger.write() as conn:
        offices.remember(conn, STICK, str(folder))


def known_stick(desk: Desk) -> Path | None:
    """The stick of the last time, if it is plugged in."""
    kept = desk.books.fact(STICK)
    return Path(kept) if kept and Path(kept).is_dir() else None


def _carried(desk: Desk, batch: Row) -> list[tuple[str, str]]:
    """Type and id of each line in the sealed file; none when it is gone or was sealed to a key we no longer have."""
    if not has_file(desk, batch):
        return []
    key, card = offices.own_key(desk), offices.our_card(desk)
    path = desk.books.ledger.folder / BATCHES / str(batch["file"])
    try:
        unsealed = unseal(path, [key.identity], {card.key: card}.get, batch["office"], schema=SCHEMA)
        return [(line.k, line.id) for line in unsealed.lines()]
    except BatchRefused:
        return []


def _named(
    conn: Connection, desk: Desk, keys: Iterable[tuple[str, str]], still_open: Mapping[tuple[str, str], OpenRecord], *,
    is_answered: bool = True,
) -> list[LineFate]:  # fmt: skip
    """The records by their titles, type by type; one that was changed since is on its way again."""
    office = next((card.code for card in offices.above(desk.books) if card.tier == "区"), "")
    groups: dict[str, list[str]] = {}
    for kind, record in keys:
        groups.setdefault(kind, []).append(record)
    made = []
    for kind, ids in groups.items():
        names, since = _titles(conn, desk, kind, ids), _changed_since(conn, desk, office, kind, ids)
        for record in ids:
            one = LineFate(kind, record, names.get(record) or _("已清除的记录"), Fate.TAKEN.value if is_answered else NOT_YET)
            asked = still_open.get((kind, record)) if is_answered else None
            if asked is not None:
                why = reason_words(kind, asked.field, asked.reason)
                one = replace(one, fate=str(asked.fate), why=why, reason=asked.reason, field=asked.field)
            if is_answered and record in since:
                one = replace(one, fate=AGAIN, why=one.why or _("报出以后又改过"))
            made.append(one)
    return made


def _titles(conn: Connection, desk: Desk, kind: str, ids: list[str]) -> dict[str, str]:
    try:
        return titles(conn, desk.community, kind, ids)
    except KeyError:  # a kind of a newer program, come home after a restore
        return {}


def _changed_since(conn: Connection, desk: Desk, office: str, kind: str, ids: list[str]) -> set[str]:
    """Those whose present state no receipt of that office covers."""
    try:
        table = record_type(kind).table()
    except KeyError:
        return set()
    found: set[str] = set()
    for start in range(0, len(ids), CHUNK):
        where = (table.c.community == desk.community, table.c.id.in_(ids[start : start + CHUNK]))
        rows = list(conn.execute(select(table).where(*where)).mappings())
        found |= {key for key, fate in fate_of(conn, desk.community, office, rows).items() if fate == NOT_YET}
    return found
