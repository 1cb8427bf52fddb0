"""Receipts: the district says what it knows and what is still open; the community's screen moves by nothing else.

A receipt is a state. One that is lost is mended by the next, the newest number wins, and reading one twice changes nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from desktop import __version__
from desktop.model.contents import record_type
from desktop.model.courier import Batch
from desktop.model.courier import Receipt as ReceiptRecord
from desktop.model.errors import Refusal
from desktop.model.kinds import Value as Plain
from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.store.journal import audit_head, knowledge_of
from desktop.store.tables import SCHEMA, covered, fate
from desktop.store.work import Row, Work
from desktop.sync import offices
from desktop.sync.batch import BatchVerdict, Line, Manifest, OpenRecord, Receipt, encode
from desktop.sync.choosing import covered_by
from desktop.sync.contents import pack
from desktop.sync.contested import by_key, contested_lines, kept_value
from desktop.sync.kept import highest_number
from desktop.sync.keys import Enrolled, newer_list
from desktop.sync.knowledge import Fate, Knowledge, covers, knows
from desktop.sync.merging import TAKEN, quoted_by, unseen, waiting_lines
from desktop.sync.offices import remember
from desktop.sync.refused import BadShape, BatchRefused
from desktop.sync.seal import Unsealed, draft, seal, unseal
from desktop.sync.sending import BATCHES, HIGHEST
from desktop.sync.showing import Key
from desktop.sync.stick import file_name, place, write_to_stick

MOST_VERDICTS = 200
NOT_YET = "未上报"
COUNTED = {"taken": Fate.TAKEN, "same": Fate.SAME, "waiting": Fate.WAITING, "refused": Fate.RETURNED, "contested": Fate.UNDECIDED}


@dataclass(frozen=True)
class Heard:
    """What a receipt told."""

    number: int
    office: str
    open: tuple[OpenRecord, ...]
    unseen: tuple[int, ...]
    moved: dict[int, str]  # batch number → state
    already: bool = False


def write_receipt(desk: Desk, office: str, stick: Path) -> Path:
    """A receipt for one office lies on the stick, sealed to it: knowledge, a verdict a batch, a line for each open record."""
    desk.require("receipt.write")
    cards = [card for card in offices.peers(desk.books) if card.code == office]
    if not cards:
        raise Refusal(_("这个单位还没有登记"), record=office)
    key = offices.own_key(desk)
    with desk.books.read() as conn:
        known, number, head = knowledge_of(conn, office), _next_number(desk, conn, cards[0]), audit_head(conn)
        contested = contested_lines(conn, office)
    missing = unseen(desk, office)
    receipt = Receipt(office, number, SCHEMA, known, _verdicts(desk, office), tuple(waiting_lines(desk, office)), missing)
    manifest = Manifest(
        sender=desk.community, to=(office,), number=number, knowledge=known if contested else {}, made=desk.clock(),
        program=f"lianxin {__version__}", audit=head, revocations=offices.revocations(desk.books),
    )  # fmt: skip
    out = BytesIO()
    header = draft("down", sender=desk.community, to=[office], number=number, schema=SCHEMA)
    header = seal(header, pack(manifest, contested, receipt=receipt), key, [*(card.recipient for card in cards), key.recipient], out)
    name = file_name("down", cards[0].name, number, desk.today)
    folder = desk.books.ledger.folder / BATCHES
    folder.mkdir(mode=0o700, exist_ok=True)
    place(folder, name, out.getvalue())
    with desk.deed("receipt.write") as work:
        work.add(
            ReceiptRecord, direction="发出", office=office, number=number, dated_on=work.today, file=name, sha256=header.sha256,
            unseen=",".join(map(str, missing)) or None,
        )  # fmt: skip
    return write_to_stick(stick, name, folder / name)


def _next_number(desk: Desk, conn: Connection, card: Enrolled) -> int:
    """One more than any number that this office may have read: by the books, by the files kept, by what its batches quote.

    The newest number wins, so after a restore a lower one would not be heard.
    """
    table = ReceiptRecord.table()
    where = (table.c.community == desk.community, table.c.direction == "发出", table.c.office == card.code)
    booked = int(conn.execute(select(func.coalesce(func.max(table.c.number), 0)).where(*where)).scalar_one())
    kept = highest_number(desk.books.ledger.folder / BATCHES, "down", card.name)
    return max(booked, kept, int(desk.books.fact(quoted_by(card.code)) or 0)) + 1


def _verdicts(desk: Desk, office: str) -> tuple[BatchVerdict, ...]:
    rows = sorted(desk.rows(Batch, direction="收到", office=office), key=lambda row: int(row["number"]))[-MOST_VERDICTS:]
    return tuple(
        BatchVerdict(
            row["number"], row["sha256"], row["verdict"], row["lines"] or 0, {kept: row[key] for key, kept in COUNTED.items() if row[key]}
        )
        for row in rows
    )


def read_receipt(desk: Desk, path: Path) -> Heard:
    """The receipt has moved our batches and records; read again, nothing changes. Raises BatchRefused with its sentence."""
    desk.require("receipt.read")
    books = desk.books
    try:
        unsealed = unseal(
            path, [offices.own_key(desk).identity], offices.trusted(books), desk.community,
            schema=SCHEMA, revoked=offices.is_revoked(books),
        )  # fmt: skip
        receipt = unsealed.receipt
        if unsealed.header.kind != "down" or receipt is None or receipt.office != desk.community:
            raise BadShape("no receipt for us", record=path.name)
        if receipt.number != unsealed.header.number:
            raise BadShape("a receipt under another number", record=path.name)
        contested = by_key(unsealed.lines())
    except BatchRefused as refusal:
        desk.refuse("receipt.read", f"{path.name} {refusal.code} {refusal.detail[:200]}")
        raise
    sender = unsealed.header.sender
    newest = max((row["number"] for row in desk.rows(ReceiptRecord, direction="收到", office=sender)), default=0)
    if receipt.number <= newest:
        return Heard(receipt.number, sender, receipt.open, receipt.unseen, {}, already=True)
    with desk.deed("receipt.read") as work:
        return _hear(work, desk, unsealed, receipt, contested, path.name)


def _hear(work: Work, desk: Desk, unsealed: Unsealed, receipt: Receipt, contested: Mapping[Key, Line], name: str) -> Heard:
    sender, conn = unsealed.header.sender, work.conn
    ours = work.rows(Batch, direction="发出")
    moved = _move_batches(work, [row for row in ours if row["office"] == sender], receipt)
    _remember_covered(conn, desk.community, sender, _scope_answered(ours, receipt), receipt.knowledge)
    _replace_fates(conn, sender, receipt, contested)
    if unsealed.manifest.revocations is not None:
        kept = newer_list(offices.revocations(desk.books), unsealed.manifest.revocations)
        remember(conn, offices.REVOKED, encode(kept).decode())
    highest = max((verdict.number for verdict in receipt.verdicts), default=0)
    if highest > int(desk.books.fact(HIGHEST) or 0):
        remember(conn, HIGHEST, str(highest))
    work.add(
        ReceiptRecord, direction="收到", office=sender, number=receipt.number, dated_on=work.today, file=name,
        sha256=unsealed.header.sha256, unseen=",".join(map(str, receipt.unseen)) or None,
    )  # fmt: skip
    work.remark(f"回执 {receipt.number} 待处理 {len(receipt.open)} 条")
    return Heard(receipt.number, sender, receipt.open, receipt.unseen, moved)


def _move_batches(work: Work, ours: Sequence[Row], receipt: Receipt) -> dict[int, str]:
    verdicts = {(verdict.number, verdict.sha256): verdict for verdict in receipt.verdicts}
    moved: dict[int, str] = {}
    for row in ours:
        verdict = verdicts.get((row["number"], row["sha256"]))
        state = _state_by(row, verdict, receipt)
        values: dict[str, Plain] = {}
        if verdict is not None:
            values = {key: verdict.fates.get(kept, 0) for key, kept in COUNTED.items()} | {"verdict": verdict.verdict}
        if state != row["state"]:
            taken_on = {"merged_on": work.today} if state == "已入库" else {}
            values |= {"state": state, "state_on": work.today, **taken_on}
            moved[row["number"]] = state
        if values:
            work.change(Batch, row["id"], **values)
    return moved


def _state_by(row: Row, verdict: BatchVerdict | None, receipt: Receipt) -> str:
    """Where a receipt leaves one of our batches."""
    if verdict is not None and verdict.verdict == TAKEN:
        return "已入库"
    if row["knowledge"] and covers(receipt.knowledge, json.loads(row["knowledge"])):
        return "已入库" if row["state"] == "已入库" else "由后批代替"
    if verdict is not None or row["state"] in ("已入库", "由后批代替"):  # these two: the receiver went back to an older backup
        return "已接收"
    return str(row["state"])


def _scope_answered(ours: Sequence[Row], receipt: Receipt) -> str:
    """The rules under which the newest batch that was taken had been made."""
    taken = {(verdict.number, verdict.sha256) for verdict in receipt.verdicts if verdict.verdict == TAKEN}
    rows = [row for row in ours if (row["number"], row["sha256"]) in taken and row["scope"]]
    return str(max(rows, key=lambda row: int(row["number"]))["scope"]) if rows else ""


def _remember_covered(conn: Connection, community: str, sender: str, answered: str, known: Knowledge) -> None:
    """What the receiver knows of us under the rules of the batch it took last.

    Under other rules what it knew before still holds, unless it knows less than then: a receiver that went back to an older
    backup may never have seen a batch made under them, so they begin from nothing.
    """
    at = (covered.c.office == sender, covered.c.community == community)
    before: dict[str, Knowledge] = {}
    for row in conn.execute(select(covered.c.scope, covered.c.sitting, covered.c.tick).where(*at)):
        before.setdefault(row.scope, {})[row.sitting] = row.tick
    for scope, then in before.items():
        if scope == answered or not covers(known, then):
            conn.execute(delete(covered).where(*at, covered.c.scope == scope))
    if answered and known:
        rows = [{"office": sender, "scope": answered, "community": community, "sitting": key, "tick": tick} for key, tick in known.items()]
        conn.execute(insert(covered), rows)


def _replace_fates(conn: Connection, sender: str, receipt: Receipt, contested: Mapping[Key, Line]) -> None:
    newest = max((verdict.number for verdict in receipt.verdicts), default=0)
    conn.execute(delete(fate).where(fate.c.office == sender))
    rows = {
        (one.kind, one.id): {
            "office": sender, "kind": one.kind, "record": one.id, "batch": newest, "fate": str(one.fate), "field": one.field,
            "reason": one.reason, "value": kept_value(one.losing, contested.get((one.kind, one.id))),
        }
        for one in receipt.open
    }  # fmt: skip
    if rows:
        conn.execute(insert(fate), list(rows.values()))


def fate_of(conn: Connection, community: str, office: str, rows: list[Row]) -> dict[str, str]:
    """Record id → 未上报, 已入库, 待补, 退回 or 待定, for rows of one list; what the newest receipt says, nothing else."""
    known = covered_by(conn, office, community)
    ids = [row["id"] for row in rows]
    found = conn.execute(select(fate.c.record, fate.c.fate).where(fate.c.office == office, fate.c.record.in_(ids)))
    still_open = {row.record: row.fate for row in found}
    return {
        row["id"]: NOT_YET if not knows(known, (row["sitting"], row["tick"])) else str(still_open.get(row["id"], Fate.TAKEN))
        for row in rows
    }


def reason_words(kind: str, field: str, reason: str) -> str:
    """Why a record is still open, in words a clerk can act on; a code that a newer district invented is shown as it is."""
    try:
        label = _(record_type(kind).fields()[field].label)
    except KeyError:
        label = field
    said = {
        "required": _("缺“{field}”"),
        "value": _("“{field}”不合规定"),
        "double": _("“{field}”与另一条记录相同"),
        "reference": _("“{field}”指的记录区里还没有"),
        "conflict": _("“{field}”两边改得不一样，到冲突台选一个"),
        "unknown-kind": _("区里的程序还不认识这类记录，升级后自动入库"),
    }
    return said.get(reason, _("其他原因：{reason}").replace("{reason}", reason)).format(field=label)
