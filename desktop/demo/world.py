"""The invented district: 99 communities, one year, from one seed; its sums are the article's (1506, 336, 615, 2456, 6368, 6416).

`plan` fixes how much there is of everything and where; it is small and quick. What each record says follows from the plan and
the seed when a ledger is filled (`world_fill`), so that 99 ledgers can be filled in several processes and still be one district.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from desktop.demo.words import DEMO_ESTATES
from desktop.model.codes import Community, communities
from desktop.model.person import FRONT_LINE_ROLES
from desktop.model.place import AREA_KINDS

YEAR = 2021
FIRST_DAY, LAST_DAY = "2021-01-04", "2021-12-31"
BINHAI, XINLIN = "441502003007", "441502003011"
SHOWN = (BINHAI, XINLIN)  # the two communities whose stories are lived through

ROLE_TOTALS = dict(zip(FRONT_LINE_ROLES, (1506, 336, 615, 2456), strict=True))  # 4913 together
DOUBLES = (("两委干部", "基层干部", 90), ("机关党员", "镇街干部", 50), ("机关党员", "两委干部", 20))  # one person, two kinds, one ledger
GUESTS = 51  # 机关党员 where they live, 基层干部 where they work: one person, two ledgers
DISTINCT = sum(ROLE_TOTALS.values()) - sum(count for _a, _b, count in DOUBLES) - GUESTS

OPINIONS, CLOSED, OVERDUE, DECLINED, MERGED = 6368, 6201, 38, 40, 96
SOURCES = {"意见建议": 5871, "会议": 218, "检查": 197, "共建协议": 84, "上级交办": 46}
PROJECTS = sum(SOURCES.values())
ALSO_LINKED = 24  # projects of another main source that an opinion stands behind as well
PEOPLE_APART = 4096  # the numbers of human beings that belong to one community


@dataclass(frozen=True)
class Told:
    """What a story that is lived through adds by the end of the year, so that the plan leaves room for it."""

    opinions: int = 0
    merged: int = 0
    projects: dict[str, int] = field(default_factory=dict)
    linked: int = 0
    units: int = 0
    places: int = 0
    dangers: int = 0


STORIES = {
    BINHAI: Told(38, 4, {"意见建议": 3, "会议": 1}, 3, units=1, places=12, dangers=8),
    XINLIN: Told(places=12, dangers=6),
}


@dataclass(frozen=True)
class CommunityPlan:
    """How much of everything one community has at the end of the year, its stories included."""

    seed: int
    index: int
    code: str
    name: str
    town: str
    village: bool
    area: str
    roles: dict[str, int]
    doubles: tuple[tuple[str, str], ...]
    guests: tuple[int, ...]
    residents: int
    opinions: int
    overdue: int
    declined: int
    in_hand: int
    merged: int
    projects: dict[str, int]
    also_linked: int
    underway: int
    units: int
    estates: int
    grids: int
    activities: int
    services: int
    inspections: int
    dangers: int
    dangers_overdue: int

    @property
    def told(self) -> Told:
        """What of all this the story tells."""
        return STORIES.get(self.code, Told())

    @property
    def first_human(self) -> int:
        """The number of the first human being of this community."""
        return self.index * PEOPLE_APART

    def chance(self, subject: str) -> Random:
        """The dice for one subject; the same at every throw of the same seed."""
        return Random(f"{self.seed}/{self.code}/{subject}")


@dataclass(frozen=True)
class World:
    """The district."""

    seed: int
    communities: tuple[CommunityPlan, ...]

    def of(self, code: str) -> CommunityPlan:
        """The plan of one community; KeyError when the district has none of that code."""
        for one in self.communities:
            if one.code == code:
                return one
        raise KeyError(code)


@cache
def plan(seed: int = YEAR) -> World:
    """The district of this seed, always the same."""
    dice = Random(f"{seed}/district")
    places = [one for one in communities() if one.in_scenario]
    size = [(0.75 if one.kind == "村" else 1.3) * dice.uniform(0.7, 1.4) * (1.8 if one.code in SHOWN else 1) for one in places]
    spread = _Spread(dice, places, size)
    roles = {role: spread.out(total, least) for (role, total), least in zip(ROLE_TOTALS.items(), (6, 1, 4, 10), strict=True)}
    opinions = spread.out(OPINIONS, 14, fixed={BINHAI: 352})
    projects = {source: spread.out(count, 0) for source, count in SOURCES.items() if source != "意见建议"}
    projects["意见建议"] = spread.like(SOURCES["意见建议"], opinions, fixed={BINHAI: 318})
    for source, count in STORIES[BINHAI].projects.items():
        spread.ensure(projects[source], BINHAI, count)
    few = {
        "overdue": spread.draw(OVERDUE), "declined": spread.draw(DECLINED), "merged": spread.draw(MERGED - STORIES[BINHAI].merged),
        "in_hand": spread.draw(OPINIONS - CLOSED - OVERDUE - DECLINED), "also": spread.draw(ALSO_LINKED),
        "underway": spread.out(160, 1), "units": spread.out(540, 3, {BINHAI: 13}), "activities": spread.out(1040, 7, {BINHAI: 34}),
        "services": spread.out(6600, 30, {BINHAI: 420}),
        "dangers_overdue": spread.draw(29),
    }  # fmt: skip
    doubles, guests = _doubles(dice, roles), _guests(dice)
    return World(seed, tuple(
        CommunityPlan(
            seed=seed, index=at, code=one.code, name=one.short_name, town=one.town, village=one.kind == "村",
            area=_area(dice, one), roles={role: counts[at] for role, counts in roles.items()}, doubles=tuple(doubles[at]),
            guests=tuple(guests[at]), residents=600 if one.code == BINHAI else dice.randint(4, 12),
            opinions=opinions[at], overdue=few["overdue"][at], declined=few["declined"][at], in_hand=few["in_hand"][at],
            merged=few["merged"][at] + STORIES.get(one.code, Told()).merged, projects={source: projects[source][at] for source in SOURCES},
            also_linked=few["also"][at], underway=few["underway"][at], units=few["units"][at], estates=dice.randint(2, 5),
            grids=dice.randint(2, 5), activities=few["activities"][at], services=few["services"][at],
            inspections={XINLIN: 40, BINHAI: 14}.get(one.code, dice.randint(1, 3)),
            dangers={XINLIN: 46, BINHAI: 12}.get(one.code, 0) or few["dangers_overdue"][at] + dice.randint(1, 4),
            dangers_overdue=few["dangers_overdue"][at],
        )
        for at, one in enumerate(places)
    ))  # fmt: skip


def apportion(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Whole numbers like the weights, each at least `least`, that add up to the total (largest remainder)."""
    free, whole = total - least * len(weights), sum(weights)
    exact = [free * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: free - sum(parts)]:
        parts[at] += 1
    return [least + part for part in parts]


class _Spread:
    """Ways to spread a total over the communities."""

    def __init__(self, dice: Random, places: list[Community], size: list[float]) -> None:
        self.dice, self.places, self.size = dice, places, size

    def out(self, total: int, least: int, fixed: dict[str, int] | None = None) -> list[int]:
        """By size, never quite evenly; some communities may have a number of their own."""
        return self.like(total, [size * self.dice.uniform(0.8, 1.25) for size in self.size], least, fixed)

    def like(self, total: int, weights: Sequence[float], least: int = 0, fixed: dict[str, int] | None = None) -> list[int]:
        """In proportion to the weights."""
        fixed = fixed or {}
        free = [at for at, one in enumerate(self.places) if one.code not in fixed]
        parts = apportion(total - sum(fixed.values()), [weights[at] for at in free], least)
        found = dict(zip(free, parts, strict=True))
        return [found[at] if at in found else fixed[one.code] for at, one in enumerate(self.places)]

    def draw(self, total: int) -> list[int]:
        """Rare things: each falls on one community, none on those whose stories are told."""
        counts = [0] * len(self.places)
        free = [at for at, one in enumerate(self.places) if one.code not in SHOWN]
        for at in self.dice.sample(free * 2, total):
            counts[at] += 1
        return counts

    def ensure(self, counts: list[int], code: str, least: int) -> None:
        """This community has at least so many; the largest other one gives what is missing."""
        at = next(at for at, one in enumerate(self.places) if one.code == code)
        while counts[at] < least:
            giver = max((other for other in range(len(counts)) if other != at), key=lambda other: counts[other])
            counts[giver] -= 1
            counts[at] += 1


def _doubles(dice: Random, roles: dict[str, list[int]]) -> list[list[tuple[str, str]]]:
    """For each community the people who are two kinds at once."""
    found: list[list[tuple[str, str]]] = [[] for _ in next(iter(roles.values()))]
    for first, second, count in DOUBLES:
        room = [at for at in range(len(found)) if min(roles[first][at], roles[second][at]) > 2]
        for at in dice.sample(room, min(count, len(room))):
            found[at].append((first, second))
        for at in dice.sample(room, max(0, count - len(room))):
            found[at].append((first, second))
    return found


def _guests(dice: Random) -> list[list[int]]:
    """For each community the human beings of other communities who are 基层干部 here; 机关党员 stand first in a community's people."""
    places = [one for one in communities() if one.in_scenario]
    found: list[list[int]] = [[] for _ in places]
    homes = [at for at, one in enumerate(places) if one.code not in SHOWN]
    for home in dice.sample(homes, GUESTS):
        work = dice.choice([at for at in homes if at != home])
        found[work].append(home * PEOPLE_APART)
    return found


def _area(dice: Random, one: Community) -> str:
    core, modern, old, mixed = AREA_KINDS.split()
    if one.code in SHOWN or one.short_name in DEMO_ESTATES:
        return old if one.code == BINHAI else core if one.code == XINLIN else modern
    return mixed if one.kind == "村" else dice.choices((core, modern, old, mixed), (3, 4, 4, 1))[0]


def expected_of(one: CommunityPlan) -> dict[str, int]:
    """The figures of one community at the end of the year, by the numbers of the district's list; reckoned from the plan alone."""
    shared = len(one.doubles)
    found = {key: one.roles[role] for key, role in zip("2345", FRONT_LINE_ROLES, strict=True)}
    opinion_projects = one.projects["意见建议"] + one.also_linked
    total = sum(one.projects.values())
    return found | {
        "sum": sum(one.roles.values()), "2-5": sum(one.roles.values()) - shared, "1": one.units, "6": one.opinions,
        "6.merged": one.merged, "7": one.opinions - one.overdue - one.declined - one.in_hand, "7.overdue": one.overdue,
        "8": total, "8.opinion": opinion_projects, "8.none": total - opinion_projects,
        **{f"8.{source}": count for source, count in one.projects.items()},
        "14": one.activities, "14.times": one.services, "25": one.inspections + one.told.places,
        "25.found": one.dangers + one.told.dangers, "25.fixed": one.dangers + one.told.dangers - one.dangers_overdue,
        "25.overdue": one.dangers_overdue,
    }  # fmt: skip


def expected(world: World, only: Sequence[str] = ()) -> dict[str, int]:
    """The figures of the district (or of some communities together) at the end of the year; people are counted once."""
    chosen = [one for one in world.communities if not only or one.code in only]
    found: dict[str, int] = {}
    for one in chosen:
        for key, number in expected_of(one).items():
            found[key] = found.get(key, 0) + number
    here = {one.index for one in chosen}
    found["2-5"] -= sum(1 for one in chosen for g in one.guests if g // PEOPLE_APART in here)
    return found
