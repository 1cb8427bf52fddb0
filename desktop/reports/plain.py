"""Any list as a ledger: what a page of records prints when nobody drew a form for it."""

from desktop.office.facts import ListFacts
from desktop.reports.fonts import FontBook, shipped
from desktop.reports.ledger import ledger
from desktop.reports.pen import Remarks
from desktop.reports.sheet import Paper, bind


def plain_rows(facts: ListFacts) -> ListFacts:
    """A list is its own lines."""
    return facts


def plain_list(facts: ListFacts, book: FontBook | None = None) -> Paper:
    """The list on paper, whatever its columns."""
    book, remarks = book or shipped(), Remarks()
    return bind(book, facts.title, facts.office, [ledger(facts, book, remarks)], remarks)
