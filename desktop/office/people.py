"""人员: what an ID number already says, and who may be the same human being.

An ID number fills in sex and birth; it never overrules what somebody typed, it only warns (domain 3.1), because the card may
be wrong too. Finding likely doubles proposes; merging is always somebody's decision.
"""

import re
from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, or_, select

from desktop.model import names, numbers
from desktop.model.codes import SEX
from desktop.model.days import show_day
from desktop.model.errors import Refusal
from desktop.model.kinds import Value, is_hash, is_masked
from desktop.model.language import _
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.store import search
from desktop.store.work import Row

TAIL = 4
LONGEST_PHONE = 14  # with its area code; an ID number is longer
BETWEEN = re.compile(r"[\s,，;；、]+")


def read_lines(text: str, today: str) -> list[dict[str, Value]]:
    """People as a hand types or pastes them, one a line: the name, and behind it an ID number, a telephone, in any order.

    Raises Refusal that names the line and the word nobody can read.
    """
    found: list[dict[str, Value]] = []
    for nth, line in enumerate((line.strip() for line in text.splitlines()), 1):
        if not line:
            continue
        name, *rest = [word for word in BETWEEN.split(line) if word]
        try:
            values: dict[str, Value] = {"name": Person.fields()["name"].kind.parse(name, today)}
            for word in rest:
                key = "phone" if len(word) <= LONGEST_PHONE else "id_number"
                values[key] = Person.fields()[key].kind.parse(word, today)
        except Refusal as refusal:
            where = _("第 {n} 行 {name}").format(n=nth, name=name)
            raise Refusal(refusal.what, record=where, todo=_("一行一个人：姓名 证件号码 手机")) from None
        found.append(complete(values, today)[0])
    return found


def complete(values: Mapping[str, Value], today: str) -> tuple[dict[str, Value], tuple[str, ...]]:
    """The values with sex and birth filled in from the ID number, and what the clerk should look at once.

    A birth known to the year or month that the number bears out becomes the whole day. Raises Refusal for a number that is none.
    """
    done = dict(values)
    typed = done.get("id_number")
    warnings = list(names.name_warnings(str(done["name"]))) if done.get("name") else []
    if not isinstance(typed, str) or is_hash(typed) or is_masked(typed):
        return done, tuple(warnings)
    card = numbers.read_id_number(typed, today)
    warnings += card.warnings
    for key, said in (("sex", card.sex), ("born", card.born)):
        kept = done.get(key)
        if kept is None or (key == "born" and str(said).startswith(str(kept))):
            done[key] = said
        elif kept != said and kept not in ("0", "9"):  # 未知 and 未说明 contradict nothing
            words = (SEX.word(said), SEX.word(str(kept))) if key == "sex" else (show_day(said), show_day(str(kept)))
            label = _(Person.fields()[key].label)
            warnings.append(_("证件号码里{label}是{card}，填的是{typed}").format(label=label, card=words[0], typed=words[1]))
    return done, tuple(warnings)


def alike(desk: Desk, values: Mapping[str, Value]) -> list[Row]:
    """The living people who may be the same: one ID number; one name and birth or telephone; names that sound alike with one ID tail.

    The surest first. `values["id"]`, when given, is the record itself and not among them.
    """
    table = Person.table()
    mine = (table.c.community == desk.community, table.c.ended_on.is_(None), table.c.id != (values.get("id") or ""))
    with desk.books.read() as conn:
        found: dict[str, Row] = {}
        for where in _same(values):
            for row in conn.execute(select(table).where(*mine, where).order_by(table.c.id).limit(20)).mappings():
                found.setdefault(row["id"], row)
        number, name = values.get("id_number"), values.get("name")
        if isinstance(number, str) and isinstance(name, str) and not is_hash(number):
            hits = search.find(conn, desk.community, number[-TAIL:], kinds=[Person.__tablename__], limit=200)
            sound = names.pinyin_of(name).full
            near = conn.execute(select(table).where(*mine, table.c.id.in_([hit.record for hit in hits])).order_by(table.c.id)).mappings()
            for row in near:
                same_tail = str(row["id_number"] or "")[-TAIL:] == number[-TAIL:]
                if same_tail and names.pinyin_of(str(row["name"] or "")).full == sound:
                    found.setdefault(row["id"], row)
    return list(found.values())


def _same(values: Mapping[str, Value]) -> list[ColumnElement[bool]]:
    """The conditions under which two entries are likely one person, the surest first."""
    table = Person.table()
    conditions: list[ColumnElement[bool]] = []
    if values.get("id_number"):
        conditions.append(table.c.id_number == values["id_number"])
    if values.get("name"):
        pairs = [table.c[key] == values[key] for key in ("born", "phone") if values.get(key)]
        if pairs:
            conditions.append(and_(table.c.name == values["name"], or_(*pairs)))
    return conditions
