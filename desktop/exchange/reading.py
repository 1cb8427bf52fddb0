"""Other people's spreadsheets into plain rows: a look at the bytes, then a child process that may fail without harm.

Nothing here knows what the columns mean. What cannot be read is said by its reason: a password is asked for, a web page
called .xls is called a web page, and "damaged" is only said of what is damaged.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from desktop.exchange import delimited
from desktop.exchange.looking import Look, look
from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.store.disk import said

Cell = str | float | int | bool | date | None

FROZEN_FLAG = "--read-spreadsheet"
PATIENCE = 120.0  # seconds by the clock; the child has its own limit of working time
OUT_OF_ROOM = (-6, -9, -24)  # aborted for want of memory, killed by the clock, out of processor time
_ROOT = Path(__file__).resolve().parents[2]


class NeedsPassword(Refusal):
    """The file is encrypted: ask, and read again with the password."""


class Stopped(Refusal):
    """The clerk stopped the reading."""


@dataclass(frozen=True)
class Merge:
    """Cells merged into one, by the numbers of their first and last rows and columns, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet from A1 on, without the empty cells at the end of each row."""

    name: str
    hidden: bool
    rows: list[list[Cell]]
    merged: tuple[Merge, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """The cell by its numbers from 1; None where nothing stands."""
        cells = self.rows[row - 1] if 1 <= row <= len(self.rows) else []
        return cells[column - 1] if 1 <= column <= len(cells) else None


def address(row: int, column: int) -> str:
    """(8, 5) → E8."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read(path: Path, *, password: str | None = None, encoding: str = "", stop: Callable[[], bool] | None = None) -> list[Sheet]:
    """The sheets of a file. Raises NeedsPassword, UnclearEncoding, Refusal with the reason, Trouble when the disk fails."""
    with said(path), path.open("rb") as file:
        seen = look(file)
        if seen is Look.TEXT:
            file.seek(0)
            text = delimited.decode(file.read(), encoding)
            return [Sheet(path.stem, False, list[list[Cell]](delimited.table(text, path.name)))]  # type: ignore[arg-type]
    if seen in (Look.ZIPPED, Look.OLE, Look.LOCKED):
        return read_in_child(path, password, stop)
    raise why_not(seen, path)


def read_in_child(path: Path, password: str | None, stop: Callable[[], bool] | None) -> list[Sheet]:
    """Let the child read, and take what it tells line by line."""
    sheets: list[Sheet] = []
    fate = ""
    with subprocess.Popen(
        reader_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT,
        text=True, encoding="utf-8", creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:  # fmt: skip
        clock = threading.Timer(PATIENCE, child.kill)
        clock.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            with suppress(BrokenPipeError), child.stdin as ask:
                ask.write(json.dumps({"path": str(path.resolve()), "password": password}) + "\n")
            fate = take(child.stdout, sheets, stop)
            if not fate:
                with suppress(subprocess.TimeoutExpired):
                    child.wait(5)  # how it died tells a full memory from a crash
        finally:
            clock.cancel()
            child.kill()
    if fate == "read":
        return [trimmed(sheet) for sheet in sheets]
    if not fate:
        raise why_not(Look.TOO_BIG if child.returncode in OUT_OF_ROOM else Look.UNREADABLE, path)
    if fate == "wrong_password":
        raise NeedsPassword(_("密码不对"), record=path.name, todo=_("再输一次打开密码"))
    raise why_not(Look(fate), path)


def reader_command() -> list[str]:
    """How the child is started: a packaged program is its own interpreter and knows the flag."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_FLAG]
    return [sys.executable, "-m", "desktop.exchange.reader_process"]


def take(lines: IO[str], sheets: list[Sheet], stop: Callable[[], bool] | None) -> str:
    """Fill `sheets` from the child's lines; its last word, or "" when it died."""
    for text in lines:
        if stop is not None and stop():
            raise Stopped(_("已停止读取"))
        line: Any = json.loads(text) if text.endswith("\n") else {"fate": ""}
        if isinstance(line, list):
            sheets[-1].rows.extend(with_days(line))
        elif "sheet" in line:
            merged = tuple(Merge(top + 1, left + 1, bottom + 1, right + 1) for top, left, bottom, right in line["merged"])
            sheets.append(Sheet(line["sheet"], line["hidden"], [[] for _row in range(line["top"])], merged))
        else:
            return str(line["fate"])
    return ""


def with_days(rows: list[list[Any]]) -> Iterator[list[Cell]]:
    """Rows in which a day is a date again."""
    for row in rows:
        for place, cell in enumerate(row):
            if type(cell) is list:
                row[place] = date.fromisoformat(cell[1])
        yield row


def trimmed(sheet: Sheet) -> Sheet:
    """Without the empty rows at the end."""
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
    return sheet


def why_not(seen: Look, path: Path) -> Refusal:
    """The sentence for a file that is not read."""
    save_as = _("在 WPS 或 Excel 里打开，另存为 .xlsx 再导入")
    what, todo = {
        Look.EMPTY: (_("文件是空的"), _("检查是不是拿错了文件")),
        Look.TOO_BIG: (_("文件解开后太大，没有打开"), _("只留要导入的行和列，拆成几份再导入")),
        Look.MACROS: (_("文件里有宏，没有打开"), _("在 WPS 或 Excel 里另存为不带宏的 .xlsx 再导入")),
        Look.HTML: (_("这是网页（HTML），只是名字像表格"), save_as),
        Look.XML: (_("这是 XML 文件，只是名字像表格"), save_as),
        Look.LOCKED: (_("文件有打开密码"), _("输入打开密码")),
        Look.UNREADABLE: (_("这个文件的写法这里读不了，文件本身不一定坏"), save_as),
        Look.OTHER_OFFICE: (_("这是文字或演示文稿，不是表格"), _("把里面的表格复制到表格软件里，存为 .xlsx 再导入")),
        Look.OTHER: (_("这不是表格文件"), _("检查是不是拿错了文件；能导入的是 .xlsx .xls .ods .csv")),
    }.get(seen, (_("文件打不开，可能已损坏"), save_as))
    kind = NeedsPassword if seen is Look.LOCKED else Refusal
    return kind(what, record=path.name, todo=todo)
