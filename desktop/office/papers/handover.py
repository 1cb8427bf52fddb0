"""移交登记表, read out of the ledger: one batch on its way to the district."""

import json

from desktop.model import days
from desktop.model.codes import office_name
from desktop.model.contents import record_type
from desktop.model.courier import Batch
from desktop.office.desk import Desk
from desktop.office.facts.handover import BatchFacts
from desktop.office.papers import office, print_mark


def batch(desk: Desk, key: str) -> BatchFacts:
    """移交登记表 of a batch: counts and hash, no resident."""
    row = desk.get(Batch, key)
    counts = json.loads(row["counts"] or "{}")
    to, _above = office_name(row["office"])
    header = row["header"] or ""
    return BatchFacts(
        office(desk), f"YJ{row['number']:04d}", f"{to}（{row['office']}）", str(row["number"]),
        f"{days.show_day(row['since_on'])}至{days.show_day(row['until_on'])}", row["file"] or "", f"{(row['size'] or 0) / 1024:.1f} KB",
        row["sha256"] or "", header, tuple((record_type(kind).label, str(count)) for kind, count in counts.items()),
        str(row["lines"] or 0), row["created_at"][:16].replace("T", " "), row["created_by"], mark=print_mark(desk),
    )  # fmt: skip
