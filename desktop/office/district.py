"""The district's board: who has reported, what is missing, how complete it is; one row a community, in the order of its code."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.model import days
from desktop.model.codes import Community, communities
from desktop.model.courier import Batch
from desktop.office.completeness import Completeness, of_each
from desktop.office.desk import Desk
from desktop.office.figure_lines import Span
from desktop.office.figures import Figure, count

FULL, GAPS, LATE, MISSING, NOTHING = "齐、按时", "差几项", "晚报", "缺批", "未报"
SOURCES = ("8.意见建议", "8.会议", "8.检查", "8.共建协议", "8.上级交办")
FIGURES = ("2", "3", "4", "5", "2-5", "6", "7", "7.overdue", "8", *SOURCES)
ENOUGH = 0.955  # below it a community counts as 差几项; the office's own setting may come later


@dataclass(frozen=True)
class Standing:
    """One community on the board."""

    community: Community
    state: str
    completeness: Completeness
    newest: int | None
    merged_on: str | None
    unseen: tuple[int, ...]

    @property
    def share(self) -> float:
        """Filled out of wanted."""
        return self.completeness.share


@dataclass(frozen=True)
class Town:
    """A sub-district with its communities."""

    code: str
    name: str
    standings: tuple[Standing, ...]

    @property
    def full(self) -> int:
        """How many stand complete and in time."""
        return sum(one.state == FULL for one in self.standings)


@dataclass(frozen=True)
class Seen:
    """The district's page at one moment: who stands where, and the figures of the year up to the month."""

    month: str
    span: Span
    towns: tuple[Town, ...]
    figures: dict[str, Figure]

    @property
    def communities(self) -> int:
        """How many there are."""
        return sum(len(town.standings) for town in self.towns)


def look_over(desk: Desk, month: str) -> Seen:
    """Everything the district's page shows; a second of reading over 99 communities, so never on the GUI thread."""
    until = min(days.month_bounds(month)[1], desk.today)
    span = Span(desk.community, f"{month[:4]}-01-01", until)
    found = count(desk, span, FIGURES, parts=False)
    return Seen(month, span, tuple(board(desk, month)), {one.key: one for one in found})


def board(desk: Desk, month: str) -> list[Town]:
    """Every community of the scope for one month."""
    since, until = days.month_bounds(month)
    closing = days.after(until, desk.number("report.closing_day"))
    complete = of_each(desk, desk.community, f"{month[:4]}-01-01", closing)
    batches: dict[str, list[tuple[int, str, str]]] = {}
    for row in desk.rows(Batch, direction="收到"):
        if row["verdict"] == "已入库":
            batches.setdefault(row["office"], []).append((row["number"], row["merged_on"] or "", row["created_at"][:10]))
    towns: dict[str, list[Standing]] = {}
    names: dict[str, str] = {}
    for one in communities():
        if not one.in_scenario or not _in_scope(one, desk.community):
            continue
        names[one.town_code] = one.town
        towns.setdefault(one.town_code, []).append(_standing(one, batches.get(one.code, []), complete.get(one.code), since, closing))
    return [Town(code, names[code], tuple(standings)) for code, standings in sorted(towns.items())]


def _in_scope(one: Community, scope: str) -> bool:
    return scope.endswith("000000") or one.town_code == scope


def _standing(one: Community, batches: list[tuple[int, str, str]], complete: Completeness | None, since: str, closing: str) -> Standing:
    whole = complete or Completeness(0, 0, ())
    if not batches:
        return Standing(one, NOTHING, whole, None, None, ())
    numbers = {number for number, _merged, _made in batches}
    newest, merged_on, _made = max(batches)
    unseen = tuple(sorted(set(range(1, newest)) - numbers))
    in_month = [merged for _number, merged, _made in batches if since <= merged <= closing]
    if unseen:
        state = MISSING
    elif not in_month:
        state = LATE if merged_on > closing else NOTHING
    elif whole.share < ENOUGH:
        state = GAPS
    else:
        state = FULL
    return Standing(one, state, whole, newest, merged_on, unseen)


def counts(towns: Sequence[Town]) -> dict[str, int]:
    """State → communities."""
    found = dict.fromkeys((FULL, GAPS, LATE, MISSING, NOTHING), 0)
    for town in towns:
        for one in town.standings:
            found[one.state] += 1
    return found
