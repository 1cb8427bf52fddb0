"""From a wish to a paper: gather the facts, draw them. Screen, command line and tour print through this one door."""

from desktop.office.desk import Desk
from desktop.office.selections import Selection, gather
from desktop.reports import PAPERS, PaperKind
from desktop.reports.sheet import Paper


def paper_kind(key: str) -> PaperKind:
    """The form of that name; KeyError when there is none."""
    for kind in PAPERS:
        if kind.key == key:
            return kind
    raise KeyError(key)


def produce(desk: Desk, key: str, chosen: Selection) -> Paper:
    """The paper as it would be printed, previewed and saved: the same bytes."""
    return paper_kind(key).render(gather(desk, key, chosen))
