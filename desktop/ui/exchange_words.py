"""How the exchange says things: a record type, a size, a day, a period, each as a person would."""

from desktop.model.contents import record_type
from desktop.model.language import _

MIB = 1024 * 1024


def label_of(kind: str) -> str:
    """A record type in words; one of a newer program by its key."""
    try:
        return _(record_type(kind).label)
    except KeyError:
        return kind


def size_words(size: int) -> str:
    """Bytes as people say them."""
    if size >= 1024 * MIB:
        return f"{size / 1024 / MIB:.1f} GB"
    return f"{size / MIB:.1f} MB" if size >= MIB else f"{max(1, round(size / 1024))} KB"


def short_day(day: str | None) -> str:
    """11-19."""
    return day[5:] if day else ""


def period_words(since: str | None, until: str | None) -> str:
    """11-01–11-24; with the year where it is not one and the same."""
    if since and until and since[:4] != until[:4]:
        return f"{since[2:]}–{until[2:]}"
    return f"{short_day(since)}–{short_day(until)}"
