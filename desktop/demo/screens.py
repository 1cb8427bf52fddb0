"""`lianxin screens`: every page at every letter size, in every theme, at both window sizes, with one page to look them through.

The ledgers are built once, a page opens once, and the look changes while it stands there, as it does for a clerk who presses Ctrl++.
"""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.demo.screens_frame import WINDOWS, Screen, each_face, fit, quiet
from desktop.demo.screens_ledgers import lay_ground
from desktop.demo.screens_pages import JOURNEYS
from desktop.demo.tour_rehearsal import application
from desktop.ui.look import STANDARD, STEPS, look
from desktop.ui.tokens import THEMES

THUMB = 300  # pixels across in index.html
WORDS = {"light": "浅色", "dark": "深色", "contrast": "高对比"}


@dataclass(frozen=True)
class Variant:
    """One way in which a page is looked at."""

    room: tuple[int, int]
    points: float
    theme: str

    @property
    def name(self) -> str:
        """For file names."""
        return f"{self.room[0]}-{self.points:g}-{self.theme}"


@dataclass
class Album:
    """The pictures taken so far, page by page."""

    out: Path
    pages: list[tuple[str, str]] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)

    def take(self, screen: Screen, variant: Variant) -> None:
        """This page as it stands, and a small picture of it."""
        picture = screen.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        name = f"{screen.key}-{variant.name}.png"
        picture.save(str(self.out / name), quality=80)  # pressed less hard: the pictures are looked at once
        picture.scaledToWidth(THUMB, Qt.TransformationMode.SmoothTransformation).save(str(self.out / "small" / name))
        if (screen.key, screen.title) not in self.pages:
            self.pages.append((screen.key, screen.title))

    def write_index(self) -> Path:
        """One table: a row for each page, a column for each variant."""
        heads = "".join(f"<th>{one.room[0]}×{one.room[1]}<br>{one.points:g} pt · {WORDS[one.theme]}</th>" for one in self.variants)
        rows = "\n".join(f"<tr><th>{escape(title)}</th>{self._cells(key)}</tr>" for key, title in self.pages)
        index = self.out / "index.html"
        index.write_text(_INDEX.format(heads=heads, rows=rows), encoding="utf-8")
        return index

    def _cells(self, key: str) -> str:
        cells = []
        for one in self.variants:
            name = f"{key}-{one.name}.png"
            cells.append(f'<td><a href="{name}"><img loading="lazy" src="small/{name}" alt="{name}"></a></td>')
        return "".join(cells)


_INDEX = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>连心 · 每一页</title>
<style>
body {{ font: 14px sans-serif; margin: 0; color: #24211d; background: #f6f4f0 }}
th {{ position: sticky; left: 0; background: #efece6; padding: 6px 10px; text-align: left; white-space: nowrap; z-index: 1 }}
thead th {{ top: 0; z-index: 2; font-weight: normal }} thead th:first-child {{ z-index: 3 }}
td {{ padding: 4px; vertical-align: top }} img {{ width: 300px; border: 1px solid #8c857b; display: block }}
</style>
<table><thead><tr><th>页</th>{heads}</tr></thead><tbody>
{rows}
</tbody></table></html>
"""


def render(out: Path, *, only: Sequence[str] = (), points: Sequence[float] = STEPS, themes: Sequence[str] = tuple(THEMES)) -> int:
    """The album lies in `out`; how many pictures it holds. `only` names journeys (`people`, `settings`), none means all."""
    begun = time.monotonic()
    application()
    if out.exists():
        shutil.rmtree(out)
    (out / "small").mkdir(parents=True)
    ground = lay_ground(out / "ledgers")
    built = time.monotonic()
    album = Album(out, variants=[Variant(room, size, theme) for room in WINDOWS for size in points for theme in themes])
    try:
        for name, journey in JOURNEYS:
            if not only or name in only:
                for screen in journey(ground):
                    _take_all(album, screen)
    finally:
        ground.close()
        shutil.rmtree(out / "ledgers", ignore_errors=True)
    index, taken = album.write_index(), len(album.pages) * len(album.variants)
    done = time.monotonic()
    print(f"{len(album.pages)} 页，{taken} 张：{index}（账本 {built - begun:.0f} s，画 {done - built:.0f} s）")  # noqa: T201
    return taken


def _take_all(album: Album, screen: Screen) -> None:
    here = look()
    looks = groupby(sorted(album.variants, key=lambda one: (one.points, one.theme)), lambda one: (one.points, one.theme))
    for (points, theme), variants in looks:  # letters and colours change seldom: everything is drawn up anew
        rooms = list(variants)
        if here.theme != theme:
            here.set_theme(theme)
        if here.size != points:
            here.set_size(points)
        for face in each_face(screen):
            for variant in rooms:
                fit(face, variant.room)
                album.take(face, variant)
    _standard(screen)


def _standard(screen: Screen) -> None:
    """As it was found, for the next page of the same window."""
    look().set_theme("light")
    look().set_size(STANDARD)
    quiet(screen.window)
