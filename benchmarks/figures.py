"""Job 10: a figure over a whole district and over one community, each beside the bare count on a covering index."""

from pathlib import Path
from random import Random

from benchmarks import ledgers
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.model.activity import Service
from desktop.office import figures
from desktop.office.figure_lines import Span
from desktop.store.bulk import add_rows
from desktop.store.work import new_id

COMMUNITIES, EACH = 990, 200
ROUNDS = 7
KEY = "14.times"  # 服务人次: every service of the period counts once
CODES = [f"441502{number:06d}" for number in range(1001, 1001 + COMMUNITIES)]
SINCE, UNTIL = "2021-01-01", "2021-11-30"
COVER = "CREATE INDEX bench ON service (community, ended_on, state, served_on)"
WHERE = "ended_on IS NULL AND state IN ('已登记', '已确认', '已反馈') AND served_on BETWEEN ? AND ?"


def run() -> list[Outcome]:
    """The product's figure, all and one."""
    with ledgers.ground() as ground:
        kept = services()
        desk = ledgers.opened(ledgers.copied(kept, ground / "product"))
        floor = ledgers.copied(kept, ground / "floor")
        writer = ledgers.raw_writer(floor)
        writer.execute(COVER)
        writer.close()
        driver = ledgers.raw_reader(floor)
        district, one = Span(ledgers.DISTRICT, SINCE, UNTIL), Span(CODES[500], SINCE, UNTIL)
        sql = f"SELECT community, count(*) FROM service WHERE {WHERE} GROUP BY community"
        sides = [
            Side("floor", "GROUP BY community on a covering index", lambda: driver.execute(sql, (SINCE, UNTIL)).fetchall()),
            Side("product", f"figures.value({KEY}) of the district", lambda: figures.value(desk, KEY, district)),
            Side("product, one", f"figures.value({KEY}) of one community", lambda: figures.value(desk, KEY, one)),
        ]
        goals = [
            Goal("figure of the district ≤ 1.3 × floor", "product", "floor", most=1.3),
            Goal("district ≥ 100 × one community", "product", "product, one", least=100.0),
        ]
        try:
            size = f"{COMMUNITIES} × {EACH} services"
            return [contest("figures", "a figure", size, sides, goals, rounds=ROUNDS)]
        finally:
            driver.close()
            desk.books.ledger.close()


def services() -> Path:
    """A district's ledger with services of 990 communities; rows only, for a figure reads nothing else."""

    def build(folder: Path) -> None:
        desk, dice = ledgers.found(folder, ledgers.DISTRICT, "区"), Random(f"{ledgers.SEED}/services")
        columns = tuple(column.name for column in Service.table().columns)
        kept = dict.fromkeys(columns) | {
            "version": 1, "created_at": ledgers.now(), "created_by": "bench", "changed_at": ledgers.now(), "changed_by": "bench",
            "sitting": "0" * 16, "tick": 1, "state": "已登记", "volunteering": 1,
        }  # fmt: skip
        for begin in range(0, COMMUNITIES, 99):
            rows = []
            for code in CODES[begin : begin + 99]:
                for _nth in range(EACH):
                    day = f"2021-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
                    row = kept | {"community": code, "id": new_id(), "served_on": day, "person": new_id(), "minutes": dice.randint(30, 240)}
                    rows.append(tuple(row[name] for name in columns))
            with desk.deed("record.import") as work:
                add_rows(work.conn, Service.table(), columns, rows)
        with desk.deed("record.import") as work:
            work.conn.exec_driver_sql("ANALYZE")
        desk.books.ledger.close()

    return ledgers.kept(f"services-{COMMUNITIES}x{EACH}", build)
