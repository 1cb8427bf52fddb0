"""Lines of text as a table: csv and tsv, in the encodings that Chinese offices write.

The order is: byte order mark, UTF-8, GB18030, each strictly; what fits none is asked with a preview, never guessed. Python's
gb18030 is the edition of 2000, so the codes that the edition of 2022 moved are put right afterwards; a lone byte 0x80 is the
euro sign of Chinese Windows, which no codec knows.
"""

import codecs
import csv
import io
from functools import cache

from desktop.model.codes import table_rows
from desktop.model.errors import Refusal
from desktop.model.language import _

ASKED = ("gb18030", "big5", "utf-8")
LONGEST_CELL = 1 << 20
MOST_CELLS = 6_000_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_EURO = "lianxin.euro"


class UnclearEncoding(Refusal):
    """Neither UTF-8 nor GB18030: `previews` shows the beginning in each encoding to choose from."""

    def __init__(self, content: bytes) -> None:
        super().__init__(_("看不出这个文件用的是哪种编码"), todo=_("从几种预览里选一种读得通的，或用表格软件另存为 .xlsx"))
        self.previews = {name: content[:400].decode(name, "replace") for name in ASKED}


def decode(content: bytes, encoding: str = "") -> str:
    """The text of a file; `encoding` is what the clerk chose after a preview."""
    if encoding:
        return modern(content.decode(encoding, "replace" if encoding != "gb18030" else _EURO))
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strictly(content, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return modern(_strictly(content, "gb18030", _EURO))


def modern(text: str) -> str:
    """The private-use codes of old editions as the characters they stand for."""
    return text.translate(_corrections())


def table(text: str, name: str) -> list[list[str | None]]:
    """The rows of a text table; the first line tells what parts the cells."""
    first = text.split("\n", 1)[0]
    mark = "\t" if name.lower().endswith(".tsv") else max(",\t;", key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[str | None]] = []
    count = 0
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=False):
            row: list[str | None] = [cell.replace("\r\n", "\n") or None for cell in line]
            while row and row[-1] is None:
                row.pop()
            rows.append(row)
            count += len(row)
            if count > MOST_CELLS:
                raise Refusal(_("表太大"), record=name, todo=_("拆成几份再导入"))
    except csv.Error as error:
        raise Refusal(_("这个文件读不成表格"), record=name, todo=_("用表格软件打开，另存为 .xlsx 再导入")) from error
    return rows


def _strictly(content: bytes, name: str, errors: str = "strict") -> str:
    try:
        return content.decode(name, errors)
    except UnicodeDecodeError as error:
        raise UnclearEncoding(content) from error


def _euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error(_EURO, _euro)


@cache
def _corrections() -> dict[int, int]:
    return {int(row["python_gb18030"], 16): int(row["should_be"], 16) for row in table_rows("gb18030-corrections.csv")}
