"""Makes the fonts of this folder again, by hand and only when a font is to be renewed; nothing else runs it.

    .venv/bin/python resources/fonts/make_fonts.py

It asks npm and apt for the packages by name (a networked Debian 12 with npm), copies five fonts as they are and cuts
HanaMinB to the characters that none of the five holds: whole it is 30 MB, and a desktop has no use for the doubles.
The result is the same byte for byte each time, so a renewed font shows in the history only if it really changed.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

NPM = ("@expo-google-fonts/noto-sans-sc@0.4.3", "@expo-google-fonts/noto-serif-sc@0.4.3")
DEBIAN = ("fonts-lxgw-wenkai=1.250+repack-1", "fonts-hanazono=20170904-2.1")

# Our name: (package, file inside it, its licence inside it).
WHOLE = {
    "NotoSansSC-Regular.ttf": ("noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", "LICENSE_FONT"),
    "NotoSansSC-Bold.ttf": ("noto-sans-sc", "700Bold/NotoSansSC_700Bold.ttf", "LICENSE_FONT"),
    "NotoSerifSC-Regular.ttf": ("noto-serif-sc", "400Regular/NotoSerifSC_400Regular.ttf", "LICENSE_FONT"),
    "NotoSerifSC-Black.ttf": ("noto-serif-sc", "900Black/NotoSerifSC_900Black.ttf", "LICENSE_FONT"),
    "LXGWWenKai-Regular.ttf": (
        "fonts-lxgw-wenkai",
        "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "usr/share/doc/fonts-lxgw-wenkai/copyright",
    ),
}
CUT = "HanaMinB.ttf"
CUT_FROM = (
    "fonts-hanazono",
    "usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "usr/share/doc/fonts-hanazono/copyright",
)

# GB 18030-2022, implementation level 3: the unified block to U+9FEF, extensions A to F, twelve compatibility ideographs.
LEVEL_3_BLOCKS = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
COMPATIBILITY = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"


def level_3() -> set[int]:
    """The 87,887 Han characters that a name may hold by GB 18030-2022, level 3."""
    return {point for first, last in LEVEL_3_BLOCKS for point in range(first, last + 1)} | {ord(c) for c in COMPATIBILITY}


def characters(font: Path) -> set[int]:
    """The code points that a font can draw."""
    with TTFont(font, lazy=True) as opened:
        return set(opened.getBestCmap())


def main() -> None:
    """Afterwards the six fonts and their licences lie beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        packages = fetch(Path(folder))
        for name, (package, font, licence) in WHOLE.items():
            shutil.copyfile(packages[package] / font, HERE / name)
            keep_licence(HERE / name, packages[package] / licence)
        held = set().union(*(characters(HERE / name) for name in WHOLE))
        package, font, licence = CUT_FROM
        cut(packages[package] / font, HERE / CUT, level_3() - held)
        keep_licence(HERE / CUT, packages[package] / licence)


def fetch(folder: Path) -> dict[str, Path]:
    """The unpacked packages by their short names."""
    subprocess.run(["npm", "pack", "--silent", *NPM], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["apt-get", "download", *DEBIAN], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    unpacked: dict[str, Path] = {}
    for package in (spec.split("@")[1].split("/")[1] for spec in NPM):
        (archive,) = folder.glob(f"*{package}-*.tgz")
        (folder / package).mkdir()
        subprocess.run(["tar", "-xzf", archive, "-C", folder / package], check=True)
        unpacked[package] = folder / package / "package"
    for package in (spec.split("=")[0] for spec in DEBIAN):
        (archive,) = folder.glob(f"{package}_*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, folder / package], check=True)
        unpacked[package] = folder / package
    return unpacked


def cut(source: Path, target: Path, wanted: set[int]) -> None:
    """`target` draws only the wanted characters; names and copyright stay, screen hints (useless on paper) go."""
    options = Options(name_IDs=["*"], name_languages=["*"], name_legacy=True, notdef_outline=True, hinting=False)
    options.drop_tables += ["FFTM"]
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(target)


def keep_licence(font: Path, licence: Path) -> None:
    """The licence lies beside the font, headed by the copyright that the font itself states."""
    family = font.stem.split("-")[0]
    with TTFont(font, lazy=True) as opened:
        copyright_line = opened["name"].getDebugName(0)
    (HERE / f"OFL-{family}.txt").write_text(f"{family}: {copyright_line}\n\n{licence.read_text('utf-8')}", "utf-8")


if __name__ == "__main__":
    main()
