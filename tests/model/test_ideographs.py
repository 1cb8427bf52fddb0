"""A character that cannot be typed is found by what somebody can read off the card: its parts, its radical, its sound, its code."""

import time
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from desktop.model import ideographs
from desktop.model.codes import TABLES

RARE = "𬭊"  # 钅 and 杜, dù, twelve strokes, extension E
FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"


ASKED = ["钅杜", "金杜", "金+杜", "钅、杜", "钅木土", "U+2CB4A", "u+2cb4a", "2CB4A", "du4", "dù", "钅7", "金7画", "𬭊"]


@pytest.mark.parametrize("typed", ASKED)
def test_it_is_found_by_its_parts_its_sound_its_radical_and_its_code(typed: str) -> None:
    assert RARE in ideographs.seek(typed)


def test_the_parts_that_were_named_and_no_other_come_first() -> None:
    assert ideographs.seek("金杜")[:2] == ["𬭊", "𨧀"]
    assert ideographs.seek("木木")[0] == "林"
    assert ideographs.seek("人人人")[0] == "众"
    assert ideographs.seek("王从")[0] == "𪻐"


def test_radical_and_strokes_narrow_what_was_typed() -> None:
    assert RARE in ideographs.seek("", 167, 7)
    assert RARE not in ideographs.seek("", 167, 8)
    assert ideographs.seek("du", 167, 7) == ["𬭊", "𨧀"]


def test_what_no_window_could_show_is_not_offered() -> None:
    assert ideographs.seek("U+E000") == []
    assert ideographs.seek("U+110000") == []
    assert ideographs.seek("zzzz") == []
    assert ideographs.seek("") == []


def test_what_is_known_of_it_is_told() -> None:
    one = ideographs.describe(RARE)
    assert (one.code, one.radical, one.rest, one.strokes, one.readings, one.parts) == ("U+2CB4A", 167, 7, 12, ("dù",), "钅杜")


def test_every_ideograph_of_the_screen_fonts_is_found_by_its_code_and_by_radical_and_strokes() -> None:
    fonts = [TTFont(FONTS / f"{name}.ttf") for name in ("NotoSansSC-Regular", "LXGWWenKai-Regular", "HanaMinB")]
    blocks = ((0x4E00, 0x9FEF), (0x3400, 0x4DB5), (0x20000, 0x2A6D6), (0x2A700, 0x2EBE0))  # extensions A to F
    shown = {code for font in fonts for code in font.getBestCmap()}
    unified = {chr(code) for code in shown if any(first <= code <= last for first, last in blocks)}
    level_3 = {chr(code) for code in (*range(0x4E00, 0x9FF0), *range(0x3400, 0x4DB6), *range(0x20000, 0x2A6D7))}
    assert level_3 <= unified, "the fonts hold what GB 18030-2022 asks for"
    by_radical = {sign for signs in ideographs.table().by_radical.values() for sign in signs}
    assert unified <= by_radical
    assert all(ideographs.sought(f"u+{ord(sign):x}") == [sign] for sign in sorted(unified)[::97])


def test_the_table_is_small_and_read_in_a_moment() -> None:
    assert (TABLES / "ideographs.txt.gz").stat().st_size < 1_500_000
    for load in (ideographs.table, ideographs.parts, ideographs.used_in, ideographs.readings):
        load.cache_clear()
    begun = time.process_time()
    ideographs.table()
    opened = time.process_time()
    ideographs.seek(RARE)
    assert opened - begun < 0.2, "a picker that opens late is a picker nobody opens"
    assert time.process_time() - opened < 0.5


def test_its_licences_lie_beside_it() -> None:
    words = (TABLES / "LICENCES-ideographs.txt").read_text("utf-8")
    assert "UNICODE, INC. LICENSE AGREEMENT" in words
    assert "Gavin Grover" in words
