"""The clerk's part of the tour: a roster imported, people and things typed, checked, printed, sealed; later the receipt.

The day is 3 January 2022, after the article's year: what is typed here moves January's figures and leaves 2021's as they are.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.demo.tour import Tour
from desktop.demo.tour_hand import CONTROL, click, commit, fill, fill_form, go, press, rest, settle, shoot, until
from desktop.demo.tour_rehearsal import application, close_window, community_window
from desktop.demo.tour_watch import WATCH
from desktop.demo.world import BINHAI
from desktop.demo.world_ledgers import DISTRICT_LOGIN, PASSWORD
from desktop.exchange.importing import Fate
from desktop.model.activity import Activity, Service
from desktop.model.checkin import CheckIn
from desktop.model.contents import record_type
from desktop.model.courier import Batch
from desktop.model.inspection import ChecklistTemplate, Danger, Inspection
from desktop.model.kinds import Value
from desktop.model.opinion import Handling, Opinion
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.office import backups
from desktop.office.inspections import item_lines
from desktop.office.ledgers import sign_in
from desktop.office.selections import Selection
from desktop.reports.producing import produce
from desktop.store.journal import broken_link
from desktop.sync import standing
from desktop.sync.receipts import NOT_YET, fate_of
from desktop.ui.moving import MoveCard

NAME, NUMBER, PHONE = "𬭊𪻐", "440308199901101512", "13800138000"
ROSTER = Path(__file__).resolve().parents[2] / "resources" / "samples" / "roster-made.xlsx"


def work(tour: Tour) -> None:
    """From the roster to the sealed batch."""
    application()
    desk = sign_in(tour.out / "ledgers" / BINHAI, DISTRICT_LOGIN, PASSWORD, now=tour.clock)
    window = community_window(desk)
    for name, part in (
        ("导入名册：七行进，两行退", _import), ("登记一个人", _person), ("报到，领回执", _check_in), ("记一次服务", _service),
        ("登记一条意见，办到反馈", _opinion), ("查一家场所，出通知书", _inspection), ("看指标，点开名单", _look_at_figures),
        ("打印每一种表", _print), ("封一批写到 U 盘", _seal), ("备份并打开核对", _back_up),
    ):  # fmt: skip
        with tour.step(name):
            part(tour, window)
    close_window(window)


def _only(window: Any, record: type[Any], **equal: Value) -> Any:
    rows = window.session.desk.rows(record, **equal)
    return rows[-1] if rows else None


def _import(tour: Tour, window: Any) -> None:
    before = len(window.session.desk.rows(Person))
    go(window, "import", kind="person", path=ROSTER)
    page = window.current_page()
    until(lambda: page.dry is not None and not page.work.is_busy, "the dry run")
    fill(page.fixed.bound["roles"].field.editor, "居民")
    until(lambda: page.dry.count(Fate.NEW) == 7 and not page.work.is_busy, "seven rows to be accepted")
    shoot(window, tour.screen("import"))
    tour.same("退回的行", [line.row for line in page.dry.of(Fate.REFUSED)], [8, 11])
    tour.hold("第 8 行说号码丢了后几位", "E8" in str(page.dry.of(Fate.REFUSED)[0].problems[0]))
    click(window, "导入 7 行")
    until(lambda: page.done is not None, "the import")
    tour.same("新增的人", len(window.session.desk.rows(Person)) - before, 7)


def _person(tour: Tour, window: Any) -> None:
    go(window, "form:person")
    page = window.current_page()
    fill_form(page, {"name": NAME, "id_number": NUMBER})
    tour.same("证件号填好了性别", page.bindings["sex"].field.value(), "1")
    tour.same("证件号填好了出生日期", page.bindings["born"].field.value(), "1999-01-10")
    commit(page.bindings["phone"].field.editor, PHONE[:-1])
    press(page.bindings["phone"].field.editor, Qt.Key.Key_Return, CONTROL)
    rest()
    tour.hold("少一位的手机号存不进去", "10" in page.bindings["phone"].field.word)
    shoot(window, tour.screen("form"))
    commit(page.bindings["phone"].field.editor, PHONE[-1])
    fill_form(page, {"roles": "机关党员"})
    press(page.bindings["post"].field.editor, Qt.Key.Key_Return, CONTROL)
    settle(page)
    row = _only(window, Person, id_number=NUMBER)
    tour.same("存下的姓名", row and row["name"], NAME)
    tour.same("存下的类别", row and row["roles"], f"机关党员 {tour.now[:10]}~")


def _check_in(tour: Tour, window: Any) -> None:
    go(window, "form:check_in")
    page = window.current_page()
    fill_form(page, {"who": "在职党员", "person": NAME, "reported_on": "今天", "branch_duty": "治安巡逻"})
    press(page.bindings["branch_duty"].field.editor, Qt.Key.Key_Return, CONTROL)
    settle(page)
    person = _only(window, Person, id_number=NUMBER)
    report = _only(window, CheckIn, person=person["id"])
    tour.same("报到状态", report["state"], "已报到")
    tour.hold(f"回执编号 {report['slip_no']}", str(report["slip_no"]).startswith("HZ-220103-"))
    go(window, "form:check_in")
    fill_form(page, {"who": "在职党员", "person": NAME, "reported_on": "今天"})
    press(page.bindings["branch_duty"].field.editor, Qt.Key.Key_Return, CONTROL)
    settle(page)
    tour.hold("同一个人不能再报到", "不能重复报到" in page.bar.text)
    page._typed.clear()
    go(window, "table:check_in")
    shoot(window, tour.screen("check-ins"))


def _service(tour: Tour, window: Any) -> None:
    go(window, "form:activity")
    page = window.current_page()
    fill_form(page, {"name": "长者眼健康义诊", "held_on": "2022-1-3", "activity_kind": "义诊"})
    fill(page.minutes.field.editor, "1.5")
    fill(page.volunteering.field.editor, "是")
    for name in (NAME, "施玲刚", "区涛勇"):
        fill(page.picker, name)
    tour.same("参加的人", len(page.people), 3)
    shoot(window, tour.screen("activity"))
    press(page.bindings["name"].field.editor, Qt.Key.Key_Return, CONTROL)
    settle(page)
    activity = _only(window, Activity, name="长者眼健康义诊", held_on=tour.now[:10])
    services = window.session.desk.rows(Service, activity=activity["id"])
    tour.same("服务记录", [row["minutes"] for row in services], [90, 90, 90])


def _opinion(tour: Tour, window: Any) -> None:
    go(window, "form:opinion")
    page = window.current_page()
    fill_form(page, {
        "title": "南门减速带松动", "text": "海韵苑南门减速带松动，早上上学时段车多，老人孩子过路不安全。", "heard_on": "昨天",
        "channel": "入户走访", "topic": "交通", "said_by": "李小芳", "phone": "13912342107",
    })  # fmt: skip
    press(page.bindings["title"].field.editor, Qt.Key.Key_Return, CONTROL)
    settle(page)
    row = _only(window, Opinion, title="南门减速带松动")
    tour.same("办理期限是收集后 60 天", row["due_on"], "2022-03-03")
    go(window, "record:opinion", id=row["id"])
    page = window.current_page()
    for state, asks in (
        ("研判", {"verdict": "采纳"}), ("交办", {"handling_unit": "交通", "handler": "蔡文远"}), ("办理中", {}),
        ("办结", {"result": "减速带已重新固定，补了反光贴。"}), ("反馈", {"replied_by": "电话", "satisfied": "满意"}),
    ):  # fmt: skip
        press(page, Qt.Key.Key_F9)
        rest()
        card = next((one for one in page.findChildren(MoveCard) if one.isVisible()), None)
        if card is not None:
            for key, value in asks.items():
                fill(card.bindings[key].field.editor, _unit(window) if key == "handling_unit" else value)
            click(card, "确定")
        settle(page)
        tour.same("意见走到", window.session.desk.get(Opinion, row["id"])["state"], state)
    tour.same("办理经过", len(window.session.desk.rows(Handling, opinion=row["id"])), 6)
    shoot(window, tour.screen("opinion-answered"))
    tour.facts["opinion"] = row["id"]


def _unit(window: Any) -> str:
    """The name of some unit that stands in the ledger."""
    return str(window.session.desk.rows(record_type("organisation"))[0]["name"])


def _inspection(tour: Tour, window: Any) -> None:
    desk = window.session.desk
    place = next(row for row in desk.rows(Place, kind="场所") if row["premises"] == "九小场所")
    template = desk.rows(ChecklistTemplate)[0]
    go(window, "form:inspection")
    page = window.current_page()
    fill_form(page, {"place": place["name"], "template": template["name"], "inspected_on": "今天", "inspectors": "林若溪、施明哲"})
    press(page.bindings["inspectors"].field.editor, Qt.Key.Key_Return, CONTROL)
    settle(page)
    run = next(row for row in desk.rows(Inspection, place=place["id"]) if row["inspected_on"] == tour.now[:10])
    go(window, "record:inspection", id=run["id"])
    page = window.current_page()
    lines = item_lines(desk, run["id"])
    page.view.items.setFocus()
    for nth, _line in enumerate(lines):
        bad = nth == 4
        press(_focused(page), Qt.Key.Key_2 if bad else Qt.Key.Key_1)
        if bad:
            rest()
            commit(_focused(page), "后仓冷柜插座私拉线路 2 处，无漏保")
            shoot(window, tour.screen("inspection-danger"))
            press(_focused(page), Qt.Key.Key_Return)
            until(lambda: page.deeds.is_idle, "the danger to be written")
            page.view.items.setFocus()
    until(lambda: page.deeds.is_idle, "the marks to be written")
    marks = [line.mark for line in item_lines(desk, run["id"])]
    tour.same("没有漏记的项", marks.count(None), 0)
    tour.same("不合格的项", marks.count("不合格"), 1)
    press(_focused(page), Qt.Key.Key_Return, CONTROL)
    until(lambda: desk.get(Inspection, run["id"])["state"] == "已完成" and page.deeds.is_idle, "the run to be finished")
    press(_focused(page), Qt.Key.Key_F9)
    until(lambda: bool(_only(window, Danger, inspection=run["id"])["notice_no"]), "the notice")
    danger = _only(window, Danger, inspection=run["id"])
    tour.hold(f"通知书 {danger['notice_no']}，限期 {danger['due_on']}", danger["state"] == "整改中" and danger["due_on"] > tour.now[:10])
    tour.facts |= {"inspection": run["id"], "danger": danger["id"], "template": template["id"]}
    window._trail.clear()


def _look_at_figures(tour: Tour, window: Any) -> None:
    go(window, "figures")
    page = window.current_page()
    until(lambda: page.seen is not None and not page.reads.is_busy, "the figures")
    counted = {one.key: one.value for one in page.seen.figures}
    for key in ("6", "14.times", "25", "25.found"):
        go(window, "figures")
        with WATCH.block(f"opens the rows of {key}"):
            page.list.opened.emit(key)
        rest(0.1)
        tour.same(f"指标 {key} 点开的行数", window.current_page().view.rows.rowCount(), counted[key])
    go(window, "figures")
    until(lambda: not page.reads.is_busy, "the figures")
    rest(0.2)
    shoot(window, tour.screen("figures"))
    window._trail.clear()


def _focused(page: Any) -> Any:
    """The widget that has the keys, as the window system would find it."""
    return page.window().focusWidget() or page


def _print(tour: Tour, window: Any) -> None:
    from desktop.reports import PAPERS

    desk = window.session.desk
    person = _only(window, Person, id_number=NUMBER)["id"]
    unit = desk.rows(record_type("organisation"))[0]["id"]
    year = Selection(since="2021-01-01", until=tour.now[:10])
    wishes = {
        "registration": Selection((person,)), "unit-check-in": Selection((unit,)), "slip": Selection((person,)), "roster": Selection(),
        "service-card": replace(year, ids=(person,)), "opinion-ledger": year, "hand-over": Selection((tour.facts["opinion"],)),
        "reply": Selection((tour.facts["opinion"],)), "inspection": Selection((tour.facts["inspection"],)),
        "inspection-blank": Selection((tour.facts["template"],)), "notice": Selection((tour.facts["danger"],)), "month": year,
    }  # fmt: skip
    texts = {}
    for kind in PAPERS:
        if kind.key in wishes:
            made = produce(desk, kind.key, wishes[kind.key])
            tour.paper(kind.key).write_bytes(made.pdf)
            texts[kind.key] = text_of(made.pdf)
            tour.hold(f"{kind.title}：{made.pages} 页，没有缺字", made.pages > 0 and not made.missing)
    for key in ("registration", "slip", "roster", "service-card"):
        tour.hold(f"{key} 上印着 {NAME}", NAME in texts[key])
    tour.hold("花名册上证件号是遮蔽的", NUMBER not in texts["roster"] and "440308********1512" in texts["roster"])
    tour.hold("服务卡上有义诊", "长者眼健康义诊" in texts["service-card"])
    tour.hold("交办单不印提出人全名", "李小芳" not in texts["hand-over"])
    go(window, "print", paper="roster")
    page = window.current_page()
    rest(0.5)
    until(lambda: not page.work.is_busy, "the preview")
    rest(0.8)
    shoot(window, tour.screen("print"))


def text_of(pdf: bytes) -> str:
    """All the words of a document."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _seal(tour: Tour, window: Any) -> None:
    desk = window.session.desk
    stick = tour.folder("stick")
    standing.remember_stick(desk, stick)
    go(window, "exchange")
    page = window.current_page()
    until(lambda: page.seen is not None and not page.work.is_busy, "the exchange page")
    rest(0.3)
    shoot(window, tour.screen("exchange-before"))
    click(window, "写第 1 批")
    until(lambda: bool(desk.rows(Batch, direction="发出")), "the batch")
    settle(page)
    batch = _only(window, Batch, direction="发出")
    files = [path for path in (stick / "连心").iterdir() if "第001批" in path.name]
    tour.same("U 盘上的批次", [path.suffix for path in files], [".lxb"])
    raw = files[0].read_bytes()
    secrets = [word.encode() for word in (NAME, NUMBER, PHONE, "李小芳", "减速带")]
    tour.hold("U 盘丢了也读不出名字和号码", not any(secret in raw for secret in secrets))
    tour.hold(f"第 1 批 {batch['lines']} 条，状态 {batch['state']}", batch["state"] == "已制作")
    made = produce(desk, "batch", Selection((batch["id"],)))
    tour.paper("batch").write_bytes(made.pdf)
    tour.hold("移交登记表不印人名", NAME not in text_of(made.pdf))
    tour.facts |= {"batch": batch["id"], "batch_file": str(files[0])}
    with desk.books.read() as conn:
        fates = fate_of(conn, desk.community, "441502000000", [_only(window, Person, id_number=NUMBER)])
    tour.same("区里还没说话时", list(fates.values()), [NOT_YET])


def _back_up(tour: Tour, window: Any) -> None:
    desk = window.session.desk
    made = backups.back_up(desk, reason="tour", folder=tour.folder("backup"))
    tour.hold(f"备份 {made.rows} 行，已打开核对", made.rows > 1000)
    with desk.books.read() as conn:
        tour.same("操作记录的链断在", broken_link(conn), None)


def hear(tour: Tour) -> None:
    """The receipt comes home: the screen says 已入库, record by record."""
    with tour.step("读入回执：逐条已入库"):
        desk = sign_in(tour.out / "ledgers" / BINHAI, DISTRICT_LOGIN, PASSWORD, now=tour.clock)
        window = community_window(desk)
        go(window, "exchange")
        page: Any = window.current_page()
        until(lambda: page.seen is not None and not page.work.is_busy, "the exchange page")
        rest(0.3)
        press(page, Qt.Key.Key_I, CONTROL)
        click(window, "读入回执")
        until(lambda: desk.get(Batch, tour.facts["batch"])["state"] == "已入库", "the receipt")
        settle(page)
        until(lambda: not (page.reads.is_busy or page.reading.is_busy or page.opening.is_busy), "the lines of the batch")
        rest(0.5)
        shoot(window, tour.screen("exchange"))
        batch = desk.get(Batch, tour.facts["batch"])
        tour.same("第 1 批入库的条数", batch["taken"], batch["lines"])
        rows = [*desk.rows(Person, id_number=NUMBER), *desk.rows(Opinion, title="南门减速带松动"), *desk.rows(Danger)]
        with desk.books.read() as conn:
            fates = fate_of(conn, desk.community, "441502000000", rows)
        tour.same("逐条去向", set(fates.values()), {"已入库"})
        close_window(window)
