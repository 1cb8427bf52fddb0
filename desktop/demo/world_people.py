"""Who lives and works in an invented community: its places, its units, its people, and who has reported."""

from dataclasses import dataclass, field

from desktop.demo.names import Human, credit_code, human, id_with_tail, name_of, phone
from desktop.demo.words import BUREAUS, DEMO_ESTATES, DUTIES, ESTATE_HEADS, ESTATE_TAILS, HAMLETS, POSTS, SHOPS, STRENGTHS, TRAFFIC
from desktop.demo.world import BINHAI, FIRST_DAY, CommunityPlan
from desktop.demo.world_rows import Pending, Sheaf, later, some_day
from desktop.model import days
from desktop.model.checkin import CheckIn
from desktop.model.codes import DISTRICT_NAME
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.place import AREA_KINDS, Place

OLD_ESTATES = AREA_KINDS.split()[2]
TOOK_OFFICE = ("2016-03-01", "2018-07-01", "2019-07-01", "2020-09-15", "2021-01-01")


@dataclass(frozen=True)
class Known:
    """Somebody who appears in the pictures and in the stories: name, tail and year of the ID number, roles, unit, post."""

    name: str
    tail: str
    year: int
    roles: tuple[str, ...]
    unit: str
    post: str = ""
    waits: bool = False  # reports only in December


KNOWN = (
    Known("蔡文远", "9013", 1979, ("机关党员",), "区住房和城乡建设局", "科长"),
    Known("陈嘉禾", "0029", 1988, ("机关党员",), "区自然资源局", "耕地保护股副股长"),
    Known("刘䶮", "0052", 1983, ("机关党员",), "区人民医院", "主治医师"),
    Known("彭静怡", "8841", 1990, ("机关党员",), "区发展和改革局", "科员", waits=True),
    Known("仇思远", "7258", 1985, ("机关党员",), "区消防救援大队", "参谋"),
    Known("施明哲", "5571", 1981, ("机关党员", "志愿者"), "区供电局", "班长"),
    Known("王若岚", "6682", 1992, ("机关党员",), "区教育局", "科员", waits=True),
    Known("叶知秋", "0760", 1986, ("机关党员",), "区税务局", "副科长"),
    Known("余敬之", "2934", 1984, ("机关党员",), "区科技和工业信息化局", "股长"),
    Known("曾令仪", "1389", 1991, ("机关党员",), "区民政局", "科员"),
    Known("郑雨桐", "2246", 1993, ("机关党员", "志愿者"), "区文化广电旅游体育局", "科员"),
    Known("庄晓晴", "4425", 1987, ("机关党员",), "区人民医院", "护士长"),
    Known("吴启明", "7719", 1978, ("镇街干部",), "凤山街道办事处", "党政办主任"),
    Known("黄海澜", "3318", 1975, ("两委干部",), "滨海社区居民委员会", "社区党委书记"),
    Known("林若溪", "1164", 1989, ("两委干部", "志愿者"), "滨海社区居民委员会", "居委会委员、网格员"),
    Known("卓立新", "6637", 1982, ("基层干部",), "滨海社区居民委员会", "网格员"),
    Known("周敏", "2188", 1990, ("基层干部",), "滨海社区居民委员会", "社区工作者"),
    Known("单秀兰", "3306", 1954, ("社区党员",), "", ""),
    Known("陈𬭊𪻐", "5218", 1994, ("志愿者", "居民"), "", ""),
)
# In another community, so that no picture shows them: what a clerk may type into a name .
ODD_NAMES = ("<b>林</b>", '=HYPERLINK("x")')
ODD_COMMUNITY = "441502001002"


@dataclass
class Town:
    """What later rows of the same community point to: places, units and people by their ids."""

    root: str
    estates: dict[str, str] = field(default_factory=dict)
    grids: list[str] = field(default_factory=list)
    premises: list[tuple[str, str, str]] = field(default_factory=list)  # id, name, keeper
    units: dict[str, str] = field(default_factory=dict)
    people: list[tuple[str, str, tuple[str, ...], str]] = field(default_factory=list)  # id, name, roles, from which day
    known: dict[str, str] = field(default_factory=dict)

    def staff(self) -> list[tuple[str, str]]:
        """(id, name) of those who work here from the first day on."""
        return [(key, name) for key, name, roles, since in self.people if since <= FIRST_DAY and "居民" not in roles]


def settle(plan: CommunityPlan, sheaf: Sheaf, root: str) -> Town:
    """Places, units, people and reports of one community."""
    town = Town(root)
    _places(plan, sheaf, town)
    _units(plan, sheaf, town)
    _people(plan, sheaf, town)
    return town


def _places(plan: CommunityPlan, sheaf: Sheaf, town: Town) -> None:
    dice = plan.chance("places")
    heads, tails = (HAMLETS, ("村民小组",)) if plan.village else (ESTATE_HEADS, ESTATE_TAILS)
    names = [head + dice.choice(tails) for head in dice.sample(heads, plan.estates)]
    if plan.code == BINHAI:
        names = ["盐工小区", "海韵苑", "滨海花园", "长堤巷"]
    if plan.name in DEMO_ESTATES:
        names[0] = DEMO_ESTATES[plan.name]
    for name in names:
        area = OLD_ESTATES if name in ("盐工小区", "长堤巷") else plan.area
        town.estates[name] = sheaf.put(
            Place, FIRST_DAY, name=name, kind="小区", within=town.root, area_kinds=f"{area} {FIRST_DAY}~",
            households=dice.randint(40, 620), property_firm=None if plan.village else f"{dice.choice(ESTATE_HEADS)}物业公司",
        )  # fmt: skip
    for number in range(1, plan.grids + 1):
        name = "海边网格" if plan.code == BINHAI and number == plan.grids else f"第{number}网格"
        town.grids.append(sheaf.put(Place, FIRST_DAY, name=name, kind="网格", within=town.root, households=dice.randint(120, 420)))
    for number in range(plan.inspections):
        name = SHOPS[(plan.index + number) % len(SHOPS)] + (f"{number // len(SHOPS) + 1}分店" if number >= len(SHOPS) else "")
        keeper = name_of(dice, man=dice.random() < 0.6, year=dice.randint(1960, 1995))
        key = sheaf.put(
            Place, FIRST_DAY, name=name, kind="场所", within=dice.choice(town.grids), premises="九小场所", keeper=keeper,
            phone=phone(dice), address=f"{plan.name.removesuffix('社区')}路{dice.randint(1, 180)}号", route_no=number + 1,
        )  # fmt: skip
        town.premises.append((key, name, keeper))


def unit(sheaf: Sheaf, plan: CommunityPlan, town: Town, name: str) -> str:
    """The unit of this name, entered when it is first needed; its id."""
    if name not in town.units:
        dice = plan.chance(f"unit/{name}")
        known = ((kind, f"中共{name}{word}", word) for one, kind, word in BUREAUS if one == name)
        kind, party, party_kind = next(known, ("其他", "", "无"))
        if name.endswith(("街道办事处", "镇人民政府", "公安分局")):
            kind, party, party_kind = "机关", f"中共{name}党委", "党委"
        if name.endswith(("居民委员会", "村民委员会")):
            kind, party, party_kind = "社会组织", f"{plan.name}党委" if not plan.village else f"{plan.name}党总支", "党委"
        bureau = name.startswith("区")
        town.units[name] = sheaf.put(
            Organisation, FIRST_DAY, name=name, unit_kind=kind, credit_code=credit_code(name, kind),
            address=f"汕尾市{DISTRICT_NAME}{'政和路' if bureau else plan.town}{dice.randint(1, 90)}号", party_name=party or None,
            party_kind=party_kind, contact=name_of(dice, man=dice.random() < 0.5, year=dice.randint(1970, 1996)), phone=phone(dice),
            secretary=name_of(dice, man=dice.random() < 0.7, year=dice.randint(1964, 1980)), offers=dice.choice(DUTIES) if bureau else None,
        )  # fmt: skip
    return town.units[name]


def _units(plan: CommunityPlan, sheaf: Sheaf, town: Town) -> None:
    """The office itself, the street, and the bureaus whose party organisations report here."""
    dice = plan.chance("units")
    unit(sheaf, plan, town, office_of(plan))
    unit(sheaf, plan, town, street_of(plan))
    names = [name for name, *_rest in BUREAUS]
    if plan.code == BINHAI:
        chosen = [name for name in names if name != "区自然资源局"][: plan.units - plan.told.units]
        for name in ("区自然资源局", TRAFFIC):  # the stories ask for them
            unit(sheaf, plan, town, name)
    else:
        chosen = dice.sample(names, plan.units)
    for name in chosen:
        day = some_day(dice, FIRST_DAY, "2021-10-20")
        key = unit(sheaf, plan, town, name)
        if day <= sheaf.until:
            sheaf.put(
                CheckIn, day, who="单位党组织", employer=key, reported_on=day, branch_duty=dice.choice(DUTIES), state="已报到",
                state_on=day, slip_no=Pending("HZ", day), slip_returned_on=later(dice, day, 1, 9, sheaf.until),
                goals="每季度到社区服务一次",
            )  # fmt: skip


def office_of(plan: CommunityPlan) -> str:
    """The committee of a community or a village, as a unit."""
    return f"{plan.name}{'村民' if plan.village else '居民'}委员会"


def street_of(plan: CommunityPlan) -> str:
    """The office above it, as a unit."""
    return f"{plan.town}{'办事处' if plan.town.endswith('街道') else '人民政府'}"


def _people(plan: CommunityPlan, sheaf: Sheaf, town: Town) -> None:
    """Everybody: those of one kind, 机关党员 first; those of two; those at home elsewhere; neighbours."""
    left = dict(plan.roles)
    known = KNOWN if plan.code == BINHAI else ()
    for role in [role for pair in plan.doubles for role in pair] + ["基层干部"] * len(plan.guests):
        left[role] -= 1
    for one in known:
        _known(plan, sheaf, town, one)
        for role in one.roles:
            if role in left:
                left[role] -= 1
    kinds = [(role,) for role, count in left.items() for _ in range(count)] + list(plan.doubles)
    kinds += [("居民", "志愿者") if at % 5 == 0 else ("社区党员",) if at % 7 == 0 else ("居民",) for at in range(plan.residents)]
    for at, roles in enumerate(kinds):
        _person(plan, sheaf, town, human(plan.seed, plan.first_human + at), roles)
    for g in plan.guests:
        _person(plan, sheaf, town, human(plan.seed, g), ("基层干部",))
    if plan.code == ODD_COMMUNITY:
        for name in ODD_NAMES:
            sheaf.put(Person, FIRST_DAY, name=name, roles="居民 2021-01-04~", room="原住田墘街道南联村")


def _person(plan: CommunityPlan, sheaf: Sheaf, town: Town, who: Human, roles: tuple[str, ...]) -> None:
    dice = plan.chance(f"person/{who.g}")
    member = "机关党员" in roles
    reports = later(dice, FIRST_DAY, 0, 110) if dice.random() < 0.7 else some_day(dice, FIRST_DAY, "2021-12-20")
    resident = roles[0] in ("居民", "社区党员")
    employer = None if resident else town.units[street_of(plan) if roles[0] == "镇街干部" else office_of(plan)]
    if member:
        bureaus = [key for name, key in town.units.items() if name.startswith("区")]
        employer = dice.choice(bureaus)
    since = reports if member and reports <= sheaf.until else FIRST_DAY if not member else days.after(sheaf.until, -10)
    took = dice.choice(TOOK_OFFICE)
    key = sheaf.put(
        Person, since, name=who.name, id_number=who.id_number, sex=who.sex, born=who.born, nation="01" if dice.random() < 0.98 else "15",
        phone=who.phone, roles="\n".join(f"{role} {min(took, since)}~" for role in sorted(roles, key=ORDER.index)), employer=employer,
        post=None if resident else dice.choice(POSTS) if member else "网格员" if roles[0] == "基层干部" else "委员",
        branch="机关第一党支部" if member else None, joined_on=_joined(dice.random(), who.born) if member or roles[0] != "居民" else None,
        education=dice.choice(("21", "21", "31", "14", "61")), estate=dice.choice(list(town.estates.values())),
        room=f"{dice.randint(1, 12)}栋{dice.randint(1, 9)}0{dice.randint(1, 4)}", grid=dice.choice(town.grids),
        strengths=dice.choice(STRENGTHS) if dice.random() < 0.4 else None, wishes=dice.choice(DUTIES) if member else None,
    )  # fmt: skip
    town.people.append((key, who.name, roles, since))
    if member:
        _report(sheaf, key, employer, reports, dice.choice(DUTIES), returned=later(dice, reports, 1, 12))


ORDER = ["机关党员", "镇街干部", "两委干部", "基层干部", "社区党员", "志愿者", "居民"]


def _known(plan: CommunityPlan, sheaf: Sheaf, town: Town, one: Known) -> None:
    number, born = id_with_tail(one.tail, one.year)
    dice = plan.chance(f"known/{one.name}")
    employer = unit(sheaf, plan, town, one.unit) if one.unit else None
    member = "机关党员" in one.roles
    key = sheaf.put(
        Person, FIRST_DAY, name=one.name, id_number=number, sex="1" if int(number[16]) % 2 else "2", born=born, nation="01",
        phone=phone(dice), roles="\n".join(f"{role} 2019-07-01~" for role in one.roles), employer=employer, post=one.post or None,
        branch="机关第一党支部" if member else None, joined_on=_joined(0.5, born) if member else None, education="21",
        estate=dice.choice(list(town.estates.values())), room=f"{dice.randint(1, 9)}栋{dice.randint(1, 6)}02", grid=town.grids[0],
        strengths=dice.choice(STRENGTHS), wishes=dice.choice(DUTIES) if member else None,
    )  # fmt: skip
    town.known[one.name] = key
    town.people.append((key, one.name, one.roles, FIRST_DAY))
    if member and not one.waits and one.name != "陈嘉禾":  # these report in the story
        _report(sheaf, key, employer, later(dice, FIRST_DAY, 3, 90), dice.choice(DUTIES), returned="2021-05-20")


def _report(sheaf: Sheaf, person: str, employer: str | None, reported_on: str, duty: str, *, returned: str) -> None:
    if reported_on > sheaf.until:
        asked = days.after(sheaf.until, -10)
        sheaf.put(CheckIn, asked, who="在职党员", person=person, employer=employer, state="待报到", state_on=asked)
        return
    sheaf.put(
        CheckIn, reported_on, who="在职党员", person=person, employer=employer, reported_on=reported_on, branch_duty=duty, state="已报到",
        state_on=reported_on, slip_no=Pending("HZ", reported_on), slip_returned_on=returned if returned <= sheaf.until else None,
    )  # fmt: skip


def _joined(luck: float, born: str) -> str:
    """The day of joining the party, or only its month, or its year: as such days are known."""
    year = int(born[:4]) + 20 + int(luck * 6)
    return f"{year}-07-01" if luck < 0.4 else f"{year}-06" if luck < 0.8 else f"{year}"
