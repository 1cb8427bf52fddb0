"""The child process in which other people's workbooks are opened: `python -m desktop.exchange.reader_process`.

A sound-looking file may make the reading library panic or eat a gigabyte; here that costs a child, not the program with
half-typed entries in it. It is told a path and perhaps a password on its standard input and answers with JSON lines:
a line `{"sheet": …}` for each sheet, lines of rows after it, `{"fate": …}` last. Cells are text, numbers, yes/no, null, or
`["d", "2021-11-24"]` for a day. Without a last line the reader died, and the parent says so.

In a packaged program there is no `-m`: `app.py` sees `--read-spreadsheet` and calls `main()` before anything else.
"""

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, BinaryIO

from desktop.exchange.looking import Look, look

MEMORY = 1200 << 20
SECONDS = 60
MOST_CELLS = 6_000_000
MOST_COLUMNS = 1_000
ROWS_A_LINE = 500
DEFAULT_PASSWORD = "VelvetSweatshop"  # the public one under which Excel keeps "read-only recommended" files

Tell = Callable[[object], None]
Plain = str | float | int | bool | list[str] | None


def main() -> None:
    """Read the file named on standard input and tell it on standard output."""
    limit_itself()
    asked = json.loads(sys.stdin.readline())
    out = sys.stdout

    def tell(line: object) -> None:
        out.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")))
        out.write("\n")

    try:
        fate = read(Path(asked["path"]), asked["password"], tell)
    except MemoryError:
        fate = Look.TOO_BIG
    except Exception:  # noqa: BLE001 - the library has a dozen names for a file that is not in order
        fate = Look.DAMAGED
    except BaseException:  # noqa: BLE001 - a panic of the library is one: the file may be sound
        fate = Look.UNREADABLE
    tell({"fate": fate})
    out.flush()


def limit_itself() -> None:
    """No more memory and time than an honest workbook needs; Windows has no such call, there sizes and the parent's clock guard."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold people's names
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with suppress(ValueError, OSError):  # macOS knows the word but refuses it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read(path: Path, password: str | None, tell: Tell) -> str:
    """Tell every sheet; the fate is "read", "locked", "wrong_password" or another reason why not."""
    with path.open("rb") as file:
        seen = look(file)
        file.seek(0)
        if seen is Look.ZIPPED:
            return tell_sheets(file, tell)
        if seen not in (Look.OLE, Look.LOCKED):
            return seen
        content = opened(file, password)
        if content is None:
            return Look.LOCKED if password is None else "wrong_password"
        again = look(content)
        content.seek(0)
        return tell_sheets(content, tell) if again in (Look.OLE, Look.ZIPPED) else again


def opened(file: BinaryIO, password: str | None) -> BinaryIO | None:
    """The file without its password; None when the password is missing or wrong."""
    import msoffcrypto

    office = msoffcrypto.OfficeFile(file)
    if not office.is_encrypted():
        file.seek(0)
        return file
    for key in (DEFAULT_PASSWORD, password):
        plain = io.BytesIO()
        if key is None:
            continue
        try:
            office.load_key(password=key)
            office.decrypt(plain)
        except msoffcrypto.exceptions.InvalidKeyError:
            continue
        except Exception:  # noqa: BLE001, S112 - a wrong key also shows as garbage that does not decode
            continue
        if look(plain) not in (Look.OTHER, Look.TEXT, Look.EMPTY):
            plain.seek(0)
            return plain
    return None


def tell_sheets(file: IO[bytes], tell: Tell) -> str:
    """Every worksheet of a workbook, row by row from A1 on."""
    import python_calamine

    try:
        workbook = python_calamine.load_workbook(file)
    except python_calamine.PasswordError:
        return Look.LOCKED
    cells = 0
    for about in workbook.sheets_metadata:
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        cells += sheet.height * sheet.width
        top, left = sheet.start or (0, 0)
        if cells > MOST_CELLS or left + sheet.width > MOST_COLUMNS:
            return Look.TOO_BIG
        visible = about.visible is python_calamine.SheetVisibleEnum.Visible
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
        tell({"sheet": about.name, "hidden": not visible, "top": top, "merged": merged})
        for rows in lines_of(sheet, left):
            tell(rows)
    return "read"


def lines_of(sheet: Any, left: int) -> Iterator[list[list[Plain]]]:
    """Rows by the five hundred, each without the empty cells at its end."""
    rows: list[list[Plain]] = []
    margin: list[Plain] = [None] * left
    for cells in sheet.iter_rows():
        row = margin + [None if cell == "" else cell if type(cell) in (str, float, int, bool) else told(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
        if len(rows) == ROWS_A_LINE:
            yield rows
            rows = []
    if rows:
        yield rows


def told(cell: object) -> Plain:
    """A day, a time, a length of time as JSON can hold it."""
    if isinstance(cell, datetime):
        whole_day = cell.time() == time()
        return ["d", cell.date().isoformat()] if whole_day else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    if isinstance(cell, time):
        return cell.isoformat(timespec="seconds" if cell.second else "minutes")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return None if cell is None else str(cell)


if __name__ == "__main__":
    main()
