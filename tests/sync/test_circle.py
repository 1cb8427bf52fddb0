"""The circle: what a community recorded stands at the district, the receipt comes back, and the community's screen moves by it."""

import pytest

from desktop.model.courier import Batch
from desktop.model.errors import Refusal
from desktop.model.person import Person
from desktop.office import records
from desktop.sync.merging import unseen
from desktop.sync.receipts import fate_of, read_receipt
from desktop.sync.refused import NumberReused
from desktop.sync.sending import hand_over, report_lost, seal_batch
from tests.builders import DISTRICT, HARBOUR, NEIGHBOUR, TODAY, a_person, an_activity, an_opinion, everything, moved
from tests.every_record.values import id_number
from tests.sync.ledgers import Circle, backed_up, but_the_audit, chain_is_whole, content, own_rows, restored, rows_of


def test_what_was_recorded_stands_at_the_district_as_it_may_travel(circle: Circle):
    a_person(circle.harbour, "李小芳", id_number=id_number("441502", "19630715", 12), phone="13800138000", room="3栋502")
    an_opinion(circle.harbour, said_by="王建国")
    merged = circle.brought()
    assert merged.verdict == "已入库"
    assert rows_of(circle.district) == own_rows(circle.harbour)
    (person,) = circle.kept(Person).values()
    assert (person["name"], person["phone"], person["room"]) == ("~李*芳", None, None)


def test_fates_add_up_to_the_lines(circle: Circle):
    an_activity(circle.harbour, [a_person(circle.harbour, name) for name in ("陈家和", "李小芳", "张三")])
    batch = circle.sent()
    manifest, lines = content(batch, circle.district)
    merged = circle.taken(batch)
    assert merged.lines == len(lines) == sum(manifest.lines.values())


def test_the_screen_moves_only_when_the_receipt_was_read(circle: Circle):
    key = a_person(circle.harbour)
    row = [circle.harbour.get(Person, key)]

    def fate() -> str:
        with circle.harbour.books.read() as conn:
            return fate_of(conn, HARBOUR, DISTRICT, row)[key]

    circle.brought()
    (batch,) = circle.harbour.rows(Batch)
    assert (fate(), batch["state"]) == ("未上报", "已制作")
    assert circle.heard().moved == {1: "已入库"}
    (batch,) = circle.harbour.rows(Batch)
    assert (fate(), batch["state"], batch["taken"]) == ("已入库", "已入库", 2)


def test_a_changed_record_is_not_yet_reported_until_the_next_receipt(circle: Circle):
    key = a_person(circle.harbour)
    circle.brought()
    circle.heard()
    records.correct(circle.harbour, Person, key, post="主任")
    with circle.harbour.books.read() as conn:
        assert fate_of(conn, HARBOUR, DISTRICT, [circle.harbour.get(Person, key)]) == {key: "未上报"}
    circle.brought()
    circle.heard()
    with circle.harbour.books.read() as conn:
        assert fate_of(conn, HARBOUR, DISTRICT, [circle.harbour.get(Person, key)]) == {key: "已入库"}


def test_the_day_of_merging_stays_when_later_receipts_name_the_batch_again(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    circle.heard()
    moved(circle.harbour, 9)
    a_person(circle.harbour, "张三")
    circle.brought()
    circle.heard()
    first, second = sorted(circle.harbour.rows(Batch), key=lambda row: row["number"])
    assert (first["merged_on"], second["merged_on"]) == (TODAY, circle.harbour.today)


def test_after_a_receipt_only_what_changed_leaves(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    circle.heard()
    with pytest.raises(Refusal, match="没有要上报的新内容"):
        seal_batch(circle.harbour)
    new = a_person(circle.harbour, "张三")
    manifest, lines = content(circle.sent(), circle.district)
    assert [line.id for line in lines] == [new]
    assert manifest.since


def test_without_a_receipt_the_next_batch_carries_everything_again_and_it_is_the_same(circle: Circle):
    a_person(circle.harbour)
    first = circle.brought()
    a_person(circle.harbour, "张三")
    merged = circle.brought()
    assert merged.fates == {"相同": first.lines, "已入库": 1}


def test_two_communities_are_kept_apart(circle: Circle):
    """# fault 84: the same person in both, under the same id."""
    for desk in (circle.harbour, circle.neighbour):
        with desk.deed("person.add") as work:
            name = "李小芳" if desk is circle.harbour else "李大芳"
            work.add(Person, id="a" * 32, name=name, roles="志愿者 2020-01-01~", branch="第一支部")
        circle.brought(desk)
    assert circle.kept(Person)["a" * 32]["name"] == "~李*芳"
    assert rows_of(circle.district, NEIGHBOUR) == own_rows(circle.neighbour)
    words = [row for row in everything(circle.district)["search"] if row[0] == NEIGHBOUR and "a" * 32 in row]
    records.erase(circle.harbour, Person, "a" * 32, reason="本人申请")
    circle.brought()
    assert circle.kept(Person) == {}
    assert [row for row in everything(circle.district)["search"] if "a" * 32 in row] == words != []
    assert rows_of(circle.district, NEIGHBOUR) == own_rows(circle.neighbour)


def test_the_same_batch_twice_changes_nothing(circle: Circle):
    """# fault 81"""
    a_person(circle.harbour)
    batch = circle.sent()
    circle.taken(batch)
    before = but_the_audit(circle.district)
    again = circle.taken(batch)
    assert again.already
    assert but_the_audit(circle.district) == before


def test_another_file_under_a_known_number_is_an_alarm_and_is_kept_aside(circle: Circle, tmp_path):
    """# fault 82: a ledger copied back, with neither its files nor a receipt to remember by."""
    circle.harbour = backed_up(circle.harbour, tmp_path / "备份")
    a_person(circle.harbour)
    circle.brought()
    circle.harbour = restored(circle.harbour, tmp_path / "备份", with_files=False)
    a_person(circle.harbour, "张三")
    other = circle.sent()
    rows = rows_of(circle.district)
    for _twice in range(2):
        with pytest.raises(NumberReused, match="同一批号"):
            circle.taken(other)
    assert rows_of(circle.district) == rows
    (aside,) = (circle.district.books.ledger.folder / "batches-aside").iterdir()
    assert aside.read_bytes() == other.read_bytes()
    assert circle.heard().moved == {1: "已接收"}
    a_person(circle.harbour, "李四")
    assert circle.brought().fates.keys() == {"已入库", "相同"}
    assert circle.heard().moved == {1: "由后批代替", 2: "已入库"}


def test_a_lost_stick_needs_no_repair(circle: Circle):
    """# fault 83: batch 2 never comes; batch 3 carries it."""
    first = a_person(circle.harbour)
    circle.brought()
    circle.heard()
    second = a_person(circle.harbour, "张三")
    circle.sent()
    (lost,) = [row for row in circle.harbour.rows(Batch) if row["number"] == 2]
    third = a_person(circle.harbour, "李四")
    merged = circle.brought()
    assert merged.unseen == (2,)
    assert {first, second, third} <= {key for _kind, key in rows_of(circle.district)}
    heard = circle.heard()
    assert (heard.unseen, heard.moved) == ((2,), {2: "由后批代替", 3: "已入库"})
    report_lost(circle.harbour, lost["id"], on=TODAY)
    assert circle.harbour.get(Batch, lost["id"])["lost_on"] == TODAY


def test_a_batch_that_was_merged_is_not_lost(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    circle.heard()
    (batch,) = circle.harbour.rows(Batch)
    with pytest.raises(Refusal, match="不算丢失"):
        report_lost(circle.harbour, batch["id"], on=TODAY)


def test_a_signed_slip_moves_a_batch_one_step(circle: Circle):
    a_person(circle.harbour)
    circle.sent()
    (batch,) = circle.harbour.rows(Batch)
    with pytest.raises(Refusal, match="交接日期"):
        hand_over(circle.harbour, batch["id"], to="王主任", on="2030-01-01")
    hand_over(circle.harbour, batch["id"], to="王主任", on=TODAY)
    assert circle.harbour.get(Batch, batch["id"])["state"] == "已交接"


def test_batches_may_come_in_any_order(circle: Circle):
    """# fault 83"""
    key = a_person(circle.harbour)
    first = circle.sent()
    records.correct(circle.harbour, Person, key, post="主任")
    records.correct(circle.harbour, Person, key, branch="第一支部")
    second = circle.sent()
    assert circle.taken(second).unseen == (1,)
    rows = rows_of(circle.district)
    late = circle.taken(first)
    assert (late.unseen, set(late.fates)) == ((), {"相同"})
    assert rows_of(circle.district) == rows == own_rows(circle.harbour)
    assert unseen(circle.district, HARBOUR) == ()


def test_a_lost_receipt_is_mended_by_the_next_and_a_doubled_one_changes_nothing(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    circle.answer()  # never comes
    a_person(circle.harbour, "张三")
    circle.brought()
    answer = circle.answer()
    assert read_receipt(circle.harbour, answer).moved == {1: "已入库", 2: "已入库"}
    before = but_the_audit(circle.harbour)
    assert read_receipt(circle.harbour, answer).already
    assert but_the_audit(circle.harbour) == before


def test_an_old_receipt_moves_nothing_back(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    old = circle.answer()
    a_person(circle.harbour, "张三")
    circle.brought()
    circle.heard()
    before = but_the_audit(circle.harbour)
    assert read_receipt(circle.harbour, old).already
    assert but_the_audit(circle.harbour) == before


def test_an_erased_record_never_returns(circle: Circle):
    key = a_person(circle.harbour, "李小芳", post="主任")
    early = circle.sent()
    records.erase(circle.harbour, Person, key, reason="李小芳本人申请，2022-03-01")
    late = circle.sent()
    assert "李小芳" not in str(content(late, circle.district))
    circle.taken(late)
    circle.taken(early)
    assert key not in circle.kept(Person)
    assert "主任" not in str(but_the_audit(circle.district))
    an_opinion(circle.harbour)
    circle.brought()
    assert rows_of(circle.district) == own_rows(circle.harbour)


def test_an_erased_record_leaves_journal_and_search_of_the_district(circle: Circle):
    key = a_person(circle.harbour, post="主任")
    circle.brought()
    records.correct(circle.harbour, Person, key, post="书记")
    circle.brought()
    assert "书记" in str(but_the_audit(circle.district)["journal"])
    records.erase(circle.harbour, Person, key, reason="本人申请")
    circle.brought()
    left = but_the_audit(circle.district)
    assert not [row for row in left["search"] if key in row]
    assert "书记" not in str(left)
    assert [row[2] for row in left["tombstone"]] == [key]


def test_a_reference_to_an_erased_person_does_not_wait(circle: Circle):
    person = a_person(circle.harbour)
    an_activity(circle.harbour, [person])
    records.erase(circle.harbour, Person, person, reason="本人申请")
    assert set(circle.brought().fates) == {"已入库"}
    assert rows_of(circle.district) == own_rows(circle.harbour)


def test_ended_and_taken_back_travel(circle: Circle):
    key = a_person(circle.harbour)
    records.end(circle.harbour, Person, key, because="搬走")
    circle.brought()
    assert circle.kept(Person)[key]["ended_because"] == "搬走"
    records.take_back(circle.harbour, Person, key)
    circle.brought()
    assert rows_of(circle.district) == own_rows(circle.harbour)


def test_the_chain_of_deeds_stays_whole(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    circle.heard()
    assert chain_is_whole(circle.harbour)
    assert chain_is_whole(circle.district)
