"""Up: everything that no receipt covers yet, sealed once, written to a stick and read back.

What is chosen and how it is masked is decided once (`choosing.py`), for the list that the clerk reads before writing and for the
file that leaves. A number only grows; what a lost stick carried is in the next batch all the same.
"""

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, select

from desktop import __version__
from desktop.model.contents import record_type
from desktop.model.courier import Batch, Receipt
from desktop.model.digest import hash_groups
from desktop.model.errors import Refusal
from desktop.model.field import Upward
from desktop.model.kinds.records import Link
from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.store.journal import audit_head, knowledge_of
from desktop.store.page import link_titles
from desktop.store.tables import SCHEMA
from desktop.store.work import Row, Work
from desktop.sync import offices, travel
from desktop.sync.batch import Header, Manifest, encode
from desktop.sync.choosing import Leaving, choose, covered_by, uncovered
from desktop.sync.contents import pack
from desktop.sync.kept import highest_number, strangers, sweep
from desktop.sync.keys import recipients_of
from desktop.sync.knowledge import Masked, Value
from desktop.sync.refused import BatchRefused
from desktop.sync.seal import draft, seal, unseal
from desktop.sync.stick import file_name, place, write_to_stick

BATCHES = "batches"
HIGHEST = "highest.number"  # the highest of our numbers that a receipt has named


@dataclass(frozen=True)
class ContentLine:
    """One record of a batch, as the clerk reads it before it is written: exactly the words that leave."""

    kind: str
    record: str
    title: str
    is_new: bool
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Contents:
    """What the next batch would hold."""

    number: int
    lines: tuple[ContentLine, ...]
    counts: dict[str, tuple[int, int]]  # kind → new, changed
    since_on: str
    until_on: str

    @property
    def total(self) -> int:
        """Every record once."""
        return len(self.lines)


@dataclass(frozen=True)
class Sent:
    """A batch that lies on a stick, read back and equal."""

    batch: str
    number: int
    header: Header
    path: Path
    counts: dict[str, int]

    @property
    def groups(self) -> list[str]:
        """The hash as the hand-over slip prints it."""
        return hash_groups(self.header.sha256)


def preview(desk: Desk) -> Contents:
    """The next batch, person by person and field by field, in the words that leave. Raises Refusal before the welcome."""
    to, hmac_key = _addressee(desk)
    with desk.books.read() as conn:
        known = uncovered(conn, desk.community, covered_by(conn, to, desk.community))
        lines: list[ContentLine] = []
        counts: dict[str, tuple[int, int]] = {}
        for kind, group in choose(conn, desk.community, known, hmac_key).items():
            leaving = list(group)
            new = sum(one.is_new for one in leaving)
            counts[kind] = (new, len(leaving) - new)
            record = record_type(kind)
            links = dict.fromkeys(record.links())
            names = link_titles(conn, desk.community, record, [{**links, **one.line.f} for one in leaving], masked=True)
            lines += [_shown(one, names) for one in leaving]
        number = _next_number(desk, conn)
    return Contents(number, tuple(lines), counts, known.since_on or desk.today, desk.today)


def _shown(one: Leaving, names: dict[str, str]) -> ContentLine:
    record, line = one.record, one.line
    if line.erased:
        return ContentLine(line.k, line.id, _("已清除的记录"), False, ((_("清除"), line.erased),))
    words = {rule.key: _words(rule, line.f[rule.key], names) for rule in travel.rules(record) if line.f[rule.key] is not None}
    fields = tuple((_label(rule), words[rule.key]) for rule in travel.rules(record) if rule.key in words)
    title = " ".join(words[key] for key in record.named_by if words.get(key)) or _(record.label)
    return ContentLine(line.k, line.id, title, one.is_new, fields)


def _label(rule: travel.Rule) -> str:
    if rule.spec is not None:
        return _(rule.spec.label)
    return _("移入回收站日期") if rule.key == "ended_on" else _("移入回收站原因")


def _words(rule: travel.Rule, value: Value, names: dict[str, str]) -> str:
    """A value in the words in which it leaves."""
    if isinstance(value, Masked):
        return value.text
    if rule.spec is None:
        return str(value)
    if rule.how is Upward.COUNT:
        return _("只传计数用的密文")
    return names.get(str(value), "") if isinstance(rule.spec.kind, Link) else rule.spec.kind.show(value)


def write_batch(desk: Desk, stick: Path) -> Sent:
    """The next batch is sealed, kept, written down, and lies on the stick read back and equal.

    Raises Refusal when there is nothing to send or no office above is known, Trouble when the stick fails: the sealed batch then
    stays here under its number, and `copy_to_stick` writes the same bytes again.
    """
    batch = seal_batch(desk)
    return copy_to_stick(desk, batch, stick)


def seal_batch(desk: Desk) -> str:
    """The next batch is sealed and on the books as 已制作; the id of its record. It is sealed once: a second stick gets the same bytes."""
    desk.require("batch.seal")
    to, hmac_key = _addressee(desk)
    key, upper = offices.own_key(desk), offices.above(desk.books)
    folder = desk.books.ledger.folder / BATCHES
    folder.mkdir(mode=0o700, exist_ok=True)
    sweep(folder)
    adopt_kept(desk, to)
    name_of_office, out = desk.books.fact("name") or desk.community, BytesIO()
    codes = list(dict.fromkeys(card.code for card in upper))
    with desk.books.read() as conn:
        known, ours = covered_by(conn, to, desk.community), knowledge_of(conn, desk.community)
        leaving = uncovered(conn, desk.community, known)
        if not leaving.records:
            raise Refusal(_("没有要上报的新内容"), todo=_("本月确实无事，就登记一条“零报告”再写"))
        number, since_on = _next_number(desk, conn), leaving.since_on
        manifest = Manifest(
            sender=desk.community, to=tuple(codes), number=number, knowledge=ours, since=known, scope=travel.scope(),
            period=f"{since_on}/{desk.today}", made=desk.clock(), program=f"lianxin {__version__}", audit=audit_head(conn),
            quoted=_newest_receipt(conn, desk.community, to), unanswered=_unanswered(conn, desk.community, to),
        )  # fmt: skip
        groups = {kind: (one.line for one in group) for kind, group in choose(conn, desk.community, leaving, hmac_key).items()}
        header = draft("up", sender=desk.community, to=codes, number=number, schema=SCHEMA)
        header = seal(header, pack(manifest, groups), key, [*recipients_of(upper), key.recipient], out)
    name = file_name("up", name_of_office, number, desk.today)
    place(folder, name, out.getvalue())
    counts = {kind: len(leaving.records[kind]) for kind in groups}
    with desk.deed("batch.seal") as work:
        return _write_down(work, to, header, msgspec.structs.replace(manifest, lines=counts), name, since_on, desk.today)


def adopt_kept(desk: Desk, to: str) -> None:
    """A sealed batch that lies here and is not on the books is on the books: the power went in between, or an older ledger came back."""
    folder, key, card = desk.books.ledger.folder / BATCHES, offices.own_key(desk), offices.our_card(desk)
    numbers = {row["number"] for row in desk.rows(Batch, direction="发出")}
    for path, header in list(strangers(folder, card.name, numbers, desk.community)):
        try:
            found = unseal(path, [key.identity], {card.key: card}.get, header.to[0], schema=SCHEMA).manifest
        except BatchRefused:
            continue
        since_on, _slash, until_on = found.period.partition("/")
        with desk.deed("batch.seal") as work:
            _write_down(work, to, header, found, path.name, since_on, until_on or work.today)


def _write_down(work: Work, to: str, header: Header, manifest: Manifest, name: str, since_on: str, until_on: str) -> str:
    return work.add(
        Batch, direction="发出", office=to, number=header.number, since_on=since_on or None, until_on=until_on,
        lines=sum(manifest.lines.values()), counts=json.dumps(manifest.lines), size=header.size, sha256=header.sha256,
        header=encode(header).decode(), file=name, scope=manifest.scope, knowledge=json.dumps(manifest.knowledge),
        made_on=until_on, state="已制作", state_on=until_on,
    )  # fmt: skip


def copy_to_stick(desk: Desk, batch: str, stick: Path) -> Sent:
    """The sealed bytes of a batch lie on a stick, read back and equal."""
    row = desk.get(Batch, batch)
    kept = desk.books.ledger.folder / BATCHES / str(row["file"])
    if not kept.exists():
        raise Refusal(_("这一批的文件已不在本机"), record=_("第 {n} 批").format(n=row["number"]), todo=_("写一批新的：内容会自动带上"))
    path = write_to_stick(stick, kept.name, kept)
    with desk.deed("batch.seal") as work:
        work.remark(f"第 {row['number']} 批 → {stick.name}")
    return Sent(batch, row["number"], _header(row), path, json.loads(row["counts"] or "{}"))


def hand_over(desk: Desk, batch: str, *, to: str, on: str) -> None:
    """The slip was signed: who took the stick and when."""
    with desk.deed("batch.hand_over") as work:
        row = work.get(Batch, batch)
        if on > work.today or on < (row["made_on"] or on):
            raise Refusal(_("交接日期应在制作日期与今天之间"), record=_("第 {n} 批").format(n=row["number"]))
        moved = {"state": "已交接", "state_on": on} if row["state"] == "已制作" else {}
        work.change(Batch, batch, handed_on=on, handed_to=to, **moved)


def report_lost(desk: Desk, batch: str, *, on: str) -> None:
    """This stick is lost: it is sealed, so nobody can read it, and the next batch holds its content all the same."""
    with desk.deed("batch.report_lost") as work:
        row = work.get(Batch, batch)
        if row["state"] == "已入库":
            raise Refusal(_("区里已经入库，不算丢失"), record=_("第 {n} 批").format(n=row["number"]))
        work.change(Batch, batch, lost_on=on)


def _addressee(desk: Desk) -> tuple[str, bytes]:
    """The district that receives, and its counting key."""
    upper, key = offices.above(desk.books), offices.hmac_key(desk.books)
    if not upper or key is None:
        raise Refusal(_("本社区还没有在区里登记"), todo=_("到“上报与接收”先写“入网申请”，带到区里登记"))
    district = [card for card in upper if card.tier == "区"] or upper
    return district[0].code, key


def _next_number(desk: Desk, conn: Connection) -> int:
    """One more than any number that ever left: by the books, by the files kept, by what the newest receipt names."""
    table = Batch.table()
    where = (table.c.community == desk.community, table.c.direction == "发出")
    booked = int(conn.execute(select(func.coalesce(func.max(table.c.number), 0)).where(*where)).scalar_one())
    kept = highest_number(desk.books.ledger.folder / BATCHES, "up", desk.books.fact("name") or desk.community)
    return max(booked, kept, int(desk.books.fact(HIGHEST) or 0)) + 1


def _unanswered(conn: Connection, community: str, office: str) -> tuple[int, ...]:
    """Our numbers that no receipt has spoken of yet, so that the receiver knows which sticks are somewhere."""
    table = Batch.table()
    where = (table.c.community == community, table.c.direction == "发出", table.c.office == office, table.c.state.in_(("已制作", "已交接")))
    return tuple(conn.execute(select(table.c.number).where(*where).order_by(table.c.number)).scalars())


def _newest_receipt(conn: Connection, community: str, office: str) -> int:
    table = Receipt.table()
    where = (table.c.community == community, table.c.direction == "收到", table.c.office == office)
    return int(conn.execute(select(func.coalesce(func.max(table.c.number), 0)).where(*where)).scalar_one())


def _header(row: Row) -> Header:
    return msgspec.json.decode(row["header"], type=Header)
