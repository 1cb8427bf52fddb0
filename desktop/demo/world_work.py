"""What an invented community did in the year besides hearing its people: activities with those who came, and inspections."""

from collections import deque
from random import Random

from desktop.demo.words import ACTIVITIES, DANGER_WORDS, DEMO_ESTATES, EYE_CLINIC, SMALL_PREMISES, SMALL_PREMISES_LIST
from desktop.demo.world import BINHAI, FIRST_DAY, LAST_DAY, XINLIN, CommunityPlan, apportion
from desktop.demo.world_people import Town, office_of
from desktop.demo.world_rows import Pending, Sheaf, later, reached, some_day
from desktop.model import days
from desktop.model.activity import Activity, Campaign, Service
from desktop.model.inspection import ChecklistItem, ChecklistTemplate, Danger, Finding, Inspection

FIX_DAYS = 15  # 隐患整改期限 as it holds unless an office chooses another


def campaigns(sheaf: Sheaf) -> dict[str, str]:
    """The two campaigns of the year, by their names."""
    owner = "区委组织部"
    return {
        name: sheaf.put(Campaign, FIRST_DAY, name=name, starts_on=FIRST_DAY, ends_on=LAST_DAY, owner=owner)
        for name in ("双报到双服务", "一亲三心")
    }


def activities(plan: CommunityPlan, sheaf: Sheaf, town: Town, campaign: dict[str, str]) -> None:
    """The year's activities; whoever serves takes turns, 镇街干部 first, so that each of them served at least once."""
    dice = plan.chance("activities")
    dates = _dates(plan, dice)
    sizes = apportion(plan.services, [dice.uniform(0.6, 1.5) for _ in dates], 2)
    turns = deque(sorted(_helpers(town), key=lambda one: "镇街干部" not in one[1]))
    for at, (day, size) in enumerate(zip(dates, sizes, strict=True)):
        own = plan.chance(f"activity/{at}")
        name, kind, joint, content = own.choice(ACTIVITIES)
        if at == len(dates) // 2 and plan.name in DEMO_ESTATES:
            name, kind, joint, content = EYE_CLINIC
        estate = own.choice(list(town.estates)) if plan.name not in DEMO_ESTATES else DEMO_ESTATES[plan.name]
        start, hours = own.choice((8, 9, 14, 15, 19)), own.choice((1, 2, 2, 3))
        people = _take(turns, day, size)
        if day > sheaf.until:
            continue
        key = sheaf.put(
            Activity, day, name=f"{estate}{name}", held_on=day, starts_at=f"{start:02d}:00", ends_at=f"{start + hours:02d}:00",
            place=town.estates[estate], activity_kind=kind, joints=joint, content=content, host=office_of(plan),
            campaign=own.choice((*campaign.values(), campaign["双报到双服务"], None)), served=own.randint(12, 160), outcome="按计划完成。",
        )  # fmt: skip
        _services(plan, sheaf, own, key, name, day, hours, people)


def _dates(plan: CommunityPlan, dice: Random) -> list[str]:
    """A day for each activity, no two on one day, so that nobody is booked twice."""
    found: set[str] = set()
    while len(found) < plan.activities:
        found.add(some_day(dice, FIRST_DAY, "2021-12-26"))
    return sorted(found)


def _helpers(town: Town) -> list[tuple[str, tuple[str, ...], str]]:
    """(id, roles, from which day) of everybody who may serve."""
    return [(key, roles, since) for key, _name, roles, since in town.people if roles not in (("居民",), ("社区党员",))]


def _take(turns: deque[tuple[str, tuple[str, ...], str]], day: str, size: int) -> list[str]:
    """The next `size` people who are there on that day; whoever served goes to the end of the row."""
    taken = [one for one in turns if one[2] <= day][:size]
    for one in taken:
        turns.remove(one)
        turns.append(one)
    return [key for key, _roles, _since in taken]


def _services(
    plan: CommunityPlan, sheaf: Sheaf, dice: Random, activity: str, content: str, day: str, hours: int, people: list[str]
) -> None:
    confirmed = later(dice, day, 1, 6)
    told = days.after(days.quarter_bounds(day)[1], 5)  # fed back to the units after the quarter
    state, since = reached([("已登记", day), ("已确认", confirmed), ("已反馈", told)], sheaf.until)
    for person in people:
        sheaf.put(
            Service, day, served_on=day, person=person, activity=activity, minutes=hours * 60, volunteering=int(dice.random() < 0.6),
            content=content, rating=dice.choices(("满意", "基本满意", None), (80, 10, 10))[0], state=state, state_on=since,
        )  # fmt: skip


def checklist(sheaf: Sheaf) -> tuple[str, list[str]]:
    """消防检查表（九小场所） with its 18 items: (template, items in order)."""
    template = sheaf.put(
        ChecklistTemplate, FIRST_DAY, name=SMALL_PREMISES_LIST, premises="九小场所", basis="《广东省“九小场所”消防安全管理》", in_use=1
    )
    items = [
        sheaf.put(ChecklistItem, FIRST_DAY, template=template, number=number, section=section, text=text, danger_kind=kind)
        for number, (section, text, kind) in enumerate(SMALL_PREMISES, 1)
    ]
    return template, items


def inspections(plan: CommunityPlan, sheaf: Sheaf, town: Town, template: str, items: list[str]) -> None:
    """Every premises is inspected once; what was found wrong is put right, or is late, or has time until January."""
    dice = plan.chance("inspections")
    first, last = "2021-03-01", "2021-11-20" if plan.dangers_overdue else "2021-12-10"
    if plan.code == XINLIN:  # 示范创建 in one month
        first, last = "2021-10-25", "2021-11-22"
    dates = sorted(_between(dice, first, last) for _ in town.premises)
    dangers = apportion(plan.dangers, [dice.uniform(0.3, 1) for _ in dates])
    late = plan.dangers_overdue
    for at, (day, count, (place, _name, keeper)) in enumerate(zip(dates, dangers, town.premises, strict=True)):
        own = plan.chance(f"inspection/{at}")
        failed = sorted(own.sample(range(len(items)), count))
        overdue = min(late, count)
        late -= overdue
        two = "、".join(name for _key, name in own.sample(town.staff(), 2))
        if day > sheaf.until:
            continue
        run = sheaf.put(
            Inspection, day, place=place, template=template, inspected_on=day, inspectors=two, state="已完成", state_on=day,
            serial=Pending("JC", day),
        )  # fmt: skip
        for number, item in enumerate(items):
            mark = "不合格" if number in failed else own.choices(("合格", "不适用"), (9, 1))[0]
            sheaf.put(Finding, day, inspection=run, item=item, number=number + 1, mark=mark)
        for place_in_row, number in enumerate(failed):
            _danger(plan, sheaf, own, (run, items[number], place, keeper), number, day, late=place_in_row < overdue, by=two)


def _between(dice: Random, first: str, last: str) -> str:
    return days.after(first, dice.randint(0, days.between(first, last)))


def _danger(
    plan: CommunityPlan, sheaf: Sheaf, dice: Random, at: tuple[str, str, str, str], number: int, day: str, *, late: bool, by: str
) -> None:
    """A danger found under one item, with its notice and what became of it."""
    run, item, place, keeper = at
    kind, until = SMALL_PREMISES[number][2], sheaf.until
    situation, major = DANGER_WORDS[kind].format(n=dice.randint(1, 4)), dice.random() < 0.06
    at_once = dice.random() < 0.35 and not late
    fixed = day if at_once else later(dice, day, 3, FIX_DAYS - 1, LAST_DAY)
    done = fixed <= until and not late
    due = days.after(day, FIX_DAYS)
    if not done and plan.code == BINHAI:
        due = max(due, days.after(until, 10))
    notice = not at_once
    sheaf.put(
        Danger, day, place=place, inspection=run, item=item, situation=situation, danger_kind=kind, level="重大" if major else "一般",
        handling="当场改" if at_once else "限期改", found_on=day, due_on=due if notice else None, responsible=keeper,
        notice_no=Pending("XG", day) if notice else None, notice_on=day if notice else None,
        done_text=("当场改好" if at_once else "已整改到位") if done else None, rechecked_on=fixed if done and notice else None,
        rechecked_by=by if done and notice else None, recheck="合格" if done and notice else None, fixed_on=fixed if done else None,
        state="合格销号" if done else "整改中", state_on=fixed if done else day, serial=Pending("YH", day),
    )  # fmt: skip
