"""One cell of a spreadsheet as the text that a field's kind reads.

A number is written out only while its digits are exact: an ID that became 4.41502199004081E+17 stays that, so that the kind
refuses it and nobody repairs it.
"""

from datetime import date

from desktop.exchange.reading import Cell

_EXACT = 10**15  # beyond this a spreadsheet's number no longer holds every digit
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"})
GUARDED = ("=", "+", "-", "@")


def cell_text(cell: Cell) -> str:
    """The cell as a person would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return unguarded(cell) if cell[:1] in ("'", "\t") else cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int):
        return str(cell) if abs(cell) < _EXACT else repr(float(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else counted(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    raise TypeError(f"no cell of a spreadsheet: {type(cell).__name__}")


def counted(number: float) -> str:
    """A number with a fraction, or one too long to be exact, which then shows it."""
    text = repr(number)
    return text if "e" in text or abs(number) < _EXACT else f"{number:.14E}"


def guarded(text: str) -> str:
    """Text for a csv file, in which a spreadsheet would take `=1+1` for a formula and cut a long number."""
    if text.startswith(GUARDED):
        return f"'{text}"
    return f"\t{text}" if len(text) > 11 and text[:11].isdecimal() else text


def unguarded(text: str) -> str:
    """What `guarded` wrote, as it was."""
    return text[1:] if text.startswith("'") and text[1:2] in GUARDED else text.removeprefix("\t")
