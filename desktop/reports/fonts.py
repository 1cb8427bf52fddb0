"""The faces of paper, and what happens when a face lacks a character.

Every paper names a *style* (宋体, 小标宋, 黑体, 楷体, 仿宋), never a file. A style is a chain of fonts: the office's own if
it was found, else the shipped one, then serif, sans, 楷体 and HanaMinB behind it, so that each character of GB 18030-2022
prints. A character that no font has becomes □ and is reported; it is never dropped in silence. Fonts are read at first use,
because seven of them cost half a second and 150 MB.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts

from desktop.model.errors import Trouble
from desktop.model.language import _

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
BOX = "□"


class Style(Enum):
    """A style of GB/T 9704-2012 and of the forms around it."""

    SONG = "宋体"
    TITLE = "小标宋"
    HEI = "黑体"
    KAI = "楷体"
    FANG = "仿宋"


_SHIPPED = {
    Style.SONG: "NotoSerifSC-Regular.ttf",
    Style.TITLE: "NotoSerifSC-Black.ttf",
    Style.HEI: "NotoSansSC-Bold.ttf",
    Style.KAI: "LXGWWenKai-Regular.ttf",
    Style.FANG: "NotoSerifSC-Regular.ttf",  # no free full 仿宋 in TrueType exists; the paper says so in its notes
}
_BEHIND = ("NotoSerifSC-Regular.ttf", "NotoSansSC-Regular.ttf", "LXGWWenKai-Regular.ttf", "HanaMinB.ttf")


def _unicode_map(name: str, subset: Sequence[int]) -> str:
    """ReportLab's ToUnicode map, made right beyond U+FFFF.

    Its own writes U+2AED0 as <2AED0>, which readers take for two other characters: the name 𬭊𪻐 would print well and
    copy wrong. PDF 32000-1 §9.10.3 asks for UTF-16 there, and for at most 100 entries a block.
    """
    entries = [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset)]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


ttfonts.makeToUnicodeCMap = _unicode_map


@dataclass(frozen=True)
class Face:
    """One font file as ReportLab knows it."""

    name: str
    glyphs: dict[int, int]
    widths: dict[int, float]
    default_width: float

    def has(self, char: str) -> bool:
        return ord(char) in self.glyphs

    def em(self, char: str) -> float:
        return self.widths.get(ord(char), self.default_width) / 1000


@lru_cache(maxsize=32)
def _face(path: Path) -> Face:
    """The font at `path`, registered once for the life of the program."""
    try:
        name = f"{path.stem}-{path.stat().st_size}"
        font = ttfonts.TTFont(name, str(path))
    except (OSError, ttfonts.TTFError) as reason:
        raise Trouble(_("字体文件用不了"), record=path.name, todo=_("重新安装本程序，或在字体设置里换一个")) from reason
    pdfmetrics.registerFont(font)
    return Face(name, font.face.charToGlyph, font.face.charWidths, float(font.face.defaultWidth))


def can_print_with(path: Path) -> bool:
    """Whether an office font may be used: TrueType outlines, and its maker allows embedding."""
    try:
        _face(path)
    except Trouble:
        return False
    return True


class _Widths(dict[str, float]):
    """Widths in em by character; a new character is looked up in the chain once."""

    def __init__(self, chain: "Chain") -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, char: str) -> float:
        width = self._chain.settle(char)
        self[char] = width
        return width


class Chain:
    """A style's fonts, first to last, and where each character seen so far comes from."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self.main = _face(paths[0])
        self.odd: dict[str, Face | None] = {}  # characters that the main font cannot draw as they stand
        self._em = _Widths(self)
        self.wide = self._em.__getitem__
        """How wide one character is at size 1."""

    def settle(self, char: str) -> float:
        """The width of a character met for the first time; from now on its font is known."""
        if char in "\t\n":
            self.odd[char] = self.main
            return self.main.em(" ")
        if _shows_nothing(char):
            self.odd[char] = None
            return 0.0
        if self.main.has(char):
            return self.main.em(char)
        for path in self._paths[1:]:
            face = _face(path)
            if face.has(char):
                self.odd[char] = face
                return face.em(char)
        self.odd[char] = None
        return self.main.em(BOX)

    def em(self, text: str) -> float:
        """How wide the text is at size 1."""
        return sum(map(self.wide, text))

    def is_plain(self, text: str) -> bool:
        """Whether the main font draws all of an already measured text by itself."""
        return not self.odd or self.odd.keys().isdisjoint(text)

    def split_runs(self, text: str) -> Iterator[tuple[str, str, str]]:
        """(font name, what is drawn, what is missing) piece by piece; the whole text is in it, a gap as □."""
        self.em(text)
        for face, chars in groupby(text, lambda char: self.odd.get(char, self.main)):
            piece = "".join(chars)
            if face is not None:
                yield face.name, piece.replace("\t", " ").replace("\n", " "), ""
            else:
                yield self.main.name, "".join(BOX for char in piece if not _shows_nothing(char)), piece


def _shows_nothing(char: str) -> bool:
    """Control and format characters and variation selectors: they have no picture of their own."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


_NO_LINE_STARTS = frozenset("，。、；：？！）》〉」』】〕”’％…—·,.;:?!)]}%")
_NO_LINE_ENDS = frozenset("（《〈「『【〔“‘([{￥")
_PULL_BACK = 24  # a word longer than this is broken anywhere


class FontBook:
    """The styles of one office: shipped fonts, and its own where a setting names them."""

    def __init__(self, own: dict[Style, Path] | None = None, folder: Path | None = None) -> None:
        self._folder = folder or FONTS
        self._own = {style: path for style, path in (own or {}).items() if can_print_with(path)}
        self._chains: dict[Style, Chain] = {}

    def chain(self, style: Style) -> Chain:
        if style not in self._chains:
            paths = [self._folder / name for name in dict.fromkeys((_SHIPPED[style], *_BEHIND))]
            own = self._own.get(style)
            self._chains[style] = Chain([own, *paths] if own else paths)
        return self._chains[style]

    def notes(self, used: Collection[Style]) -> tuple[str, ...]:
        """What the reader of a paper's preview must be told about the styles used in it."""
        if Style.FANG in used and Style.FANG not in self._own:
            return (_("正文要求仿宋：本机未找到仿宋字体，已用宋体代替"),)
        return ()

    def width(self, text: str, style: Style, size: float) -> float:
        return self.chain(style).em(text) * size

    def wrap(self, text: str, style: Style, size: float, width: float) -> list[str]:
        """Lines no wider than `width`; joined they are the text. None starts with 。 or ends with （ if it can be helped."""
        chain = self.chain(style)
        lines: list[str] = []
        for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            lines.extend(_broken(paragraph, chain, width / size))
        return lines


def _broken(text: str, chain: Chain, room: float) -> Iterator[str]:
    """One paragraph cut into lines of at most `room` em; a line holds at least one character."""
    if chain.em(text) <= room:
        yield text
        return
    start, used = 0, 0.0
    at = 0
    while at < len(text):
        wide = chain.wide(text[at])
        if used + wide > room and at > start:
            cut = at
            while cut > start + 1 and at - cut < _PULL_BACK and _holds_together(text[cut - 1], text[cut]):
                cut -= 1
            if _holds_together(text[cut - 1], text[cut]):
                cut = at
            yield text[start:cut]
            start, at, used = cut, cut, 0.0
            continue
        used += wide
        at += 1
    yield text[start:]


def _holds_together(before: str, after: str) -> bool:
    if after in _NO_LINE_STARTS or before in _NO_LINE_ENDS:
        return True
    return before.isascii() and after.isascii() and not before.isspace() and not after.isspace()


@lru_cache(maxsize=1)
def shipped() -> FontBook:
    """The book of an office that named no fonts of its own."""
    return FontBook()


@lru_cache(maxsize=4)
def with_fangsong(file: Path) -> FontBook:
    """The book of an office whose computers have 仿宋; a file that is no font that may be printed with is left aside."""
    return FontBook({Style.FANG: file})
