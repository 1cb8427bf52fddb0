"""A new record type is one file: what this page defines gets its table, rules, search, history, rights, due work, template
and batch line from the definition alone. Nothing of the program is touched but the list of record types.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Mapped
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.exchange.importing import dry_run
from desktop.exchange.mapping import propose
from desktop.exchange.reading import Sheet, read
from desktop.exchange.running import run_import
from desktop.exchange.writing import export, write_template
from desktop.model.access import may, rights
from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.field import Upward, field
from desktop.model.flow import Due, Flow, Move
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice, State
from desktop.model.kinds.identity import IdNumber, Phone
from desktop.model.kinds.records import Link, Serial
from desktop.model.kinds.tags import Tags
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import Text, Title
from desktop.model.record import Base, Record, index_listed
from desktop.model.roles import REVIEWERS, Role
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.due import due_by_type, due_counts, due_work
from desktop.office.moves import move
from desktop.office.papers.plain import plain_list
from desktop.store import journal, search
from desktop.store.page import Filter, Listing, count, page, tag_filter
from desktop.sync.travel import line_of_row, travelling_types
from tests.builders import HARBOUR, a_desk, a_person, audited, founded, moved, seen_as
from tests.every_record.values import id_number

HMAC_KEY = b"k" * 32


@pytest.fixture(scope="module")
def stall() -> Iterator[type[Record]]:
    """The new record type, as its one file would define it; gone again after this page."""
    founded(HARBOUR, "社区")  # the ledger that other tests copy is made before there is a table that they do not know

    class NightStall(Record):
        """夜市摊位: a stall that an office lets out for a season."""

        label, icon, unit = "夜市摊位", "building-store", "个"
        ordered_by = "-let_on"

        serial: Mapped[str | None] = field("编号", Serial("YS"), listed=True, searched=True, written=False)
        name: Mapped[str] = field("摊位名称", Title(20), required=True, unique=True, listed=True, searched=True, was=("摊名",))
        let_on: Mapped[str] = field("起租日期", Day(), required=True, listed=True)
        trade: Mapped[str | None] = field("经营", Choice("小吃 百货 游艺"), listed=True)
        goods: Mapped[str | None] = field("设备", Tags("燃气 明火 用电"), listed=True)
        tables: Mapped[int | None] = field("桌数", Number("张", most=40), listed=True)
        holder: Mapped[str | None] = field("摊主", Link("person"), listed=True, group="摊主")
        id_number: Mapped[str | None] = field("摊主证件号码", IdNumber(), group="摊主")
        phone: Mapped[str | None] = field("摊主电话", Phone(), listed=True, searched=True, group="摊主")
        note: Mapped[str | None] = field("备注", Text(50), group="摊主", upward=Upward.NEVER, seen_by=REVIEWERS)
        closed_because: Mapped[str | None] = field("停业原因", Text(50), written=False)
        state: Mapped[str] = field("状态", State("申请 营业 停业"), listed=True, written=False, together="state")
        state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")

        flow = Flow(
            "申请 营业",
            (
                Move("open", "准许营业", "申请", "营业", by=REVIEWERS),
                Move("close", "停业", "营业", "停业", asks=("closed_because",), side=True),
            ),
            sides="停业",
            done="停业",
            due=(Due("申请", setting="checkin.report_days", todo="去看摊位"),),
        )

    RECORD_TYPES.append(NightStall)
    index_listed(NightStall)
    yield NightStall
    RECORD_TYPES.remove(NightStall)
    Base.metadata.remove(NightStall.table())


@pytest.fixture
def desk(stall: type[Record], tmp_path: Path) -> Iterator[Desk]:
    """An office whose ledger has had the migration of the new type."""
    desk = a_desk(tmp_path)
    table = stall.table()
    with desk.books.ledger.write() as conn:
        conn.execute(CreateTable(table))
        for index in table.indexes:
            conn.execute(CreateIndex(index))
    yield desk
    desk.books.ledger.close()


def a_stall(desk: Desk, name: str = "𠮷记烧烤", **values: object) -> str:
    return records.add(desk, record_type("night_stall"), name=name, **{"let_on": "2021-11-01", **values})  # type: ignore[arg-type]


def test_it_is_checked_by_its_definition(stall: type[Record], desk: Desk) -> None:
    with pytest.raises(Refusal) as said:
        records.add(desk, stall, tables=41, trade="古玩")
    assert [mistake.field for mistake in said.value.mistakes] == ["name", "let_on", "trade", "tables"]
    a_stall(desk)
    with pytest.raises(Refusal, match="已有同样的记录：𠮷记烧烤"):
        a_stall(desk)


def test_it_has_a_number_a_history_and_an_entry_in_the_chain_of_deeds(stall: type[Record], desk: Desk) -> None:
    key = a_stall(desk)
    assert desk.get(stall, key)["serial"] == "YS-211124-0001"
    records.correct(desk, stall, key, trade="小吃")
    with desk.books.read() as conn:
        newest = journal.history(conn, desk.community, key)[0]
    assert (newest.field, newest.new, newest.deed) == ("trade", "小吃", "night_stall.correct")
    assert [deed for deed, _ok in audited(desk)[-2:]] == ["night_stall.add", "night_stall.correct"]


def test_it_is_found_by_name_pinyin_initials_number_and_telephone(stall: type[Record], desk: Desk) -> None:
    key = a_stall(desk, "陈记烧烤", phone="13800138000")
    with desk.books.read() as conn:
        for typed in ("陈记烧烤", "陈记", "chenjishaokao", "cjsk", "YS-211124-0001", "0001", "138-0013-8000", "8000"):
            assert [(hit.kind, hit.record) for hit in search.find(conn, desk.community, typed)] == [("night_stall", key)], typed


def test_it_has_a_list_with_filters_and_sorting(stall: type[Record], desk: Desk) -> None:
    first = a_stall(desk, "阿婆豆花", goods="燃气,用电", trade="小吃")
    second = a_stall(desk, "套圈圈", let_on="2021-11-20", trade="游艺")
    with desk.books.read() as conn:
        here = Listing(stall, community=desk.community)
        assert [row["id"] for row in page(conn, here).rows] == [second, first]
        assert [row["id"] for row in page(conn, here.only(tag_filter(stall, "goods", "燃气"))).rows] == [first]
        assert count(conn, here.only(Filter("trade", "is", ("游艺",)))) == 1
        assert [row["id"] for row in page(conn, Listing(stall, order="name", community=desk.community)).rows] == [first, second]


def test_it_goes_through_its_flow_with_the_rights_of_its_moves(stall: type[Record], desk: Desk) -> None:
    key = a_stall(desk)
    with pytest.raises(NotAllowed):
        move(seen_as(desk, Role.CLERK), stall, key, "open")
    move(desk, stall, key, "open")
    with pytest.raises(Refusal, match="停业原因 必填"):
        move(desk, stall, key, "close")
    move(desk, stall, key, "close", closed_because="季末")
    assert desk.get(stall, key)["state"] == "停业"
    with pytest.raises(Refusal, match="现在是“停业”，不能“准许营业”"):
        move(desk, stall, key, "open")


def test_its_deeds_are_guarded(stall: type[Record], desk: Desk) -> None:
    assert {deed for deed in rights() if deed.startswith("night_stall.")} == {
        f"night_stall.{deed}" for deed in ("add", "correct", "end", "take_back", "revert", "open", "close")
    }
    assert not may(Role.READER, "night_stall.add")
    with pytest.raises(NotAllowed):
        a_stall(seen_as(desk, Role.READER))


def test_it_shows_in_due_work(stall: type[Record], desk: Desk) -> None:
    key = a_stall(desk)
    assert due_counts(desk).all == 0
    moved(desk, 31)
    assert (due_counts(desk).overdue, due_by_type(desk)["night_stall"].overdue) == (1, 1)
    (line,) = due_work(desk)
    assert (line.record, line.title, line.todo, line.days_left, line.deed) == (key, "𠮷记烧烤", "去看摊位", -1, "open")


def test_it_has_a_template_that_is_imported_and_a_list_that_is_exported(stall: type[Record], desk: Desk, tmp_path: Path) -> None:
    a_person(desk, "张三")
    write_template(tmp_path / "模板.xlsx", stall)
    sheet = read(tmp_path / "模板.xlsx")[0]
    heads = [str(head) for head in sheet.rows[0]]
    assert heads == ["摊位名称*", "起租日期*", "经营", "设备", "桌数", "摊主", "摊主证件号码", "摊主电话", "备注"]
    filled = Sheet(sheet.name, False, [
        *sheet.rows, ["张三烤串", "2021-11-02", "小吃", "明火、用电", 6.0, "张三", id_number("441502", "19630715", 12), "13800138001", None]
    ])  # fmt: skip
    run_import(desk, stall, dry_run(desk, stall, filled, propose(filled, stall)))
    (row,) = desk.rows(stall)
    assert (row["name"], row["goods"], row["tables"], row["phone"], row["state"]) == ("张三烤串", "明火,用电", 6, "13800138001", "申请")
    assert export(desk, Listing(stall, community=desk.community), tmp_path / "摊位.xlsx") == 1
    assert "张三烤串" in str(read(tmp_path / "摊位.xlsx")[0].rows)


def test_it_travels_as_its_fields_say(stall: type[Record], desk: Desk) -> None:
    key = a_stall(desk, id_number=id_number("441502", "19630715", 12), phone="13800138000", note="不上报")
    line = line_of_row(stall, desk.get(stall, key), HMAC_KEY)
    assert stall in travelling_types()
    assert line.f["name"] == "𠮷记烧烤"
    assert str(line.f["id_number"]).startswith("#")
    assert not {"phone", "note"} & set(line.f)


def test_what_not_everybody_may_see_is_masked_until_somebody_asks_who_may(stall: type[Record], desk: Desk, tmp_path: Path) -> None:
    key = a_stall(desk, note="欠租两季", phone="13800138000")
    clerk, reviewer, reader = (seen_as(desk, role) for role in (Role.CLERK, Role.REVIEWER, Role.READER))
    note, phone = stall.fields()["note"], stall.fields()["phone"]
    assert [[one.sees(spec) for one in (clerk, reviewer, reader)] for spec in (note, phone, stall.fields()["name"])] == [
        [False, True, False], [True, True, False], [True, True, True]
    ]  # fmt: skip
    assert (note.mask("欠租两季"), phone.mask("13800138000")) == ("＊＊＊", "138****8000")
    for somebody in (clerk, reader):
        with pytest.raises(NotAllowed):
            records.unmask(somebody, stall, key, "note")
    assert records.unmask(reviewer, stall, key, "note") == "欠租两季"
    assert [done for deed, done in audited(desk) if deed == "record.unmask"] == [False, False, True]
    here = Listing(stall, community=desk.community)
    for somebody, full, said in ((clerk, False, "＊＊＊"), (reviewer, False, "＊＊＊"), (reviewer, True, "欠租两季")):
        export(somebody, here, tmp_path / "摊位.csv", columns=("name", "note"), full=full)
        assert said in (tmp_path / "摊位.csv").read_text(encoding="utf-8")
        assert said in plain_list(somebody, here, masked=not full, keys=("name", "note")).rows[0]


def test_it_is_ended_taken_back_and_erased(stall: type[Record], desk: Desk) -> None:
    key = a_stall(desk)
    records.end(desk, stall, key, because="登记错误")
    records.take_back(desk, stall, key)
    records.erase(desk, stall, key, reason="本人申请，2022-03-01")
    with pytest.raises(Refusal, match="找不到"):
        desk.get(stall, key)
