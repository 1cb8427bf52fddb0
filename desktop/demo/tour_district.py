"""The district's part of the tour: 99 communities enrol, their batches merge, the figures are the article's, the receipt rides back."""

import shutil
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from desktop.demo.tour import Tour
from desktop.demo.tour_hand import click, go, rest, settle, shoot, until
from desktop.demo.tour_rehearsal import application, close_window, open_window
from desktop.demo.tour_watch import WATCH
from desktop.demo.world import BINHAI, DISTINCT, OPINIONS, PROJECTS, ROLE_TOTALS, SOURCES, plan
from desktop.demo.world_ledgers import CHEAP, DISTRICT_LOGIN, PASSWORD, community_ledger
from desktop.model.codes import DISTRICT
from desktop.model.contents import RECORD_TYPES
from desktop.model.courier import Batch
from desktop.model.errors import Refusal
from desktop.office.district import FULL, GAPS, board
from desktop.office.figure_lines import Span
from desktop.office.figures import Figure, count, front_line_sum
from desktop.office.ledgers import found_office, sign_in
from desktop.office.selections import Selection
from desktop.reports.producing import produce
from desktop.store.journal import broken_link
from desktop.sync import offices, sending
from desktop.sync.merging import merge
from desktop.sync.refused import BatchRefused
from desktop.sync.stick import list_stick, write_to_stick
from desktop.ui.district import district_groups, special_pages
from desktop.ui.office import OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.session import Session

WORKERS = 2
ARTICLE = {"2": 1506, "3": 336, "4": 615, "5": 2456, "6": 6368, "8": 6416}


def codes_of(tour: Tour) -> list[str]:
    """The communities of this walk; 滨海社区 is always among them."""
    every = [one.code for one in plan().communities]
    return sorted({BINHAI, *every[: tour.communities - 1]}) if tour.communities < len(every) else every


def prepare(root: Path, code: str, now: str) -> str:
    """In a process of its own: one community's year is written, and its request lies on its stick."""
    desk = community_ledger(root / "ledgers" / code, plan().of(code))
    desk.clock = lambda: now
    stick = root / "sticks" / code
    stick.mkdir(parents=True, exist_ok=True)
    offices.request_enrolment(desk, stick, to=DISTRICT)
    fingerprint = offices.our_card(desk).fingerprint
    desk.books.ledger.close()
    return fingerprint


def send(root: Path, code: str, district: str, now: str, to: Path) -> int:
    """In a process of its own: the district is trusted by its typed fingerprint, the batch is sealed to the messenger's stick."""
    desk = sign_in(root / "ledgers" / code, DISTRICT_LOGIN, PASSWORD, now=lambda: now)
    try:
        welcome = next(one.path for one in list_stick(root / "sticks" / code) if one.kind == "welcome")
        offices.accept_welcome(desk, welcome, district)
        return sum(sending.write_batch(desk, to).counts.values()) if code != BINHAI else 0
    finally:
        desk.books.ledger.close()


def begin(tour: Tour) -> None:
    """The district's ledger, and all the communities' years, written in the background while the clerk works."""
    application()
    codes = codes_of(tour)
    pool = ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"))
    first = [BINHAI, *(code for code in codes if code != BINHAI)]
    tour.facts["codes"] = codes
    jobs: dict[str, Future[str]] = {code: pool.submit(prepare, tour.out, code, tour.now) for code in first}
    _KEPT[str(tour.out)] = (pool, jobs)
    with tour.step("区里：建账，登记滨海社区"):
        desk, _paper = found_office(
            tour.out / "district", community=DISTRICT, tier="区", admin="方立言", login="fang", password=PASSWORD,
            now=tour.clock, cost=CHEAP,
        )  # fmt: skip
        _accept(tour, desk, BINHAI, jobs[BINHAI].result())
        send(tour.out, BINHAI, offices.our_card(desk).fingerprint, tour.now, tour.folder("stick"))
        tour.same("区里登记的单位", [card.name for card in offices.peers(desk.books)], ["滨海社区"])
        desk.books.ledger.close()


_KEPT: dict[str, tuple[ProcessPoolExecutor, dict[str, Future[str]]]] = {}  # the work in the background, by the tour's folder


def _accept(tour: Tour, desk: Any, code: str, fingerprint: str) -> None:
    stick = tour.out / "sticks" / code
    request = next(one.path for one in list_stick(stick) if one.kind == "enrol")
    offices.accept_enrolment(desk, request, fingerprint, stick)


def receive(tour: Tour) -> None:
    """All the sticks arrive."""
    desk = sign_in(tour.out / "district", "fang", PASSWORD, now=tour.clock)
    pool, jobs = _KEPT.pop(str(tour.out))
    codes = tour.facts["codes"]
    stick = tour.folder("district-stick")
    with tour.step(f"{len(codes)} 个社区登记、封批"):
        for code in codes:
            if code != BINHAI:
                _accept(tour, desk, code, jobs[code].result())
        ours = offices.our_card(desk).fingerprint
        sent = [pool.submit(send, tour.out, code, ours, tour.now, stick) for code in codes if code != BINHAI]
        tour.facts["lines"] = sum(job.result() for job in sent)
        pool.shutdown()
        _copy(Path(tour.facts["batch_file"]), stick)
        tour.same("U 盘上的批次", len([one for one in list_stick(stick) if one.kind == "up"]), len(codes))
    window = open_window(lambda: OfficeWindow(Session(desk), {**SPECIAL_PAGES, **special_pages()}, district_groups()))
    go(window, "board")
    rest(0.2)
    with tour.step("区里读入 U 盘：一批一个事务"):
        page: Any = window.current_page()
        page.read_stick(stick)
        until(lambda: len(desk.rows(Batch, direction="收到")) == len(codes) and not page.work.is_busy, "all batches", 600)
        settle(page)
        rows = desk.rows(Batch, direction="收到")
        tour.same("收下的批次", sum(row["verdict"] == "已入库" for row in rows), len(codes))
        tour.same("没有一条待补或退回", sum((row["waiting"] or 0) + (row["refused"] or 0) for row in rows), 0)
        tour.facts["merged"] = sum(row["lines"] for row in rows)
        page.bar.clear()
        until(lambda: not page.reads.is_busy, "the board of this month")
        click(window, "上月")
        until(lambda: page.seen.month == "2021-12" and not page.reads.is_busy, "the board of December")
        rest(0.2)
        shoot(window, tour.screen("district"))
    with tour.step("点一个数，看它数的那些行"):
        _drill_down(tour, window)
    with tour.step("区里的数就是文章的数"):
        _figures(tour, desk)
    with tour.step("区里打印年报"):
        made = produce(desk, "month", Selection(since="2021-01-01", until="2021-12-31"))
        tour.paper("district-year").write_bytes(made.pdf)
        tour.hold(f"年报 {made.pages} 页", made.pages > 0)
    with tour.step("同一批再来一次、改过一个字节、别的区的"):
        _abuse(tour, desk)
    with tour.step("写回执"):
        page = window.current_page()
        page.board.choose(BINHAI)
        page.write_receipt_to(BINHAI, tour.folder("stick"))
        settle(page)
        tour.hold("回执写好读回", "已写好" in page.bar.text)
        shoot(window, tour.screen("district-receipt"))
    close_window(window)


def _drill_down(tour: Tour, window: OfficeWindow) -> None:
    board: Any = window.current_page()
    said = int(board.figures.boxes["8"].text())
    with WATCH.block("opens the rows of 8"):
        board.figures.boxes["8"].clicked.emit()
    rest(0.3)
    table: Any = window.current_page()
    tour.hold(f"民生实事 {said} 件，点开 {table.view.rows.rowCount()} 行", 0 < said == table.view.rows.rowCount())
    with WATCH.block("opens a row"):
        table.view.opened.emit(table.view.current_id())
    rest(0.2)
    shoot(window, tour.screen("district-rows"))
    go(window, "figures")
    page: Any = window.current_page()
    until(lambda: page.seen is not None and not page.reads.is_busy, "the figures")
    click(window, "看全年")
    until(lambda: not page.reads.is_busy, "the figures of this year")
    click(window, "上年")
    until(lambda: not page.reads.is_busy, "the figures of the year")
    rest(0.2)
    shoot(window, tour.screen("district-figures"))
    go(window, "board")
    until(lambda: not board.reads.is_busy, "the board")


def _figures(tour: Tour, desk: Any) -> None:
    year = {one.key: one for one in count(desk, Span(DISTRICT, "2021-01-01", "2021-12-31"))}
    tour.figures = {key: one.value for key, one in year.items()} | {"2+3+4+5": front_line_sum(list(year.values()))}
    whole = len(tour.facts["codes"]) == len(plan().communities)
    if whole:
        tour.same("镇街干部等四类的人数", {key: year[key].value for key in ("2", "3", "4", "5")}, {key: ARTICLE[key] for key in "2345"})
        tour.same("四类相加", front_line_sum(list(year.values())), sum(ROLE_TOTALS.values()))
        tour.same("去重后", year["2-5"].value, DISTINCT)
        tour.same("意见建议", year["6"].value, OPINIONS)
        tour.same("民生实事", year["8"].value, PROJECTS)
    parts = {source: year[f"8.{source}"].value for source in SOURCES}
    tour.same("来源构成相加", sum(parts.values()), year["8"].value)
    tour.same("有无来源意见相加", year["8.opinion"].value + year["8.none"].value, year["8"].value)
    tour.same("四类区域相加", sum(year["6"].by_area.values()), year["6"].value)
    january: dict[str, Figure] = {one.key: one for one in count(desk, Span(DISTRICT, "2022-01-01", tour.now[:10]))}
    typed = {"6": 1, "7": 1, "14": 1, "14.times": 3, "25": 1, "25.found": 1}
    tour.same("一月的数就是刚才输进去的", {key: january[key].value for key in typed}, typed)
    standings = [one for town in board(desk, "2021-12") for one in town.standings if one.newest is not None]
    tour.same("报了的社区", len(standings), len(tour.facts["codes"]))
    tour.hold("格子的状态说得出", all(one.state in (FULL, GAPS) for one in standings))


def _abuse(tour: Tour, desk: Any) -> None:
    path = Path(tour.facts["batch_file"])
    before = _counts(desk)
    again = merge(desk, path)
    tour.hold("同一批第二次：已收过，没有变化", again.already and _counts(desk) == before)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    bad = tour.folder("spoilt") / path.name
    bad.write_bytes(bytes(raw))
    for what, spoilt in (("翻一个比特", bytes(raw)), ("截短", bytes(raw[:-100])), ("空文件", b"")):
        bad.write_bytes(spoilt)
        try:
            merge(desk, bad)
        except (BatchRefused, Refusal) as refusal:
            tour.hold(f"{what}：{refusal.what}", _counts(desk) == before)
        else:
            tour.hold(f"{what}被收下了", False)


def _counts(desk: Any) -> dict[str, int]:
    """Rows of every record table, over all communities."""
    with desk.books.read() as conn:
        tables = {record.__tablename__: record.table() for record in RECORD_TYPES}
        return {name: int(conn.execute(select(func.count()).select_from(table)).scalar_one()) for name, table in tables.items()}


def _copy(source: Path, stick: Path) -> None:
    """The community's stick is put beside the others."""
    write_to_stick(stick, source.name, source)


def end(tour: Tour) -> None:
    """What must be true of the district's ledger at the end."""
    with tour.step("区里的账本完好"):
        desk = sign_in(tour.out / "district", "fang", PASSWORD, now=tour.clock)
        desk.books.ledger.check_pages()
        with desk.books.read() as conn:
            tour.same("操作记录的链断在", broken_link(conn), None)
        tour.hold(f"合并了 {tour.facts['merged']} 条", tour.facts["merged"] > 0)
        desk.books.ledger.close()
    tidy(tour)


def tidy(tour: Tour) -> None:
    """The big ledgers are not part of what the tour shows; only the clerk's and the district's stay."""
    for code in tour.facts["codes"]:
        if code != BINHAI:
            shutil.rmtree(tour.out / "ledgers" / code)
    shutil.rmtree(tour.out / "sticks")
