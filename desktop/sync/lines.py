"""The lines of a batch: one record each, as jsonl.zst, streamed, so that 20,000 of them stay cheap.

A line is typed, spelled in one way, and bounded (its length, the lines, the window and the length they unpack to)
before anybody sees it. Here a line also becomes fields with stamps, as `knowledge.py` merges them, and back.
"""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from typing import Any

import msgspec
import zstandard

from desktop.sync.batch import LINE_MOST, MIB, Line, encode, only_one_reading
from desktop.sync.knowledge import BIGGEST_NUMBER, Entry, Field, Stamp, Value, knows
from desktop.sync.refused import BadShape, TooLarge

WINDOW_MOST = 8 * MIB  # what a zstd frame may ask of our memory
LEVEL = 3


def check_line(line: Line, kind: str, known: Mapping[str, int]) -> None:
    """The rules of a line that its types cannot say."""
    if line.k != kind:
        raise BadShape(f"{line.k} among {kind}")
    if not knows(known, line.s):
        raise BadShape("a change that the sender does not claim to know")
    if line.erased and (line.f or line.m or line.r):
        raise BadShape("an erased record with values")
    for name, stamps in line.m.items():
        if name not in line.f:
            raise BadShape(f"a stamp without a value: {name}")
        if _is_stamp(stamps):
            changes: list[Any] = [stamps]
        elif _is_conflict(stamps, line.f[name]):
            changes = stamps
        else:
            raise BadShape(f"neither a stamp nor a conflict: {name}")
        if any(known.get(change[0], 0) < change[1] for change in changes):
            raise BadShape(f"a change that the sender does not claim to know: {name}")
    _check_replaced(line)


def _check_replaced(line: Line) -> None:
    """What a field has replaced is named once and is none of the changes that stand in it; it need not be known."""
    fields = fields_of(line)
    for name, stamps in line.r.items():
        if name not in fields:
            raise BadShape(f"replaced without a value: {name}")
        if len(set(stamps)) != len(stamps) or {entry.stamp for entry in fields[name]} & set(stamps):
            raise BadShape(f"a change that replaced itself: {name}")


def fields_of(line: Line) -> dict[str, Field]:
    """The fields of a line with their stamps, as knowledge.py merges them."""
    fields: dict[str, Field] = {name: (Entry(line.s, value),) for name, value in line.f.items()}
    for name in line.m:
        fields[name] = _mixed(line, name)
    return fields


def _mixed(line: Line, name: str) -> Field:
    """A field whose stamps stand in `m`; the line has been checked."""
    stamps = line.m[name]
    if isinstance(stamps[0], str):
        return (Entry((stamps[0], stamps[1]), line.f[name]),)  # type: ignore[arg-type]
    entries = [Entry((part[0], part[1]), part[2]) for part in stamps if isinstance(part, tuple)]
    return tuple(sorted(entries, key=lambda entry: entry.stamp))


def line_of(
    kind: str, record: str, stamp: Stamp, fields: Mapping[str, Field], shown: Mapping[str, Value] | None = None,
    replaced: Mapping[str, Collection[Stamp]] | None = None,
) -> Line:  # fmt: skip
    """The line of a record whose last change is `stamp`. `shown`: what stands for a field in conflict meanwhile.

    `replaced`: stamps beyond any knowledge that a field has seen and replaced.
    """
    plain: dict[str, Value] = {}
    mixed: dict[str, list[str | int | tuple[str, int, Value]]] = {}
    for name, field in fields.items():
        plain[name] = shown[name] if shown and name in shown else field[0].value
        if len(field) > 1:
            mixed[name] = [(*entry.stamp, entry.value) for entry in field]
        elif field[0].stamp != stamp:
            mixed[name] = [*field[0].stamp]
    return Line(kind, record, stamp, plain, mixed, {name: sorted(stamps) for name, stamps in (replaced or {}).items() if stamps})


def pack_lines(lines: Iterable[Line]) -> tuple[bytes, int, int]:
    """Lines as one zstd frame; with it their number, and the length they unpack to."""
    squeeze = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compressobj()
    packed, waiting, count, plain = [], bytearray(), 0, 0
    for line in lines:
        raw = encode(line)
        if len(raw) > LINE_MOST:
            raise TooLarge(f"{line.k} {line.id}", record=line.id)
        waiting += raw
        waiting += b"\n"
        count += 1
        if len(waiting) > MIB:
            packed.append(squeeze.compress(waiting))
            plain += len(waiting)
            waiting.clear()
    plain += len(waiting)
    packed.append(squeeze.compress(waiting))
    packed.append(squeeze.flush())
    return b"".join(packed), count, plain


def unpack_lines(packed: memoryview | bytes, kind: str, *, count: int, most: int, known: Mapping[str, int]) -> Generator[Line, None, int]:
    """Exactly `count` lines of one kind that unpack to at most `most` bytes. Returns (to `yield from`) their length.

    `known` is the sender's knowledge: a change outside it would come again with every batch, so it is refused.
    """
    read = msgspec.json.Decoder(Line).decode
    tick_of = known.get
    seen = spent = 0
    for raws in _raw_lines(packed, most):
        for raw in raws:
            seen += 1
            if seen > count or len(raw) > LINE_MOST:
                raise TooLarge(f"{kind} line {seen}")
            try:
                line = read(raw)
            except (msgspec.MsgspecError, ValueError, RecursionError) as error:
                raise BadShape(f"{kind} line {seen}: {error}") from error
            if encode(line) != raw:
                only_one_reading(raw, f"{kind} line {seen}")
            sitting, tick = line.s
            if line.m or line.r or line.erased or line.k != kind or tick_of(sitting, 0) < tick:
                check_line(line, kind, known)
            spent += len(raw) + 1
            yield line
    if seen != count:
        raise BadShape(f"{kind}: {seen} lines, {count} announced")
    return spent


def _raw_lines(packed: memoryview | bytes, most: int) -> Iterator[list[bytes]]:
    """The lines, in portions. A frame that wants a wide window or unpacks to more than announced stops here."""
    opened = zstandard.ZstdDecompressor(max_window_size=WINDOW_MOST).stream_reader(packed, read_across_frames=True)
    rest, spent = b"", 0
    try:
        while chunk := opened.read(MIB):
            spent += len(chunk)
            if spent > most:
                raise TooLarge(f"unpacks to more than {most}")
            *raws, rest = (rest + chunk).split(b"\n")
            if len(rest) > LINE_MOST:
                raise TooLarge("a line without an end")
            yield raws
    except zstandard.ZstdError as error:
        raise BadShape(str(error)) from error
    if rest:
        raise BadShape("the last line has no end")


def _is_stamp(parts: list[str | int | tuple[str, int, Value]]) -> bool:
    sitting, tick = parts if len(parts) == 2 else ("", 0)
    return isinstance(sitting, str) and len(sitting) == 16 and isinstance(tick, int) and 1 <= tick <= BIGGEST_NUMBER


def _is_conflict(parts: list[str | int | tuple[str, int, Value]], shown: Value) -> bool:
    """At least two changes, each once, and the value that stands in `f` is one of theirs."""
    entries = [part for part in parts if isinstance(part, tuple)]
    stamps = {entry[:2] for entry in entries}
    return len(stamps) == len(parts) > 1 and shown in [entry[2] for entry in entries]
