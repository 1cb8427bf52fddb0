"""What left the office on paper, as the chain of deeds tells it: written when it leaves, read when somebody asks for the last time.

个人信息保护法 arts. 55–56: which paper, how many records, and whether ID numbers and telephones stood on it in full.
"""

import re
from dataclasses import dataclass

from sqlalchemy import select

from desktop.office.desk import Desk
from desktop.store.tables import audit

AS_FILE = " PDF"
WRITTEN = re.compile(r"(?P<file> PDF)? (?P<count>\d+) 条")


@dataclass(frozen=True)
class LastPrint:
    """When a form left last, with how many records, and whether as a file."""

    day: str
    count: int
    as_file: bool


def allow_unmasked(desk: Desk, paper: str, count: int) -> None:
    """Full numbers may be printed: the right is checked and the print written down, or NotAllowed."""
    with desk.deed("paper.print_unmasked") as work:
        work.remark(f"{paper} {count} 条")


def log_print(desk: Desk, paper: str, count: int, *, as_file: bool = False) -> None:
    """A paper left the office: what and how many records."""
    with desk.deed("paper.print") as work:
        work.remark(f"{paper}{AS_FILE if as_file else ''} {count} 条")


def last_print(desk: Desk, paper: str) -> LastPrint | None:
    """The last time this paper left; None when it never did."""
    written = (audit.c.deed == "paper.print", audit.c.ok == 1, audit.c.what.startswith(f"{paper} ", autoescape=True))
    query = select(audit.c.at, audit.c.what).where(*written).order_by(audit.c.seq.desc())
    with desk.books.read() as conn:
        for at, what in conn.execute(query):
            if found := WRITTEN.fullmatch(what, len(paper)):
                return LastPrint(at[:10], int(found["count"]), bool(found["file"]))
    return None
