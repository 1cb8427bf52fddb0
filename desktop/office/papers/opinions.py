"""The papers of 意见建议, read out of the ledger: the ledger of a period, 交办单, 反馈单."""

from collections.abc import Iterable

from sqlalchemy import select

from desktop.model import days
from desktop.model.opinion import Handling, Opinion
from desktop.office.desk import Desk
from desktop.office.facts.opinions import HandlingFacts, HandOverFacts, OpinionFacts, OpinionLedgerFacts, ReplyFacts
from desktop.office.papers import LAST, by_ids, office, print_mark, reader


def opinions(desk: Desk, ids: Iterable[str]) -> tuple[OpinionFacts, ...]:
    """Opinions with all that their papers show; who spoke is masked on paper that leaves the office."""
    rows = by_ids(desk, Opinion, ids)
    read = reader(desk, Opinion, rows, masked=True)
    made = []
    for row in rows:
        diary = sorted(desk.rows(Handling, opinion=row["id"]), key=lambda one: (one["done_on"], one["id"]))
        made.append(OpinionFacts(
            serial=row["serial"] or "", heard_on=days.show_day(row["heard_on"]), text=row["text"], channel=row["channel"] or "",
            source=read.show(Opinion, row, "campaign"), kind=row["topic"] or "", place=read.show(Opinion, row, "place"),
            said_by=read.show(Opinion, row, "said_by"), proposal=row["proposal"] or "",
            verdict=row["verdict"] or "", unit=read.show(Opinion, row, "handling_unit"), handler=row["handler"] or "",
            due_on=days.show_day(row["due_on"]), extension=row["extended_because"] or "", state=row["state"],
            closed_on=days.show_day(row["closed_on"]), result=row["result"] or "", replied_on=days.show_day(row["replied_on"]),
            reply_way=row["replied_by"] or "", satisfaction=row["satisfied"] or "",
            handlings=tuple(HandlingFacts(days.show_day(one["done_on"]), one["done_by"] or "", one["text"]) for one in diary),
        ))  # fmt: skip
    return tuple(made)


def opinion_ledger(desk: Desk, *, since: str, until: str, ids: Iterable[str] | None = None, order: str = "") -> OpinionLedgerFacts:
    """意见建议台账 of a period, or of these opinions: by their numbers, or by another field."""
    if ids is None:
        table = Opinion.table()
        with desk.books.read() as conn:
            query = select(table.c.id).where(
                table.c.community == desk.community, table.c.heard_on.between(since, until), table.c.ended_on.is_(None)
            )
            ids = list(conn.execute(query).scalars())
    rows = sorted(by_ids(desk, Opinion, ids), key=lambda row: (row[order or "serial"] or LAST, row["id"]))
    period = f"{days.show_day(since)}至{days.show_day(until)}"
    made = opinions(desk, [row["id"] for row in rows])
    return OpinionLedgerFacts(office(desk), made, period, days.show_day(desk.today), print_mark(desk))


def hand_over(desk: Desk, opinion: str) -> HandOverFacts:
    """交办单: an opinion in somebody's hands."""
    row, made = desk.get(Opinion, opinion), opinions(desk, [opinion])[0]
    handed = next((one.day for one in made.handlings if one.what and one.day), days.show_day(desk.today))
    for one in desk.rows(Handling, opinion=opinion):
        if one["step"] == "交办":
            handed = days.show_day(one["done_on"])
    return HandOverFacts(office(desk), row["order_no"] or "", made, handed, mark=print_mark(desk))


def reply(desk: Desk, opinion: str) -> ReplyFacts:
    """反馈单: what came of an opinion."""
    made = opinions(desk, [opinion])[0]
    return ReplyFacts(office(desk), made.serial, made, days.show_day(desk.today), print_mark(desk))
