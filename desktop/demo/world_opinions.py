"""What the people of an invented community asked for in the year, and what was done for them."""

from dataclasses import dataclass
from random import Random

from desktop.demo.names import name_of, phone
from desktop.demo.words import CHANNEL_WEIGHTS, HOUSING, ISSUES, OTHER_PROJECTS, Issue
from desktop.demo.world import BINHAI, FIRST_DAY, LAST_DAY, YEAR, CommunityPlan
from desktop.demo.world_people import Town, unit
from desktop.demo.world_rows import Pending, Sheaf, later, reached, some_day
from desktop.model import days
from desktop.model.opinion import Handling, LivelihoodProject, Opinion, ProjectSource

TOLD_ESTATE = "盐工小区"  # what is asked for there is told step by step (world_saltworks)
CLOSE_DAYS = 60  # 意见办结期限 as it holds unless an office chooses another


@dataclass
class Heard:
    """One opinion as the year treats it; empty days never come."""

    issue: Issue
    words: dict[str, str]
    place: str
    heard: str
    outcome: str  # closed, overdue, declined, in_hand
    completed: str = ""  # the day on which its project was completed
    key: str = ""

    @property
    def title(self) -> str:
        return self.issue.title.format(**self.words)


def opinions_and_projects(plan: CommunityPlan, sheaf: Sheaf, town: Town, campaigns: dict[str, str]) -> None:
    """The year's opinions, the projects that came of them and of other things, and the links between both."""
    dice = plan.chance("opinions")
    heard = _hear(plan, dice, town)
    sources = [one for one in heard if one.outcome == "closed" and one.heard <= "2021-12-28"]
    wanted = plan.projects["意见建议"] - plan.told.projects.get("意见建议", 0)
    bases = [at * len(sources) // wanted for at in range(wanted)]
    spans = [_span(dice, sources[base]) for base in bases]
    for at, one in enumerate(heard):
        _opinion(plan, sheaf, town, plan.chance(f"opinion/{at}"), one, campaigns)
    _merged(plan, sheaf, town, dice, heard)
    for at, (base, span) in enumerate(zip(bases, spans, strict=True)):
        one, dice = sources[base], plan.chance(f"project/{at}")
        project = _project(plan, sheaf, town, dice, "意见建议", one.issue.project.format(**one.words), one.issue, one.place, span)
        linked = [one, sources[base - 1]] if base and dice.random() < 0.16 else [one]
        _link(sheaf, project, linked, span[0])
    _other_projects(plan, sheaf, town, sources)


def _hear(plan: CommunityPlan, dice: Random, town: Town) -> list[Heard]:
    """Every opinion with its day and what becomes of it, in the order in which they were heard."""
    told = plan.told.opinions
    few = {"overdue": ("2021-07-01", "2021-10-20", plan.overdue), "declined": (FIRST_DAY, "2021-11-30", plan.declined),
           "in_hand": ("2021-11-05", "2021-12-30", plan.in_hand)}  # fmt: skip
    closed = plan.opinions - told - sum(count for _first, _last, count in few.values())
    dated = [(some_day(dice, FIRST_DAY, "2021-12-28"), "closed") for _ in range(closed)]
    dated += [(some_day(dice, first, last), outcome) for outcome, (first, last, count) in few.items() for _ in range(count)]
    names = [name for name in town.estates if name != TOLD_ESTATE]
    return [
        Heard(dice.choice(ISSUES), {"place": place, "n": str(dice.randint(2, 9)), "m": str(dice.randint(2, 18) * 10)}, place, day, outcome)
        for day, outcome in sorted(dated)
        for place in (dice.choice(names),)
    ]


def _span(dice: Random, one: Heard) -> tuple[str, str]:
    """(begun, completed) of a project that came of an opinion; the opinion is closed when the first one is completed."""
    lag = dice.choice((2, 5, 9, 14, 20, 28, 36, 45))
    completed = min(days.after(one.heard, lag), LAST_DAY)
    begun = min(days.after(one.heard, min(3, lag // 2)), completed)
    one.completed = one.completed or completed
    return begun, completed


@dataclass(frozen=True)
class _Road:
    """The days of an opinion's road; "9999" for what never comes."""

    studied: str
    handed: str
    taken: str
    closed: str
    replied: str
    struck: str

    def steps(self, heard: str) -> list[tuple[str, str]]:
        names = ("研判", "交办", "办理中", "办结", "反馈", "销号")
        days_ = (self.studied, self.handed, self.taken, self.closed, self.replied, self.struck)
        return [("登记", heard), *(step for step in zip(names, days_, strict=True) if step[1])]


def _road(dice: Random, one: Heard) -> _Road:
    never = "9999"
    closed = never
    if one.outcome == "closed":
        closed = later(dice, one.completed, 0, 3, LAST_DAY) if one.completed else later(dice, one.heard, 1, 45, LAST_DAY)
        if days.between(one.heard, closed) < 3:  # 当场解决
            return _Road("", "", "", closed, later(dice, closed, 0, 2), later(dice, closed, 3, 9))
    latest = min(closed, "2021-12-31")
    studied = later(dice, one.heard, 0, 4, latest)
    handed = later(dice, studied, 0, 2, latest)
    taken = later(dice, handed, 0, 2, latest)
    if one.outcome == "in_hand" and one.heard > "2021-12-20":
        handed = taken = never
    replied = never if closed == never else later(dice, closed, 0, 5)
    return _Road(studied, handed, taken, closed, replied, never if replied == never else later(dice, replied, 1, 9))


def _opinion(plan: CommunityPlan, sheaf: Sheaf, town: Town, dice: Random, one: Heard, campaigns: dict[str, str]) -> None:
    road, until = _road(dice, one), sheaf.until
    staff, spoke, luck = dice.choice(town.staff()), dice.random() < 0.72, dice.random()
    campaign = campaigns["双报到双服务"] if luck < 0.45 else campaigns["一亲三心"] if luck < 0.7 else None
    speaker = (name_of(dice, man=dice.random() < 0.5, year=dice.randint(1945, 1995)), f"{one.words['n']}栋", phone(dice)) if spoke else None
    channel = dice.choices(list(CHANNEL_WEIGHTS), list(CHANNEL_WEIGHTS.values()))[0]
    if one.heard > until:
        return
    state, since = ("不采纳", road.studied) if one.outcome == "declined" else reached(road.steps(one.heard), until)
    if plan.code == BINHAI and state == "办结":  # the workbench of the pictures shows only what the story left open
        state, since = "反馈", until
    values: dict[str, str | Pending | None] = {
        "title": one.title, "text": one.issue.text.format(**one.words), "heard_on": one.heard, "channel": channel, "topic": one.issue.topic,
        "campaign": campaign, "place": town.estates[one.place], "heard_by": staff[0], "due_on": days.after(one.heard, CLOSE_DAYS),
        "state": state, "state_on": since, "serial": Pending("YJ", one.heard),
    }  # fmt: skip
    if speaker:
        values |= dict(zip(("said_by", "said_where", "phone"), speaker, strict=True))
    if state != "登记" and road.studied:
        values |= {"verdict": "不采纳" if state == "不采纳" else "采纳"}
    if state == "不采纳":
        values |= {"verdict_reason": "不属于社区职责范围，已当面说明。"}
    if road.handed and state in ("交办", "办理中", "办结", "反馈", "销号"):
        values |= {"handling_unit": unit(sheaf, plan, town, one.issue.unit), "handler": staff[1], "order_no": Pending("JB", road.handed)}
    if state in ("办结", "反馈", "销号"):
        values |= {"result": one.issue.result.format(**one.words), "closed_on": road.closed}
    if state in ("反馈", "销号"):
        values |= {"replied_on": min(road.replied, until), "replied_by": dice.choice(("当面", "电话", "微信", "张贴")),
                   "satisfied": dice.choices(("满意", "基本满意", "不满意"), (78, 19, 3))[0]}  # fmt: skip
    one.key = sheaf.put(Opinion, one.heard, **values)
    if plan.code == BINHAI or one.outcome != "closed":
        _diary(sheaf, one, road, staff[1], channel)


def _diary(sheaf: Sheaf, one: Heard, road: _Road, clerk: str, channel: str) -> None:
    """A line for each step that was taken."""
    lines = [("登记", one.heard, channel), ("研判", road.studied, "现场看过，情况属实。"),
             ("交办", road.handed if one.outcome != "declined" else "", f"交{one.issue.unit}办理。"),
             ("填办结", road.closed, one.issue.result.format(**one.words)), ("填反馈", road.replied, "已答复提出人。")]  # fmt: skip
    for step, day, text in lines:
        if day and day <= sheaf.until:
            sheaf.put(Handling, day, opinion=one.key, done_on=day, step=step, done_by=clerk, text=text)


def _merged(plan: CommunityPlan, sheaf: Sheaf, town: Town, dice: Random, heard: list[Heard]) -> None:
    """Opinions that say what another said already; counted apart."""
    written = [one for one in heard if one.key and one.heard < "2021-12-20"]
    for one in dice.sample(written, min(len(written), plan.merged - plan.told.merged)):
        day = later(dice, one.heard, 1, 9)
        if day <= sheaf.until:
            sheaf.put(
                Opinion, day, title=one.title, text=one.issue.text.format(**one.words), heard_on=day, channel="电话", topic=one.issue.topic,
                place=town.estates[one.place], due_on=days.after(day, CLOSE_DAYS), same_as=one.key, state="已合并", state_on=day,
                serial=Pending("YJ", day),
            )  # fmt: skip


def _project(
    plan: CommunityPlan, sheaf: Sheaf, town: Town, dice: Random, source: str, name: str, issue: Issue | None, place: str,
    span: tuple[str, str],
) -> str:  # fmt: skip
    """One project; its id, or "" when it had not begun by the day `until`."""
    begun, completed = span
    until, ends = sheaf.until, completed
    keeper = dice.choice(town.staff())[1]
    households, checked = dice.randint(8, 320), later(dice, completed, 3, 9)
    posted, struck = later(dice, checked, 1, 4), later(dice, checked, 8, 16)
    if begun > until:
        return ""
    done = completed <= until
    if not done and plan.code == BINHAI:
        ends = max(ends, days.after(until, 12))
    state, since = reached([("实施", begun), ("完成", completed), ("验收", checked), ("公示", posted), ("销号", struck)], until)
    return sheaf.put(
        LivelihoodProject, begun, name=name, topic=issue.topic if issue else "民生保障", year=YEAR, main_source=source,
        place=town.estates[place], lead=unit(sheaf, plan, town, issue.unit if issue else HOUSING), keeper=keeper,
        funds=dice.choice(("社区经费", "区财政", "共建单位支持", "社会捐助")), starts_on=begun, ends_on=ends,
        progress=100 if done else dice.randint(10, 90), households=households, completed_on=completed if done else None,
        opinion_of_check="现场验收合格。" if state in ("验收", "公示", "销号") else None, state=state, state_on=since,
        posted_on=posted if state in ("公示", "销号") else None, serial=Pending("SS", begun),
    )  # fmt: skip


def _link(sheaf: Sheaf, project: str, linked: list[Heard], day: str) -> None:
    for one in linked:
        if project and one.key:
            told = int(one.outcome == "closed" and bool(one.completed) and one.completed <= sheaf.until)
            sheaf.put(ProjectSource, day, project=project, opinion=one.key, told=told)


def _other_projects(plan: CommunityPlan, sheaf: Sheaf, town: Town, sources: list[Heard]) -> None:
    """Projects out of meetings, inspections, agreements and tasks from above, and those that go on into the next year."""
    also, places = plan.also_linked, list(town.estates)
    for source, words in OTHER_PROJECTS.items():
        for at in range(plan.projects[source] - plan.told.projects.get(source, 0)):
            dice = plan.chance(f"project/{source}/{at}")
            place, begun = dice.choice(places), some_day(dice, FIRST_DAY, "2021-11-30")
            completed = later(dice, begun, 5, 60, LAST_DAY)
            project = _project(plan, sheaf, town, dice, source, dice.choice(words).format(place=place), None, place, (begun, completed))
            if also:
                also -= 1
                before = [one for one in sources if one.heard <= begun] or sources[:1]
                _link(sheaf, project, [before[-1]], begun)
    for at in range(plan.underway):
        dice = plan.chance(f"underway/{at}")
        place, begun = dice.choice(places), some_day(dice, "2021-10-08", "2021-12-20")
        issue = dice.choice(ISSUES)
        name = issue.project.format(place=place, n=dice.randint(2, 9))
        _project(plan, sheaf, town, dice, "意见建议", name, issue, place, (begun, later(dice, "2022-01-15", 0, 120)))
