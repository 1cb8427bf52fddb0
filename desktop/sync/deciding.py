"""定下: somebody chooses between values that two histories of this ledger wrote apart, and the choice ends the question.

A decision is a change like any other, made even where our value stays: it says which stamps it has seen and replaced, so that
whoever holds the other value lets it go, although this ledger never merged it. It travels in the next batch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.model.contents import record_type
from desktop.model.errors import Mistake, Refusal
from desktop.model.kinds import Value as Plain
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.decisions import label_of
from desktop.office.desk import Desk
from desktop.store.work import Work
from desktop.sync.asking import Claim, Contested, Question, contested_in
from desktop.sync.knowledge import Stamp

REASON_MOST = 200


class Side(StrEnum):
    """选哪一个."""

    OURS = "本社区的"
    THEIRS = "对方的"
    THIRD = "另填的"


@dataclass(frozen=True)
class Choice:
    """What was chosen for one question: a side; with theirs which claim, with a third value what was typed."""

    side: Side
    stamp: Stamp = ("", 0)
    typed: Mapping[str, Plain] = field(default_factory=dict)


def decide(desk: Desk, asked: Contested, choices: Sequence[Choice], *, reason: str = "") -> None:
    """Every question of this record is decided, in one transaction; it rides in the next batch.

    Raises Refusal when the record or its questions have changed since they were read, or a value cannot stand.
    """
    record = record_type(asked.kind)
    desk.require(f"{asked.kind}.correct")
    if len(reason) > REASON_MOST:
        raise Refusal(_("依据太长"), record=asked.title, todo=_("不超过 {n} 个字").format(n=REASON_MOST))
    with desk.deed("conflict.decide") as work:
        now = contested_in(work.conn, desk, (asked.kind, asked.record))
        if now != [asked] or len(choices) != len(asked.questions):
            raise Refusal(_("打开以后这条记录又变了"), record=asked.title, todo=_("看过新的内容再定"))
        values: dict[str, Plain] = {}
        for question, choice in zip(asked.questions, choices, strict=True):
            values |= chosen_values(record, question, choice, asked.title)
        asked_for = [(name, question.claims) for question in asked.questions for name in question.names]
        replaced = {name: {claim.stamp: claim.values[name] for claim in claims} for name, claims in asked_for}
        _refuse_missing(record, values, asked.title)
        work.decide(record, asked.record, values, replaced, reason.strip())
        _remark(work, asked, choices)


def chosen_values(record: type[Record], question: Question, choice: Choice, title: str = "") -> dict[str, Plain]:
    """The values that a choice gives the fields of a question. Raises Refusal when they cannot be taken."""
    if choice.side is Side.OURS:
        return dict(question.ours)
    if choice.side is Side.THIRD:
        record.refuse_mistakes((Mistake(name, _("还没填")) for name in question.names if name not in choice.typed), title)
        return {name: choice.typed[name] for name in question.names}
    claim = claim_of(question, choice.stamp)
    if claim.lacking:
        fields = "、".join(label_of(record, name) for name in claim.lacking)
        raise Refusal(_("“{field}”只有遮盖的值，不能照用").format(field=fields), record=title, todo=_("问清楚以后在“另填”里写"))
    return dict(claim.values)


def claim_of(question: Question, stamp: Stamp) -> Claim:
    """The other value with this stamp; Refusal when it does not stand any more."""
    for claim in question.claims:
        if claim.stamp == stamp:
            return claim
    raise Refusal(_("打开以后这条记录又变了"), todo=_("看过新的内容再定"))


def _refuse_missing(record: type[Record], values: Mapping[str, Plain], title: str) -> None:
    fields = record.fields()
    empty = (name for name, value in values.items() if name in fields and fields[name].required and value in (None, ""))
    record.refuse_mistakes((Mistake(name, _("必填")) for name in empty), title)


def _remark(work: Work, asked: Contested, choices: Sequence[Choice]) -> None:
    """The audit says which field went which way; the values are in the journal."""
    for question, choice in zip(asked.questions, choices, strict=True):
        work.remark(f"{'、'.join(question.names)} {choice.side.value}")
