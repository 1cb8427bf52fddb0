"""The papers of services, read out of the ledger: 党员服务记录卡."""

from desktop.model import days
from desktop.model.activity import Service
from desktop.office.desk import Desk
from desktop.office.facts.activities import ServiceCardFacts, ServiceLine
from desktop.office.figure_lines import COUNTED_SERVICE
from desktop.office.papers import office, print_mark, reader
from desktop.office.papers.checkins import members


def service_card(desk: Desk, person: str, *, since: str, until: str, masked: bool = True) -> ServiceCardFacts:
    """党员服务记录卡 of one member in a period; drafts and voided services are not on it."""
    rows = [row for row in desk.rows(Service, person=person) if row["state"] in COUNTED_SERVICE and since <= row["served_on"] <= until]
    rows.sort(key=lambda row: row["served_on"])
    read = reader(desk, Service, rows, masked=masked)
    lines = tuple(
        ServiceLine(
            day=days.show_day(row["served_on"]), what=row["content"] or read.show(Service, row, "activity") or "服务",
            hours=read.show(Service, row, "minutes"), volunteer="是" if row["volunteering"] else "否",
            judged=row["rating"] or "", confirmed_by=desk.books.fact("name") or "" if row["state"] != "已登记" else "",
        )
        for row in rows
    )  # fmt: skip
    show = Service.fields()["minutes"].kind.show
    whole = members(desk, [person], masked=masked)
    return ServiceCardFacts(
        office(desk), whole[0], f"{days.show_day(since)}至{days.show_day(until)}", lines, str(len(rows)),
        show(sum(row["minutes"] for row in rows)), show(sum(row["minutes"] for row in rows if row["volunteering"])) or "0",
        mark=print_mark(desk),
    )  # fmt: skip
