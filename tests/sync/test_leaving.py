"""What leaves: the list on the screen is the batch, nobody is named in it, and a rule that opens a field sends everything once more."""

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from desktop.model.contents import record_type
from desktop.model.errors import Refusal
from desktop.model.field import Upward
from desktop.model.kinds.records import Link
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.office import records
from desktop.office.desk import Desk
from desktop.sync import travel
from desktop.sync.batch import Line
from desktop.sync.knowledge import Masked
from desktop.sync.sending import preview, seal_batch
from tests.builders import a_desk, a_person, a_place, an_activity, an_inspection, an_opinion, an_organisation
from tests.every_record.values import id_number
from tests.sync.ledgers import Circle, content, own_rows, rows_of

NUMBER = id_number("441502", "19630715", 7)


def a_full_office(desk: Desk) -> None:
    """Something of everything a resident can be found by."""
    unit = an_organisation(desk, contact="郑联系", phone="0660-3380011", address="海丽大道88号")
    estate = a_place(desk, "碧桂园小区", keeper="郑楼长", phone="13900139000", address="碧桂园小区3栋")
    person = a_person(desk, "欧阳建国", id_number=NUMBER, phone="13800138000", room="3栋502", born="1963-07-15", employer=unit,
                      estate=estate, note="低保户")  # fmt: skip
    an_activity(desk, [person, a_person(desk, "李小芳")])
    an_opinion(desk, said_by="王建国", said_where="5栋203", phone="13700137000")
    an_inspection(desk, place=a_place(desk, "老张小吃店", "场所", keeper="张三丰"))


CANARIES = ("欧阳建国", "建国", "李小芳", "王建国", "郑联系", "郑楼长", "张三丰", NUMBER, NUMBER[-6:], "1963-07-15", "13800138000",
            "13900139000", "13700137000", "3380011", "3栋502", "5栋203", "海丽大道", "碧桂园小区3栋", "低保户")  # fmt: skip


def test_no_name_number_phone_or_address_stands_in_a_batch(circle: Circle):
    """# fault 91"""
    a_full_office(circle.harbour)
    batch = circle.sent()
    manifest, lines = content(batch, circle.district)
    said = msgspec.json.encode([manifest, lines]).decode()
    assert "欧**" in said or "欧阳**" in said
    assert [canary for canary in CANARIES if canary in said] == []
    circle.taken(batch)
    with circle.district.books.read() as conn:
        names = conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars().all()
        kept = str([conn.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in names if name not in ("user", "audit")])
    assert [canary for canary in CANARIES if canary in kept] == []


def test_nothing_can_be_read_in_a_batch_without_a_key(circle: Circle):
    """# fault 91: a stolen stick."""
    a_full_office(circle.harbour)
    raw = circle.sent().read_bytes()
    assert [word for word in (*CANARIES, "碧桂园", "欧") if word.encode() in raw] == []


def test_a_person_is_counted_once_across_communities(circle: Circle):
    for desk in (circle.harbour, circle.neighbour):
        a_person(desk, id_number=NUMBER)
        circle.brought(desk)
    hashes = {row["id_number"] for office in (circle.harbour, circle.neighbour) for row in circle.kept(Person, office.community).values()}
    assert len(hashes) == 1


def in_words(line: Line, key: str) -> str:
    """A value of a sealed line as the list should say it."""
    value, record = line.f[key], record_type(line.k)
    if isinstance(value, Masked):
        return value.text
    if key not in record.fields():
        return str(value)
    spec = record.fields()[key]
    return "只传计数用的密文" if spec.upward is Upward.COUNT else spec.kind.show(value)


def test_the_list_on_the_screen_is_the_batch_word_for_word(circle: Circle):
    a_full_office(circle.harbour)
    ended = a_person(circle.harbour, "赵六")
    records.end(circle.harbour, Person, ended, because="搬走")
    gone = a_person(circle.harbour, "孙七")
    records.erase(circle.harbour, Person, gone, reason="孙七本人申请")
    shown = preview(circle.harbour)
    manifest, lines = content(circle.sent(), circle.district)
    assert shown.number == manifest.number
    assert [(one.kind, one.record) for one in shown.lines] == [(line.k, line.id) for line in lines]
    assert {kind: sum(pair) for kind, pair in shown.counts.items()} == manifest.lines
    for one, line in zip(shown.lines, lines, strict=True):
        if line.erased:
            assert one.fields == (("清除", line.erased),)
            continue
        links = {key for key, spec in record_type(line.k).fields().items() if isinstance(spec.kind, Link)}
        words = [in_words(line, key) for key, value in line.f.items() if value is not None and key not in links]
        assert [word for label, word in one.fields if label not in {record_type(line.k).fields()[key].label for key in links}] == words
        assert len(one.fields) == sum(value is not None for value in line.f.values())
    assert ("移入回收站原因", "搬走") in [pair for one in shown.lines for pair in one.fields]
    assert [canary for canary in ("孙七", *CANARIES) if canary in str(shown)] == []


def test_new_and_changed_are_told_apart(circle: Circle):
    key = a_person(circle.harbour)
    circle.brought()
    circle.heard()
    a_person(circle.harbour, "张三")
    records.correct(circle.harbour, Person, key, post="主任")
    assert preview(circle.harbour).counts == {"person": (1, 1)}


def test_a_rule_that_opens_a_field_sends_everything_once_more(circle: Circle, monkeypatch: pytest.MonkeyPatch):
    key = a_person(circle.harbour, phone="13800138000", room="3栋502")
    a_place(circle.harbour)
    circle.brought()
    circle.heard()
    records.correct(circle.harbour, Person, key, room="3栋503")
    opened = {name: replace(spec, upward=Upward.FULL) if name == "phone" else spec for name, spec in Person.fields().items()}
    monkeypatch.setattr(Person, "fields", classmethod(lambda _record: opened))
    forget_the_rules()
    try:
        manifest, lines = content(circle.sent(), circle.district)
        assert manifest.since == {}
        assert {line.k for line in lines} == {"person", "place"}
        a_place(circle.harbour, "新小区")
        circle.brought()
        assert circle.kept(Person)[key]["phone"] == "13800138000"
        assert rows_of(circle.district) == own_rows(circle.harbour)
        assert circle.heard().open == ()
        place = a_place(circle.harbour, "又一小区")
        assert [line.id for line in content(circle.sent(), circle.district)[1]] == [place]
    finally:
        monkeypatch.undo()
        forget_the_rules()


def forget_the_rules() -> None:
    """As a program that starts anew."""
    for cached in (travel.rules, travel.plain_keys, travel.veiled, travel.unheard, travel.line_columns):
        cached.cache_clear()


def test_before_the_welcome_nothing_leaves(tmp_path: Path):
    desk = a_desk(tmp_path)
    a_person(desk)
    with pytest.raises(Refusal, match="还没有在区里登记"):
        preview(desk)
    with pytest.raises(Refusal, match="还没有在区里登记"):
        seal_batch(desk)
    assert not (desk.books.ledger.folder / "batches").exists()
    desk.books.ledger.close()


def test_a_masked_value_that_came_home_leaves_masked(circle: Circle):
    """After a restore a community may hold 郑** instead of the name until somebody retypes it."""
    with circle.harbour.deed("place.add") as work:
        key = work.add(Place, name="碧桂园小区", kind="小区", keeper="~郑**")
    line = next(line for line in content(circle.sent(), circle.district)[1] if line.id == key)
    assert line.f["keeper"] == Masked("郑**")


def test_the_manifest_says_how_it_came_about(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    circle.heard()
    a_person(circle.harbour, "张三")
    circle.sent()
    manifest, _lines = content(circle.sent(), circle.district)
    assert manifest.unanswered == (2,)
    assert (manifest.period, manifest.quoted, manifest.made) == ("2021-11-24/2021-11-24", 1, "2021-11-24T09:41:00")
    assert json.loads(circle.harbour.books.fact("highest.number") or "0") == 1
