"""Every record type has its list and its form, read from the definition alone; one defined in a test file gets both as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Mapped
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.model.contents import RECORD_TYPES
from desktop.model.field import field
from desktop.model.flow import Flow, Move
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice, State
from desktop.model.kinds.identity import Phone
from desktop.model.kinds.records import Link, Serial
from desktop.model.kinds.tags import Tags
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import Title
from desktop.model.record import Base, Record, index_listed
from desktop.office import records
from desktop.office.desk import Desk
from desktop.ui.form import RecordForm
from desktop.ui.look import STANDARD, Look
from desktop.ui.office import OfficeWindow
from desktop.ui.session import Session
from desktop.ui.table import RecordTable
from tests.builders import HARBOUR, a_desk, a_person, founded
from tests.ui.hands import CTRL, Key, at_rest, press, shown, write

NAMES = [record.__tablename__ for record in RECORD_TYPES]


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    here = qapp.property("look")
    if not isinstance(here, Look):
        here = Look.install(qapp)
    yield here
    if here.size != STANDARD:
        here.set_size(STANDARD)


@pytest.fixture
def open_window(look: Look, qtbot: QtBot):
    def at(desk: Desk) -> OfficeWindow:
        window = OfficeWindow(Session(desk), {})
        qtbot.addWidget(window)
        window.resize(1366, 698)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.may_leave = lambda: True  # type: ignore[method-assign]  # nobody is there to answer the question at the end
        return window

    yield at
    QThreadPool.globalInstance().waitForDone()


def record_of(name: str) -> type[Record]:
    return next(record for record in RECORD_TYPES if record.__tablename__ == name)


@pytest.mark.parametrize("name", NAMES)
def test_its_list_opens_with_the_columns_of_its_definition(open_window, desk: Desk, name: str) -> None:
    record = record_of(name)
    window = open_window(desk)
    window.go(f"table:{name}")
    page = window.current_page()
    assert isinstance(page, RecordTable)
    columns = page.view.rows.shown_columns
    assert [column.label for column in columns][: len(record.listed())] == [spec.label for spec in record.listed()]
    assert columns, "a list shows something"
    assert window.windowTitle().startswith(record.label)


@pytest.mark.parametrize("name", [name for name in NAMES if record_of(name).groups()])
@pytest.mark.parametrize("size", [10.5, 18])
def test_its_form_opens_with_its_fields_in_its_groups(open_window, desk: Desk, look: Look, name: str, size: float) -> None:
    record = record_of(name)
    look.set_size(size)
    window = open_window(desk)
    window.go(f"form:{name}")
    page = window.current_page()
    assert isinstance(page, RecordForm)
    on_form = [spec for specs in record.groups().values() for spec in specs]
    assert list(page.bindings) == [spec.key for spec in on_form]
    assert [bound.field.label for bound in page.bindings.values()] == [spec.label for spec in on_form]
    assert page.fields.here() == on_form[0].key
    assert window.width() == 1366


def must(record: type[Record]) -> list[str]:
    """The fields without which its form is not saved."""
    return [spec.key for specs in record.groups().values() for spec in specs if spec.required]


@pytest.mark.parametrize("name", [name for name in NAMES if must(record_of(name))])
def test_an_empty_form_says_what_is_missing_and_writes_nothing(open_window, desk: Desk, name: str) -> None:
    record = record_of(name)
    before = len(desk.rows(record))
    window = open_window(desk)
    window.go(f"form:{name}")
    page = window.current_page()
    missing = [key for key in must(record) if not page.bindings[key].field.value()]
    assert missing, "what is known fills no whole form"
    press(page, Key.Key_Return, held=CTRL)
    assert [key for key, bound in page.bindings.items() if bound.field.tone == "err"] == missing
    assert len(desk.rows(record)) == before


# a record type in one file


@pytest.fixture(scope="module")
def stall() -> Iterator[type[Record]]:
    """The new record type, as its one file would define it; gone again after this page."""
    founded(HARBOUR, "社区")  # the ledger that other tests copy is made before there is a table that they do not know

    class FlowerStall(Record):
        """花市摊位: a stall of the flower market before the New Year."""

        label, icon, unit = "花市摊位", "home-heart", "个"
        keeps = ("let_on",)

        serial: Mapped[str | None] = field("编号", Serial("HS"), listed=True, searched=True, written=False)
        name: Mapped[str] = field("摊位名称", Title(20), required=True, listed=True, searched=True)
        let_on: Mapped[str] = field("起租日期", Day(), required=True, listed=True)
        trade: Mapped[str | None] = field("经营", Choice("年花 年桔 挥春"), listed=True)
        goods: Mapped[str | None] = field("设备", Tags("明火 用电"), listed=True)
        pots: Mapped[int | None] = field("盆数", Number("盆", most=400), listed=True)
        holder: Mapped[str | None] = field("摊主", Link("person"), listed=True, group="摊主")
        phone: Mapped[str | None] = field("摊主电话", Phone(), searched=True, group="摊主")
        state: Mapped[str] = field("状态", State("申请 开档"), listed=True, written=False, together="state")
        state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")

        flow = Flow("申请 开档", (Move("open", "开档", "申请", "开档"),), done="开档")

    RECORD_TYPES.append(FlowerStall)
    index_listed(FlowerStall)
    yield FlowerStall
    RECORD_TYPES.remove(FlowerStall)
    Base.metadata.remove(FlowerStall.table())


@pytest.fixture
def market(stall: type[Record], tmp_path: Path) -> Iterator[Desk]:
    """An office whose ledger has had the migration of the new type."""
    desk = a_desk(tmp_path)
    with desk.books.ledger.write() as conn:
        conn.execute(CreateTable(stall.table()))
        for index in stall.table().indexes:
            conn.execute(CreateIndex(index))
    yield desk
    QThreadPool.globalInstance().waitForDone()
    desk.books.ledger.close()


def test_a_type_of_one_file_is_typed_listed_moved_on_and_found(open_window, stall: type[Record], market: Desk, qtbot: QtBot) -> None:
    a_person(market, "陈嘉禾")
    window = open_window(market)
    window.go("table:flower_stall")
    assert window.current_page().empty.isVisible()
    press(window, Key.Key_N, held=CTRL)
    form = window.current_page()
    assert [bound.field.label for bound in form.bindings.values()] == ["摊位名称", "起租日期", "经营", "设备", "盆数", "摊主", "摊主电话"]
    write(form, "Peony 3")
    press(form, Key.Key_Return)
    write(form, "20211120")
    press(form, Key.Key_Return, Key.Key_Down, Key.Key_Return, Key.Key_Right, Key.Key_Space, Key.Key_Return)
    write(form, "120")
    press(form, Key.Key_Return)
    write(form, "cjh")
    qtbot.waitUntil(lambda: form.bindings["holder"].field.editor.found is not None)
    press(form, Key.Key_Return)
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    (row,) = market.rows(stall)
    assert (row["name"], row["let_on"], row["trade"], row["goods"], row["pots"], row["state"]) == (
        "Peony 3", "2021-11-20", "年花", "用电", 120, "申请"
    )  # fmt: skip
    table = window.current_page()
    assert shown(table.view, "holder") == ["陈嘉禾"]
    assert shown(table.view, "state") == ["申请"]
    press(table, Key.Key_Return, Key.Key_F9)
    at_rest(qtbot, table)
    assert shown(table.view, "state") == ["开档"]
    press(table, Key.Key_F3)
    write(table, "peony")
    qtbot.waitUntil(lambda: table.listing.text == "peony")
    assert shown(table.view, "name") == ["Peony 3"]


def test_a_type_of_one_file_is_narrowed_by_its_own_words(open_window, stall: type[Record], market: Desk) -> None:
    from desktop.ui.filtering import filterable

    records.add(market, stall, name="甲", let_on="2021-11-01", trade="年花")
    window = open_window(market)
    window.go("table:flower_stall")
    assert [spec.label for spec in filterable(stall)] == ["起租日期", "经营", "设备", "摊主", "状态", "状态日期"]
    assert window.current_page().subtitle() == "在册 1 个"
