"""From a wish to a paper: gather the facts, draw them. Screen, command line and tour print through this one door."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.office.desk import Desk
from desktop.office.facts import ListFacts
from desktop.office.selections import Selection, gather
from desktop.reports import PAPERS, PaperKind
from desktop.reports.fonts import shipped, with_fangsong
from desktop.reports.plain import plain_list
from desktop.reports.sheet import Paper


def paper_kind(key: str) -> PaperKind:
    """The form of that name; KeyError when there is none."""
    for kind in PAPERS:
        if kind.key == key:
            return kind
    raise KeyError(key)


def produce(desk: Desk, key: str, chosen: Selection) -> Paper:
    """The paper as it would be printed, previewed and saved: the same bytes."""
    return lay_out(desk, key, gather(desk, key, chosen))


def rows_of(key: str, facts: Any) -> ListFacts | None:
    """What stands on a ledger line by line; nothing for a form that is none."""
    kind = paper_kind(key)
    return kind.rows(facts) if kind.rows is not None else None


def lay_out(desk: Desk, key: str, facts: Any, *, blank_rows: bool = True) -> Paper:
    """The facts on paper, in the fonts of the office; the last page of a ledger is filled with empty rows to write in, unless that is
    not wanted."""
    own = desk.setting("paper.fangsong")
    book = with_fangsong(Path(own)) if own else shipped()
    rows = None if blank_rows else rows_of(key, facts)
    return paper_kind(key).render(facts, book) if rows is None else plain_list(replace(rows, fills_with_blank_rows=False), book)
