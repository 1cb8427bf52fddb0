"""A workbook on its way to the disk: text stays text, the file appears whole or not at all.

XlsxWriter makes workbook, formats and print set-up. Long lists are written by `FastSheet`, which puts finished row text into
XlsxWriter's own row file: a cell through `write_string` costs five times as much. It leans on private names of the pinned
version; the tests read its files back with three other readers.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from desktop.store import disk

CHARACTER = 2.2  # a Chinese character in the width units of a spreadsheet
FONT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
TEXT_FORMAT = "@"

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LONGEST = 32_767  # characters that a cell can hold

Written = str | int | float | None


class FastSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet that takes whole rows as text, in order, after everything above them was written."""

    def write_plain_row(self, row: int, cells: Sequence[Written], style: int) -> None:
        """Row `row` (from 0), every cell in the format of that index; a text stays a text whatever it looks like."""
        parts = [f'<row r="{row + 1}">']
        for letters, cell in zip(_letters(len(cells)), cells, strict=True):
            if cell is None:
                parts.append(f'<c r="{letters}{row + 1}" s="{style}"/>')
            elif isinstance(cell, str):
                text = f'<is><t xml:space="preserve">{escaped(cell)}</t></is>'
                parts.append(f'<c r="{letters}{row + 1}" s="{style}" t="inlineStr">{text}</c>')
            else:
                parts.append(f'<c r="{letters}{row + 1}" s="{style}"><v>{cell}</v></c>')
        parts.append("</row>")
        self.row_data_fh.write("".join(parts))
        self.dim_rowmin, self.dim_rowmax, self.dim_colmin, self.dim_colmax = 0, row, 0, len(cells) - 1

    def settle(self) -> None:
        """What was written cell by cell is in the row file; whole rows may follow."""
        self._write_single_row(self.previous_row + 1)
        self.table.clear()


def style_index(style: Any) -> int:
    """The number under which a format stands in the workbook."""
    return int(style._get_xf_index())


def escaped(text: str) -> str:
    """Text as it may stand in XML, without what XML cannot hold."""
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if len(text) <= _LONGEST else text[:_LONGEST]


@contextmanager
def workbook(path: Path, *, constant_memory: bool = False) -> Iterator[Workbook]:
    """A workbook that is at `path` when all was written, and nowhere when something went wrong.

    XlsxWriter's working files hold people's names: they lie beside the target, not in the system's temporary folder, and go
    with it.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with disk.said(path), TemporaryDirectory(dir=path.parent, prefix=".", ignore_cleanup_errors=True) as folder:
        part = Path(folder) / path.name
        book = Workbook(str(part), {**options, "constant_memory": constant_memory, "tmpdir": folder})
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            for sheet in book.worksheets():
                if constant_memory:
                    sheet.row_data_fh.close()
        disk.sync_file(part)
        disk.replace(part, path)


def print_set_up(sheet: Worksheet, *, head: int) -> None:
    """A4 across, one page wide, the head on every page and above every scroll."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _letters(count: int) -> list[str]:
    """A, B, … of the first columns."""
    while len(_LETTERS) < count:
        number, letters = len(_LETTERS) + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        _LETTERS.append(letters)
    return _LETTERS[:count]


_LETTERS: list[str] = []
