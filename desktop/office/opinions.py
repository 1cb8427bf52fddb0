"""Opinions: registered, studied, handed over, handled, closed, answered; every step leaves a line in the diary."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.model import days
from desktop.model.errors import Mistake, Refusal
from desktop.model.keeping import User
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.opinion import Handling, LivelihoodProject, Opinion, ProjectSource
from desktop.model.organisation import Organisation
from desktop.office.attachments import Enclosed, hang, read_in
from desktop.office.desk import Desk
from desktop.office.records import advance, step_of
from desktop.store.journal import history
from desktop.store.work import Row, Work

LONGEST_HISTORY = 5_000


def register_opinion(desk: Desk, *, text: str, heard_on: str, title: str = "", **values: Value) -> str:
    """The opinion is on the books, with the day it is due (信访工作条例 art. 34 as a setting) and the first line of its diary."""
    with desk.deed("opinion.register") as work:
        return enter_opinion(work, desk, text=text, heard_on=heard_on, title=title, **values)


def enter_opinion(work: Work, desk: Desk, *, text: str, heard_on: str, title: str | None = None, **values: Value) -> str:
    """The same inside a deed: one of the rows of an import."""
    if heard_on > work.today:
        Opinion.refuse_mistakes([Mistake("heard_on", _("在今天之后"))], text[:20])
    due_on = values.pop("due_on", None) or desk.due("opinion.close_days", heard_on)
    key = work.add(Opinion, text=text, heard_on=heard_on, title=title or shorten(text), due_on=due_on, **values)
    _diary(work, key, "登记", str(values.get("channel") or ""), by=desk.who.name, on=heard_on)
    return key


def study_opinion(desk: Desk, opinion: str, *, verdict: str, verdict_reason: str | None = None) -> None:
    """The office has judged it: taken up, in part, or to be passed on."""
    move_opinion(desk, opinion, "study", verdict=verdict, verdict_reason=verdict_reason)


def hand_over_opinion(desk: Desk, opinion: str, *, handling_unit: str, due_on: str | None = None, handler: str | None = None) -> None:
    """A unit has it in hand, with a numbered order slip (交办单) and a day by which it answers."""
    move_opinion(desk, opinion, "hand_over", handling_unit=handling_unit, due_on=due_on, handler=handler)


def close_opinion(desk: Desk, opinion: str, *, result: str, closed_on: str | None = None) -> None:
    """It is done, with what came of it and the day."""
    move_opinion(desk, opinion, "close", result=result, closed_on=closed_on or desk.today)


def reply_to_opinion(desk: Desk, opinion: str, *, replied_by: str, replied_on: str | None = None, satisfied: str | None = None) -> None:
    """Whoever spoke has heard the answer, and said whether it satisfies."""
    move_opinion(desk, opinion, "reply", replied_by=replied_by, replied_on=replied_on or desk.today, satisfied=satisfied)


def extend_opinion(desk: Desk, opinion: str, *, due_on: str, extended_because: str) -> None:
    """A later day, once, at most `opinion.extend_days` after the first one, with the reason told to the person."""
    move_opinion(desk, opinion, "extend", due_on=due_on, extended_because=extended_because)


def move_opinion(desk: Desk, opinion: str, deed: str, **asked: Value) -> None:
    """One step of the flow: its rules, its serial, its line in the diary."""
    step = step_of(Opinion, deed)
    with desk.deed(f"opinion.{deed}") as work:
        row = work.get(Opinion, opinion)
        _check(work, desk, row, deed, asked)
        if deed == "hand_over" and row["order_no"] is None:
            work.change(Opinion, opinion, order_no=work.number("JB", work.today))
        advance(work, Opinion, opinion, deed, **asked)
        _diary(work, opinion, step.label, _said(work, asked), by=desk.who.name)


def _check(work: Work, desk: Desk, row: Row, deed: str, asked: dict[str, Value]) -> None:
    name = Opinion.called(row)
    for field in ("closed_on", "replied_on"):
        value = asked.get(field)
        if isinstance(value, str) and value > work.today:
            Opinion.refuse_mistakes([Mistake(field, _("在今天之后"))], name)
        if isinstance(value, str) and value < row["heard_on"]:
            Opinion.refuse_mistakes([Mistake(field, _("早于收集日期 {day}").format(day=row["heard_on"]))], name)
    due_on = asked.get("due_on")
    if deed == "hand_over" and due_on is None:
        asked["due_on"] = row["due_on"] or desk.due("opinion.close_days", row["heard_on"])
    if deed == "extend" and isinstance(due_on, str):
        if row["due_on"] and due_on <= row["due_on"]:
            Opinion.refuse_mistakes([Mistake("due_on", _("应晚于原期限 {day}").format(day=row["due_on"]))], name)
        if row["extended_because"]:
            raise Refusal(_("已经延期过一次"), record=name, todo=_("按期办结，或“转办”"))
        latest = days.after(row["due_on"] or work.today, desk.number("opinion.extend_days"))
        if due_on > latest:
            raise Refusal(_("最多延到 {day}").format(day=latest), record=name, todo=_("改早一些；延期只有一次"))
    if deed == "merge":
        _check_merge(work, row, asked.get("same_as"))
    if deed == "reply" and row["closed_on"] and str(asked.get("replied_on") or "") < row["closed_on"]:
        Opinion.refuse_mistakes([Mistake("replied_on", _("早于办结日期 {day}").format(day=row["closed_on"]))], name)


def _check_merge(work: Work, row: Row, same_as: Value) -> None:
    if same_as == row["id"]:
        raise Refusal(_("不能并入自己"), record=Opinion.called(row))
    if not isinstance(same_as, str):
        return  # the step itself asks for it
    main = work.get(Opinion, same_as)
    if main["state"] == "已合并":
        raise Refusal(_("要并入的那条已并入别的意见"), record=Opinion.called(row), todo=_("选主件"))
    if main["state"] == "撤回" or main["ended_on"]:
        raise Refusal(_("要并入的那条已撤回或删除"), record=Opinion.called(row), todo=_("选还在办理的一条"))
    if work.rows(Opinion, same_as=row["id"]):
        raise Refusal(_("已有意见并入这一条"), record=Opinion.called(row), todo=_("反过来，把另一条并入这一条"))


def _said(work: Work, asked: dict[str, Value]) -> str:
    """What a step said, in the words of the diary."""
    parts = []
    for key, value in asked.items():
        if value is None:
            continue
        if key == "handling_unit":
            parts.append(Organisation.called(work.get(Organisation, str(value))))
        elif key == "same_as":
            parts.append(Opinion.called(work.get(Opinion, str(value))))
        else:
            spec = Opinion.fields()[key]
            parts.append(f"{spec.label} {spec.kind.show(value)}" if key.endswith("_on") else spec.kind.show(value))
    return "；".join(parts)


def note_handling(
    desk: Desk, opinion: str, *, text: str, done_by: str | None = None, done_on: str | None = None, files: Sequence[Path | Enclosed] = ()
) -> str:
    """A line in the diary, without a step; with the pictures that belong to it, or not at all."""
    read = read_in(files)
    with desk.deed("opinion.note") as work:
        row = work.get(Opinion, opinion)
        if done_on and done_on > work.today:
            Handling.refuse_mistakes([Mistake("done_on", _("在今天之后"))], Opinion.called(row))
        key = _diary(work, opinion, "办理", text, by=done_by or desk.who.name, on=done_on)
        hang(work, Handling, key, read)
        return key


def _diary(work: Work, opinion: str, step: str, text: str, *, by: str, on: str | None = None) -> str:
    return work.add(Handling, opinion=opinion, done_on=on or work.today, step=step, done_by=by, text=text or step)


def shorten(text: str, limit: int = 24) -> str:
    """A title out of the first words of a text."""
    head = text.strip().split("\n")[0].split("。")[0]
    return head if len(head) <= limit else head[: limit - 1] + "…"


def link_project(desk: Desk, *, project: str, opinion: str) -> str:
    """This opinion is one of the sources of that project; Refusal when it is already."""
    with desk.deed("project.link") as work:
        work.get(LivelihoodProject, project)
        row = work.get(Opinion, opinion)
        if work.rows(ProjectSource, project=project, opinion=opinion):
            raise Refusal(_("早已关联"), record=Opinion.called(row))
        return work.add(ProjectSource, project=project, opinion=opinion, told=0)


def project_from_opinion(desk: Desk, opinion: str, *, name: str = "", **values: Value) -> str:
    """A livelihood project begins with this opinion as its main source."""
    with desk.deed("project.from_opinion") as work:
        row = work.get(Opinion, opinion)
        start = {"topic": row["topic"], "place": row["place"], "year": int(work.today[:4]), "lead": row["handling_unit"]}
        project = work.add(LivelihoodProject, name=name or row["title"], main_source="意见建议", **{**start, **values})
        work.add(ProjectSource, project=project, opinion=opinion, told=0)
        return project


@dataclass(frozen=True)
class StepFacts:
    """A state of an opinion: the day it last came into it, who brought it there, what was said; empty where it has not been."""

    state: str
    on: str = ""
    who: str = ""
    said: str = ""


def steps_of(desk: Desk, opinion: str) -> list[StepFacts]:
    """The main road with the day and the person of each state, read from the journal.

    An opinion that left the road (不采纳, 已合并, 撤回) has the states it was in and that one: the rest will not come.
    """
    row = desk.get(Opinion, opinion)
    been = _been(desk, row)
    road = Opinion.flow.states
    if row["state"] not in road:
        road = (*(state for state in road if state in been), row["state"])
    here = road.index(row["state"])
    said = {"研判": row["verdict"] or ""}
    if row["handling_unit"]:
        said["交办"] = Organisation.called(desk.get(Organisation, row["handling_unit"]))
    steps = []
    for nth, state in enumerate(road):
        on, who = been.get(state, ("", "")) if nth <= here else ("", "")
        steps.append(StepFacts(state, on, who, said.get(state, "") if on else ""))
    return steps


def _been(desk: Desk, row: Row) -> dict[str, tuple[str, str]]:
    """State → the day it was last entered and the name of who did it."""
    names = {user["login"]: user["name"] for user in desk.rows(User)}
    with desk.books.read() as conn:
        events = history(conn, desk.community, row["id"], limit=LONGEST_HISTORY)
    been = _in_diary(desk, row["id"])  # what came from elsewhere brought its diary and not its journal
    for event in reversed(events):
        state = event.new if event.field == "state" else Opinion.flow.first if (event.field, event.new) == ("", None) else None
        if isinstance(state, str):
            been[state] = (event.at[:10], names.get(event.who, event.who))
    return been


def _in_diary(desk: Desk, opinion: str) -> dict[str, tuple[str, str]]:
    """State → day and person, by the lines that the steps left in the diary."""
    to = {move.label: move.to for move in Opinion.flow.moves} | {"登记": Opinion.flow.first}
    lines = sorted(desk.rows(Handling, opinion=opinion), key=lambda one: (one["done_on"], one["id"]))
    return {to[one["step"]]: (one["done_on"], one["done_by"] or "") for one in lines if one["step"] in to}


@dataclass(frozen=True)
class ProjectLine:
    """A livelihood project behind which an opinion stands, and how many opinions do."""

    row: Row
    sources: int


def projects_of(desk: Desk, opinion: str) -> list[ProjectLine]:
    """The livelihood projects that come of this opinion."""
    lines = []
    for link in desk.rows(ProjectSource, opinion=opinion):
        row = desk.get(LivelihoodProject, link["project"])
        if not row["ended_on"]:
            lines.append(ProjectLine(row, len(desk.rows(ProjectSource, project=row["id"]))))
    return lines


def diary_of(desk: Desk, opinion: str) -> list[Row]:
    """The diary, the newest first."""
    return sorted(desk.rows(Handling, opinion=opinion), key=lambda line: (line["done_on"], line["id"]), reverse=True)
