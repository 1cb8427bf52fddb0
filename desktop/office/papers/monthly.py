"""月报, counted by the figures of the office."""

from desktop.model import days
from desktop.office import figures
from desktop.office.desk import Desk
from desktop.office.facts.monthly import FigureLine, MonthFacts
from desktop.office.figure_lines import Span
from desktop.office.papers import office, print_mark


def month(desk: Desk, *, since: str, until: str, scope: str = "") -> MonthFacts:
    """月报: every figure with its definition and parts."""
    counted = figures.count(desk, Span(scope or desk.community, since, until))
    lines = [
        FigureLine(
            one.key if one.key.isdigit() else "", one.label, str(one.value), one.unit, one.definition,
            tuple((word, str(number)) for word, number in one.by_area.items() if number),
            tuple((word, str(number)) for word, number in one.by_campaign.items() if number),
        )
        for one in counted
    ]  # fmt: skip
    total = figures.front_line_sum(counted)
    spot = next(place for place, one in enumerate(counted) if one.key == "2-5")
    lines.insert(spot, FigureLine("", "四类人员相加", str(total), "人次", "上面四类人数直接相加，一人可计多次"))
    said = days.show_day(since[:7]) if since[:7] == until[:7] else f"{days.show_day(since)}至{days.show_day(until)}"
    return MonthFacts(office(desk), said, days.show_day(until), "未冻结", tuple(lines), mark=print_mark(desk))
