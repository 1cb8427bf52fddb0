"""The plain deeds that every record type has: add, correct, end, take back, revert, erase, move on in its flow.

A record type whose deeds do more (an opinion writes its diary) has its own page here; these stay the only road to the ledger.
"""

from collections.abc import Mapping

from desktop.model.errors import Mistake, Refusal
from desktop.model.flow import Move
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.attachments import erase_files
from desktop.office.desk import Desk
from desktop.store import journal
from desktop.store.page import link_titles, title_of
from desktop.store.work import Row, Work


def add(desk: Desk, record: type[Record], **values: Value) -> str:
    """The record is on the books; its id."""
    refuse_unwritten(record, values)
    with desk.deed(f"{record.__tablename__}.add") as work:
        return work.add(record, **values)


def correct(desk: Desk, record: type[Record], key: str, version: int | None = None, /, **values: Value) -> bool:
    """The fields have the new values; False when they had them already."""
    refuse_unwritten(record, values)
    with desk.deed(f"{record.__tablename__}.correct") as work:
        return work.change(record, key, version, **values)


def correct_many(desk: Desk, record: type[Record], keys: list[str], **values: Value) -> int:
    """All these records have the new values, or none of them; how many really changed."""
    refuse_unwritten(record, values)
    with desk.deed(f"{record.__tablename__}.correct") as work:
        return sum(work.change(record, key, **values) for key in keys)


def refuse_unwritten(record: type[Record], values: Mapping[str, Value]) -> None:
    """A serial, a state and its date are not typed: only their own deeds change them."""
    fields = record.fields()
    record.refuse_mistakes(Mistake(key, _("由办理步骤填写，不能直接改")) for key in values if not fields[key].written)


BY_HAND, WRONG, UNDONE = "手工移入", "检查中记错", "撤销导入"  # why a record ended, as the ledger keeps it


def end(desk: Desk, record: type[Record], key: str, *, because: str) -> None:
    """The record is in the bin (回收站) from today, with the reason; it can be taken back."""
    _refuse_ending(record, because)
    with desk.deed(f"{record.__tablename__}.end") as work:
        work.end(record, key, on=desk.today, because=because)


def _refuse_ending(record: type[Record], because: str) -> None:
    refuse_staying(record)
    if not because.strip():
        raise Refusal(_("移入回收站要写明原因"), record=_(record.label))


def refuse_staying(record: type[Record]) -> None:
    """Some records stay for good."""
    if record.stays:
        raise Refusal(_("{label}不能删除").format(label=_(record.label)), todo=_("不再用的，改为停用"))


def take_back(desk: Desk, record: type[Record], key: str) -> None:
    """The record is out of the bin again."""
    with desk.deed(f"{record.__tablename__}.take_back") as work:
        work.take_back(record, key)


def revert(desk: Desk, record: type[Record], key: str, seq: int) -> None:
    """One change out of a record's history is undone: a new change, which travels like any other."""
    with desk.deed(f"{record.__tablename__}.revert") as work:
        event = next((event for event in journal.history(work.conn, work.community, key) if event.seq == seq), None)
        row = work.get(record, key)
        if event is None or not event.field:
            raise Refusal(_("找不到这处改动"), record=record.called(row))
        spec = record.fields().get(event.field)
        if spec is None or not spec.written:
            raise Refusal(_("这一步不能直接退回"), record=record.called(row), todo=_("用办理步骤里的“重新打开”"))
        if row[event.field] != event.new:
            raise Refusal(_("后来又改过，不能只退这一处"), record=record.called(row), todo=_("先退回较新的改动"))
        work.change(record, key, **{event.field: event.old})


def erase(desk: Desk, record: type[Record], key: str, *, reason: str) -> None:
    """The values are gone from table, history and search for good; only a tombstone stays (个人信息保护法 art. 47)."""
    refuse_staying(record)
    if not reason.strip():
        raise Refusal(_("清除要写明依据"), todo=_("写清依据，例如“本人申请，2022-03-01”"))
    with desk.deed("record.erase") as work:
        erase_files(work, record, key, reason)
        work.erase(record, key, reason=reason)


def unmask(desk: Desk, record: type[Record], key: str, field: str) -> str:
    """The full value of a masked field; who looked at whose is written down."""
    spec = record.fields()[field]
    if not desk.sees(spec):
        desk.forbid("record.unmask")
    with desk.deed("record.unmask") as work:
        row = work.get(record, key)
        work.remark(f"{record.__tablename__}:{key} {spec.label}")
        return spec.kind.show(row[field])


def open_to_correct(desk: Desk, record: type[Record], key: str) -> Row:
    """The record as its form shows it, whole: that somebody saw what is masked elsewhere is written down."""
    desk.require(f"{record.__tablename__}.correct")
    row = desk.get(record, key)
    seen = [spec.label for spec in record.fields().values() if spec.sensitive and spec.on_form and desk.sees(spec) and row[spec.key]]
    if seen:
        with desk.deed("record.unmask") as work:
            work.remark(f"{record.__tablename__}:{key} {'、'.join(seen)}")
    return row


def move(desk: Desk, record: type[Record], key: str, deed: str, **asked: Value) -> None:
    """The record went one step on in its flow."""
    with desk.deed(f"{record.__tablename__}.{deed}") as work:
        advance(work, record, key, deed, **asked)


def advance(work: Work, record: type[Record], key: str, deed: str, **asked: Value) -> Row:
    """Inside a deed: one step of the flow, checked by its declaration. Returns the record as it was before."""
    step, row = step_of(record, deed), work.get(record, key)
    if row["ended_on"]:
        raise Refusal(_("已在回收站"), record=name_of(work, record, row), todo=_("先从回收站取回"))
    if row["state"] not in step.starts:
        raise Refusal(
            _("现在是“{state}”，不能“{label}”").format(state=_(row["state"] or ""), label=_(step.label)),
            record=name_of(work, record, row),
        )
    record.refuse_mistakes(_unasked(record, step, row, asked), name_of(work, record, row))
    new = {name: value for name, value in asked.items() if value is not None}
    work.change(record, key, **{**new, "state": step.to, "state_on": work.today})
    return row


def _unasked(record: type[Record], step: Move, row: Row, asked: Mapping[str, Value]) -> list[Mistake]:
    """What a step needs and was not told, and what it was told and does not ask for.

    What only deeds write is said anew each time: the reason of the last cancelling is no reason for this one.
    """
    fields = record.fields()
    known = {name for name in step.asked if fields[name].on_form and row[name] is not None}
    missing = [name for name, must in step.asked.items() if must and asked.get(name) in (None, "") and name not in known]
    alien = [name for name, value in asked.items() if value is not None and name not in step.asked]
    return [Mistake(name, _("必填")) for name in missing] + [Mistake(name, _("这一步不改这一项")) for name in alien]


def step_of(record: type[Record], deed: str) -> Move:
    """The declared move; KeyError when the flow has none of that name."""
    if record.flow is None:
        raise KeyError(deed)
    return record.flow.move(deed)


def name_of(work: Work, record: type[Record], row: Row) -> str:
    """A record in a few words, as messages name it."""
    return title_of(record, row, link_titles(work.conn, work.community, record, [row], only=record.named_by))


def end_many(desk: Desk, record: type[Record], keys: list[str], *, because: str) -> int:
    """All these records are in the bin, or none of them; how many."""
    _refuse_ending(record, because)
    with desk.deed(f"{record.__tablename__}.end") as work:
        for key in keys:
            work.end(record, key, on=desk.today, because=because)
        return len(keys)
