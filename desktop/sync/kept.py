"""The sealed files that an office keeps of what it wrote, and the numbers that stand on them.

They are a second memory beside the books: a ledger that was copied back, or lost its power between sealing and writing down,
learns here which numbers have left, and never gives one twice.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from desktop.sync.batch import Header
from desktop.sync.refused import BatchRefused
from desktop.sync.seal import BatchKind, inspect
from desktop.sync.stick import SUFFIX, file_name

NUMBERED = re.compile(r"-第(\d+)批-\d*" + re.escape(SUFFIX))


def highest_number(folder: Path, kind: BatchKind, office: str) -> int:
    """The highest number among the kept files of this kind and office, by their names; 0 when there is none."""
    return max((number for _path, number in _numbered(folder, kind, office)), default=0)


def strangers(folder: Path, office: str, known: Collection[int], sender: str) -> Iterator[tuple[Path, Header]]:
    """The kept batches whose numbers the books do not know. What cannot be read is left alone; its number is taken all the same."""
    for path, number in _numbered(folder, "up", office):
        if number not in known:
            try:
                header = inspect(path)
            except BatchRefused:
                continue
            if (header.kind, header.sender) == ("up", sender):
                yield path, header


def sweep(folder: Path) -> None:
    """What a power cut left half written never had a real name."""
    for path in folder.glob(f"*{SUFFIX}.part"):
        path.unlink(missing_ok=True)


def _numbered(folder: Path, kind: BatchKind, office: str) -> list[tuple[Path, int]]:
    begin = file_name(kind, office, 0, "").split("-第")[0]
    paths = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    found = [(path, NUMBERED.fullmatch(path.name.removeprefix(begin))) for path in paths if path.name.startswith(begin)]
    return [(path, int(number[1])) for path, number in found if number]
