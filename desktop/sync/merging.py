"""Receiving a batch: verified, opened, read, then merged in one transaction; twice, late or out of order ends the same.

Every line is merged. One that breaks a rule, or refers to a record that has not come, is kept in `held` with its stamps and out
of lists and figures until the rule passes; so nothing sent is ever nowhere. docs/exchange.md has the table of the merge.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from sqlalchemy import bindparam, delete, insert, select

from desktop.model.courier import Batch
from desktop.model.kinds import Value as Plain
from desktop.office.desk import Desk
from desktop.store.journal import knowledge_of
from desktop.store.tables import SCHEMA, fate, held, meta
from desktop.store.work import Work
from desktop.sync import offices
from desktop.sync.accepting import Accepted, Candidate, accept
from desktop.sync.batch import Header, Line, OpenRecord, encode
from desktop.sync.contested import kept_value, losing_in
from desktop.sync.knowledge import Fate, covers
from desktop.sync.refused import AlreadyReceived, BadShape, BatchRefused, NumberReused
from desktop.sync.seal import Unsealed, unseal
from desktop.sync.stick import SUFFIX, place
from desktop.sync.writing import learn, write_accepted

TAKEN, WAITS, ALARM = "已入库", "待前批", "同号不同文"
ASIDE = "batches-aside"
UNSEEN_MOST = 200  # the newest; a list of more is no help to anybody who looks for sticks
FILE_NAME_MOST = 200


@dataclass(frozen=True)
class Merged:
    """What became of a batch: its verdict and the fates of its lines, which add up."""

    office: str
    number: int
    verdict: str
    fates: dict[str, int] = field(default_factory=dict)
    already: bool = False
    unseen: tuple[int, ...] = ()

    @property
    def lines(self) -> int:
        """Every line has one fate."""
        return sum(self.fates.values())


def merge(desk: Desk, path: Path) -> Merged:
    """The batch is merged, or it was already and nothing changes; whatever fails leaves only an audit line.

    Raises BatchRefused with its own reason and sentence, NotAllowed, or Trouble when the stick fails.
    """
    desk.require("batch.merge")
    try:
        unsealed = _open(desk, path)
        lines = _lines(unsealed)
    except AlreadyReceived as known:
        header = _named(known)
        return Merged(header.sender, header.number, TAKEN, already=True, unseen=unseen(desk, header.sender))
    except NumberReused as alarm:
        header = _named(alarm)
        _keep_aside(desk, header, path)
        with desk.deed("batch.merge") as work:
            _enter(work, header, path.name, ALARM)
            work.remark(f"{header.sender} 第 {header.number} 批 {ALARM}")
        raise
    except BatchRefused as refusal:
        desk.refuse("batch.merge", f"{path.name} {refusal.code} {refusal.detail[:200]}")
        raise
    with desk.deed("batch.merge") as work:
        return _merge(work, desk, unsealed, lines, path.name)


def _open(desk: Desk, path: Path) -> Unsealed:
    def seen(header: Header) -> str | None:
        """The hash under which we know the number. A batch that waits for its predecessor may come again, another under its number not."""
        rows = desk.rows(Batch, direction="收到", office=header.sender, number=header.number)
        taken = [row["sha256"] for row in rows if row["verdict"] == TAKEN]
        waiting = [row["sha256"] for row in rows if row["verdict"] == WAITS and row["sha256"] != header.sha256]
        return next((str(sha256) for sha256 in (*taken, *waiting)), None)

    books = desk.books
    unsealed = unseal(
        path, [offices.own_key(desk).identity], offices.trusted(books), desk.community,
        schema=SCHEMA, revoked=offices.is_revoked(books), seen=seen,
    )  # fmt: skip
    if unsealed.header.kind != "up":
        raise BadShape(f"{unsealed.header.kind} is not merged here", record=path.name)
    return unsealed


def _lines(unsealed: Unsealed) -> list[Line]:
    """Every line, each record once; the whole batch is read before anything is done."""
    lines = list(unsealed.lines())
    if len({(line.k, line.id) for line in lines}) != len(lines):
        raise BadShape("a record twice")
    return lines


def _keep_aside(desk: Desk, header: Header, path: Path) -> None:
    """A copy of a file that claims a number we know: somebody will have to compare it with the slip."""
    folder = desk.books.ledger.folder / ASIDE
    folder.mkdir(mode=0o700, exist_ok=True)
    place(folder, f"{header.sender}-{header.number}-{header.sha256[:16]}{SUFFIX}", path)


def _named(refusal: BatchRefused) -> Header:
    if refusal.header is None:
        raise refusal
    return refusal.header


def _merge(work: Work, desk: Desk, unsealed: Unsealed, lines: list[Line], name: str) -> Merged:
    header, manifest = unsealed.header, unsealed.manifest
    office = header.sender
    ours = knowledge_of(work.conn, office)
    _remember_quoted(work, office, manifest.quoted)
    if not covers(ours, manifest.since):
        _enter(work, header, name, WAITS)
        work.remark(f"{office} 第 {header.number} 批 {WAITS}")
        return Merged(office, header.number, WAITS, unseen=unseen(desk, office, work))
    candidates = _with_held(work, office, lines)
    accepted = accept(work, office, candidates, ours, manifest.knowledge)
    write_accepted(work, office, accepted)
    learn(work.conn, office, ours, manifest.knowledge)
    _remember_open(work, office, header.number, accepted)
    fates = Counter(str(accepted.fates[line.k, line.id]) for line in lines)
    _enter(work, header, name, TAKEN, fates)
    work.remark(f"{office} 第 {header.number} 批 {sum(fates.values())} 条")
    return Merged(office, header.number, TAKEN, dict(fates), unseen=unseen(desk, office, work))


def _with_held(work: Work, office: str, lines: Iterable[Line]) -> list[Candidate]:
    """The lines of the batch, and what waited for something that may be among them."""
    waiting = {
        (row.kind, row.record): msgspec.json.decode(row.line, type=Line)
        for row in work.conn.execute(select(held).where(held.c.community == office))
    }
    candidates = [Candidate(line, waiting.pop((line.k, line.id), None), is_sent=True) for line in lines]
    return candidates + [Candidate(line, None, is_sent=False) for line in waiting.values()]


def _remember_open(work: Work, office: str, number: int, accepted: Accepted) -> None:
    """What is still open with this sender, for the receipt."""
    known = work.conn.execute(select(fate.c.kind, fate.c.record).where(fate.c.office == office))
    settled = {(row.kind, row.record) for row in known} & set(accepted.fates)
    if settled:
        at = (fate.c.office == office, fate.c.kind == bindparam("at_kind"), fate.c.record == bindparam("at_record"))
        work.conn.execute(delete(fate).where(*at), [{"at_kind": kind, "at_record": record} for kind, record in sorted(settled)])
    rows = [
        {
            "office": office, "kind": one.kind, "record": one.id, "batch": number, "fate": str(one.fate),
            "field": one.field, "reason": one.reason, "value": kept_value(one.losing, None),
        }
        for one in accepted.open
    ]  # fmt: skip
    if rows:
        work.conn.execute(insert(fate), rows)


def quoted_by(office: str) -> str:
    """The fact that keeps the number of the newest of our receipts that an office has read."""
    return f"receipt.quoted.{office}"


def _remember_quoted(work: Work, office: str, quoted: int) -> None:
    """So that the numbers of our receipts never fall below it, even after we were restored from an older backup."""
    kept = work.conn.execute(select(meta.c.value).where(meta.c.key == quoted_by(office))).scalar()
    if quoted > int(kept or 0):
        offices.remember(work.conn, quoted_by(office), str(quoted))


def _enter(work: Work, header: Header, name: str, verdict: str, fates: dict[str, int] | None = None) -> None:
    """The batch stands in the book of what came in."""
    counts = fates or {}
    same = work.rows(Batch, direction="收到", office=header.sender, number=header.number, sha256=header.sha256)
    values: dict[str, Plain] = {
        "direction": "收到", "office": header.sender, "number": header.number, "size": header.size, "sha256": header.sha256,
        "header": encode(header).decode(), "file": name[:FILE_NAME_MOST], "verdict": verdict, "lines": sum(counts.values()),
        "merged_on": work.today if verdict == TAKEN else None, "state": "已入库" if verdict == TAKEN else "未收下", "state_on": work.today,
        "taken": counts.get(Fate.TAKEN, 0), "same": counts.get(Fate.SAME, 0), "waiting": counts.get(Fate.WAITING, 0),
        "refused": counts.get(Fate.RETURNED, 0), "contested": counts.get(Fate.UNDECIDED, 0),
    }  # fmt: skip
    if same:
        work.change(Batch, same[0]["id"], **values)
    else:
        work.add(Batch, **values)


def unseen(desk: Desk, office: str, work: Work | None = None) -> tuple[int, ...]:
    """The numbers of this sender that never came: a stick is somewhere, though its content is in a later batch."""
    found = work.rows(Batch, direction="收到", office=office) if work else desk.rows(Batch, direction="收到", office=office)
    numbers = {row["number"] for row in found}
    missing = set(range(1, max(numbers, default=0))) - numbers
    return tuple(sorted(missing)[-UNSEEN_MOST:])


def waiting_lines(desk: Desk, office: str) -> list[OpenRecord]:
    """What is still open with a sender: held records and conflicts."""
    with desk.books.read() as conn:
        rows = conn.execute(select(fate).where(fate.c.office == office).order_by(fate.c.kind, fate.c.record)).mappings().all()
    return [
        OpenRecord(
            row["kind"], row["record"], Fate(row["fate"]), row["field"], row["reason"],
            losing_in(row["value"]),
        )
        for row in rows
    ]  # fmt: skip
