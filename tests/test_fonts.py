"""Every name that the standard allows can be shown and printed with what the program ships."""

from functools import cache

import pytest
from fontTools.ttLib import TTFont

from resources.fonts.make_fonts import CUT, HERE, WHOLE, characters, level_3

FONTS = [*WHOLE, CUT]


@cache
def drawn(name: str) -> set[int]:
    return characters(HERE / name)


def test_the_fonts_together_hold_every_character_of_gb_18030_level_3():
    held = set().union(*(drawn(name) for name in FONTS))
    assert len(level_3()) == 87_887
    missing = sorted(level_3() - held)
    assert missing == [], f"no font draws {''.join(map(chr, missing[:50]))}"


def test_the_names_that_offices_fear_are_in_the_last_resort_or_before_it():
    held = set().union(*(drawn(name) for name in FONTS))
    assert held.issuperset(map(ord, "䶮㛃𬭊𫖯𪻐㙦𠅤·"))


def test_the_cut_font_repeats_nothing_that_another_holds():
    others = set().union(*(drawn(name) for name in WHOLE))
    assert drawn(CUT) & others & level_3() == set()


@pytest.mark.parametrize("name", FONTS)
def test_a_font_may_be_embedded_and_has_outlines_that_the_paper_can_take(name):
    with TTFont(HERE / name, lazy=True) as font:
        assert font["OS/2"].fsType == 0
        assert "glyf" in font


@pytest.mark.parametrize("name", FONTS)
def test_a_font_lies_beside_its_licence(name):
    family = name.removesuffix(".ttf").split("-")[0]
    licence = (HERE / f"OFL-{family}.txt").read_text("utf-8")
    assert licence.startswith(f"{family}: ")
    assert "SIL OPEN FONT LICENSE" in licence
