"""Ledgers that went back in time, told or not, and ledgers of which there are suddenly two."""

from pathlib import Path

import pytest

from desktop.model.courier import Batch, Receipt
from desktop.model.person import Person
from desktop.office import records
from desktop.office.desk import Desk
from desktop.store.journal import knowledge_of
from desktop.sync.knowledge import Fate
from desktop.sync.merging import waiting_lines
from desktop.sync.receipts import fate_of, read_receipt
from desktop.sync.sending import BATCHES, copy_to_stick, seal_batch
from tests.builders import DISTRICT, HARBOUR, a_person
from tests.sync.ledgers import Circle, backed_up, content, opened, own_rows, reopened, restored, rows_of


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "备份"


def sittings(desk: Desk) -> set[str]:
    with desk.books.read() as conn:
        return set(knowledge_of(conn, HARBOUR))


# The district went back


def test_a_district_from_an_older_backup_holds_the_batch_and_the_community_sends_again(circle: Circle, backup: Path):
    """What the batch left out is not there: it waits, the receipt says what is known, the next batch begins from there."""
    circle.district = backed_up(circle.district, backup)
    first = a_person(circle.harbour)
    circle.brought()
    circle.heard()
    circle.district = restored(circle.district, backup)
    second = a_person(circle.harbour, "张三")
    batch = circle.sent()
    assert content(batch, circle.district)[0].since
    merged = circle.taken(batch)
    assert (merged.verdict, merged.lines) == ("待前批", 0)
    assert rows_of(circle.district) == {}
    assert circle.heard().moved == {1: "已接收", 2: "已接收"}
    with circle.harbour.books.read() as conn:
        assert fate_of(conn, HARBOUR, DISTRICT, [circle.harbour.get(Person, first)]) == {first: "未上报"}
    a_person(circle.harbour, "李四")
    assert circle.brought().verdict == "已入库"
    assert {first, second} < {key for _kind, key in rows_of(circle.district)}
    assert circle.heard().moved == {1: "由后批代替", 2: "由后批代替", 3: "已入库"}
    assert rows_of(circle.district) == own_rows(circle.harbour)


def test_a_held_batch_that_comes_again_after_its_predecessor_is_merged(circle: Circle, backup: Path):
    a_person(circle.harbour)
    first = circle.sent()
    circle.district = backed_up(circle.district, backup)
    circle.taken(first)
    circle.heard()
    a_person(circle.harbour, "张三")
    second = circle.sent()
    circle.district = restored(circle.district, backup)
    assert circle.taken(second).verdict == "待前批"
    assert circle.taken(second).verdict == "待前批"
    assert circle.taken(first).verdict == "已入库"
    assert circle.taken(second).verdict == "已入库"
    assert rows_of(circle.district) == own_rows(circle.harbour)


@pytest.mark.parametrize("with_files", [True, False])
def test_the_numbers_of_receipts_never_go_back(circle: Circle, backup: Path, with_files: bool):
    """The newest number wins, so after a restore a lower one would never be heard."""
    circle.district = backed_up(circle.district, backup)
    a_person(circle.harbour)
    circle.brought()
    circle.heard()
    circle.heard()
    circle.district = restored(circle.district, backup, with_files=with_files)
    a_person(circle.harbour, "张三")
    circle.brought()
    heard = circle.heard()
    assert (heard.number, heard.already) == (3, False)
    assert heard.moved == {1: "已接收", 2: "已接收"}


def test_a_receipt_of_the_time_before_the_restore_that_turns_up_late_heals_itself(circle: Circle, backup: Path):
    circle.district = backed_up(circle.district, backup)
    a_person(circle.harbour)
    circle.brought()
    old = [circle.answer() for _nth in range(5)][-1]  # on a stick that lay in a drawer
    circle.district = restored(circle.district, backup, with_files=False)
    a_person(circle.harbour, "张三")
    circle.brought()
    assert circle.heard().number == 1
    assert not read_receipt(circle.harbour, old).already
    a_person(circle.harbour, "李四")
    assert circle.brought().verdict == "已入库"
    assert circle.heard().number == 6
    assert rows_of(circle.district) == own_rows(circle.harbour)


def test_a_receipt_whose_writing_was_cut_short_costs_a_number_and_nothing_else(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    circle.answer()
    (receipt,) = circle.district.rows(Receipt)
    with circle.district.books.ledger.write() as conn:
        conn.exec_driver_sql("DELETE FROM receipt WHERE id = ?", (receipt["id"],))
    assert circle.heard().number == 2


# The community went back


def test_no_sitting_is_had_twice(circle: Circle, backup: Path):
    circle.harbour = backed_up(circle.harbour, backup)
    a_person(circle.harbour)
    before = sittings(circle.harbour)
    circle.harbour = restored(circle.harbour, backup)
    common = sittings(circle.harbour) & before
    a_person(circle.harbour, "张三")
    assert sittings(circle.harbour) & before == common
    circle.harbour = reopened(circle.harbour)
    a_person(circle.harbour, "李四")
    assert len(sittings(circle.harbour) - common) == 2


def test_a_number_that_left_is_never_given_again_by_the_files_that_lie_here(circle: Circle, backup: Path):
    circle.harbour = backed_up(circle.harbour, backup)
    a_person(circle.harbour)
    circle.brought()
    circle.harbour = restored(circle.harbour, backup)
    a_person(circle.harbour, "张三")
    merged = circle.brought()
    assert (merged.number, merged.verdict) == (2, "已入库")


def test_a_number_that_left_is_never_given_again_by_what_the_receipt_names(circle: Circle, backup: Path):
    a_person(circle.harbour)
    circle.brought()
    circle.harbour = backed_up(circle.harbour, backup)
    a_person(circle.harbour, "张三")
    circle.brought()
    circle.harbour = restored(circle.harbour, backup, with_files=False)
    circle.heard()
    a_person(circle.harbour, "李四")
    assert circle.brought().number == 3


def test_batches_whose_files_lie_here_are_on_the_books_again(circle: Circle, backup: Path):
    circle.harbour = backed_up(circle.harbour, backup)
    a_person(circle.harbour)
    first = circle.sent()
    circle.taken(first)
    circle.harbour = restored(circle.harbour, backup)
    assert circle.harbour.rows(Batch) == []
    a_person(circle.harbour, "张三")
    circle.sent()
    batch = circle.harbour.rows(Batch, number=1)[0]
    assert (batch["state"], batch["lines"], batch["file"]) == ("已制作", 2, first.name)
    assert copy_to_stick(circle.harbour, batch["id"], circle.stick()).path.read_bytes() == first.read_bytes()
    assert circle.heard().moved == {1: "已入库"}


def test_a_batch_that_was_sealed_when_the_power_went_is_on_the_books_at_the_next_sealing(circle: Circle):
    a_person(circle.harbour)
    seal_batch(circle.harbour)
    (batch,) = circle.harbour.rows(Batch)
    with circle.harbour.books.ledger.write() as conn:
        conn.exec_driver_sql("DELETE FROM batch WHERE id = ?", (batch["id"],))
    folder = circle.harbour.books.ledger.folder / BATCHES
    (folder / "连心-滨海社区-第002批-20211124.lxb.part").write_bytes(b"half")
    (folder / "连心-滨海社区-第007批-20211124.lxb").write_bytes(b"damaged")
    seal_batch(circle.harbour)
    again, new = sorted(circle.harbour.rows(Batch), key=lambda row: row["number"])
    assert {key: again[key] for key in Batch.fields()} == {key: batch[key] for key in Batch.fields()}
    assert new["number"] == 8
    assert not list(folder.glob("*.part"))


def test_what_a_community_lost_stays_at_the_district(circle: Circle, backup: Path):
    circle.harbour = backed_up(circle.harbour, backup)
    lost = a_person(circle.harbour)
    circle.brought()
    circle.harbour = restored(circle.harbour, backup)
    new = a_person(circle.harbour, "张三")
    assert circle.brought().verdict == "已入库"
    assert {lost, new} < {key for _kind, key in rows_of(circle.district)}


def test_a_record_written_anew_after_the_restore_is_a_question_not_a_loss(circle: Circle, backup: Path):
    key = a_person(circle.harbour)
    circle.harbour = backed_up(circle.harbour, backup)
    records.correct(circle.harbour, Person, key, post="主任")
    circle.brought()
    circle.harbour = restored(circle.harbour, backup)
    records.correct(circle.harbour, Person, key, post="书记")
    assert circle.brought().fates["待定"] == 1
    (one,) = waiting_lines(circle.district, HARBOUR)
    shown = circle.kept(Person)[key]["post"]
    assert {shown, one.losing} == {"主任", "书记"}


# Two copies of one ledger


def a_clone(circle: Circle, tmp_path: Path) -> Desk:
    """Somebody copied the folder to another PC and works on there."""
    circle.harbour = backed_up(circle.harbour, tmp_path / "另一台" / "账本")
    return opened(tmp_path / "另一台" / "账本", circle.harbour.books.ledger.raw_key)


@pytest.mark.parametrize("clone_first", [True, False])
def test_two_copies_that_wrote_apart_are_a_question_with_both_values_kept(circle: Circle, tmp_path: Path, clone_first: bool):
    key = a_person(circle.harbour)
    other = a_clone(circle, tmp_path)
    records.correct(circle.harbour, Person, key, post="主任", branch="第一支部")
    records.correct(other, Person, key, post="书记", wishes="巡逻")
    numbered = circle.sent()
    a_person(other, "张三")
    seal_batch(other)  # number 1 again; an honest copy would be told by the alarm, so it sends its second
    second = circle.sent(other)
    for batch in (second, numbered) if clone_first else (numbered, second):
        circle.taken(batch)
    row = circle.kept(Person)[key]
    assert (row["branch"], row["wishes"]) == ("第一支部", "巡逻")  # different fields go side by side
    (one,) = circle.heard().open
    assert (one.fate, one.field, {row["post"], one.losing}) == (Fate.UNDECIDED, "post", {"主任", "书记"})
    assert '"主任"' in row["stamps"]
    assert '"书记"' in row["stamps"]
    other.books.ledger.close()


def test_both_orders_of_two_copies_show_the_same_value(circle: Circle, tmp_path: Path):
    key = a_person(circle.harbour)
    other = a_clone(circle, tmp_path)
    records.correct(circle.harbour, Person, key, post="主任")
    records.correct(other, Person, key, post="书记")
    seal_batch(other)
    batches = [circle.sent(), circle.sent(other)]
    shown = []
    circle.district = backed_up(circle.district, tmp_path / "区")
    for order in (batches, batches[::-1]):
        circle.district = restored(circle.district, tmp_path / "区")
        for batch in order:
            circle.taken(batch)
        shown.append((rows_of(circle.district), circle.kept(Person)[key]["stamps"]))
    assert shown[0] == shown[1]
    other.books.ledger.close()


def test_two_copies_that_agree_are_no_question(circle: Circle, tmp_path: Path):
    key = a_person(circle.harbour)
    other = a_clone(circle, tmp_path)
    for desk in (circle.harbour, other):
        records.correct(desk, Person, key, post="书记")
    circle.brought()
    seal_batch(other)
    assert circle.brought(other).fates == {"相同": 2}
    other.books.ledger.close()


def test_a_record_erased_in_one_copy_is_erased(circle: Circle, tmp_path: Path):
    key = a_person(circle.harbour)
    other = a_clone(circle, tmp_path)
    records.erase(circle.harbour, Person, key, reason="本人申请")
    records.correct(other, Person, key, post="书记")
    circle.brought()
    seal_batch(other)
    circle.brought(other)
    assert key not in circle.kept(Person)
    other.books.ledger.close()
