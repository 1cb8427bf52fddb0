"""What is true of every paper that the office prints, whatever it is about."""

import os
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.reports import PAPERS, PaperKind
from desktop.reports.fonts import FontBook
from tests.reports.paper_samples import SAMPLES, outside_the_sheet, pages_of, squeezed, tool, with_every_word, with_one_flooded, words_of

every_paper = pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.key)


def _texts(facts: Any) -> list[str]:
    if isinstance(facts, str):
        return [facts]
    if isinstance(facts, tuple):
        return [text for one in facts for text in _texts(one)]
    if is_dataclass(facts) and not isinstance(facts, type):
        return [text for one in fields(facts) for text in _texts(getattr(facts, one.name))]
    return []


def test_every_paper_has_a_sample_and_a_key_of_its_own():
    assert sorted(SAMPLES) == sorted({kind.key for kind in PAPERS})
    assert all(type(SAMPLES[kind.key]) is kind.facts for kind in PAPERS)


@every_paper
def test_the_same_facts_give_the_same_bytes(kind: PaperKind):
    assert kind.render(SAMPLES[kind.key], FontBook()).pdf == kind.render(SAMPLES[kind.key], FontBook()).pdf


@every_paper
def test_each_page_is_counted_and_says_its_number_or_belongs_to_a_letter(kind: PaperKind):
    paper = kind.render(SAMPLES[kind.key])
    pages = pages_of(paper.pdf)
    assert len(pages) == paper.pages
    if kind.key != "slip":
        assert all("页共" in squeezed(page) or "—1—" in squeezed(page) for page in pages)


@every_paper
def test_nothing_of_a_usual_paper_is_missing_or_cut(kind: PaperKind):
    paper = kind.render(SAMPLES[kind.key])
    assert paper.missing == ()
    assert [note for note in paper.notes if "仿宋" not in note] == []
    assert outside_the_sheet(paper.pdf) == []


@every_paper
@pytest.mark.parametrize("word", ["<b>张三", "A&B", "&#x4e00;", "(括\\号)", "%s{0}", "𬭊𪻐"])
def test_a_name_is_printed_as_it_was_typed(kind: PaperKind, word: str):
    texts = words_of(kind.render(with_every_word(SAMPLES[kind.key], word)).pdf)
    assert word in texts
    assert "张三" not in texts.replace("<b>张三", "")


@every_paper
def test_a_flood_of_words_in_every_field_stays_on_the_sheet(kind: PaperKind):
    paper = kind.render(with_every_word(SAMPLES[kind.key], "很长的一句话，" * 60))
    assert outside_the_sheet(paper.pdf) == []


@pytest.mark.slow
@every_paper
def test_twenty_thousand_characters_in_one_field_are_harmless(kind: PaperKind, dose: str):
    flooded = list(with_one_flooded(SAMPLES[kind.key], "长" * 19_990 + "ABCDEFGHIJ"))
    for facts in flooded if dose == "full" else flooded[:: len(flooded) // 5]:
        assert outside_the_sheet(kind.render(facts).pdf, most_pages=3) == []


@every_paper
def test_empty_words_everywhere_still_make_a_paper(kind: PaperKind):
    assert kind.render(with_every_word(SAMPLES[kind.key], "")).pages >= 1


@every_paper
def test_the_file_is_sound_and_its_fonts_travel_with_it(kind: PaperKind, tmp_path: Path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(kind.render(SAMPLES[kind.key]).pdf)
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", file)
    fonts = tool("pdffonts", file).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)  # embedded, a subset, with a unicode map


@every_paper
def test_the_file_names_its_title_office_and_language(kind: PaperKind, tmp_path: Path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(kind.render(SAMPLES[kind.key]).pdf)
    told = tool("pdfinfo", file)
    assert "中共凤山街道滨海社区委员会" in told
    assert b"/Lang (zh-CN)" in file.read_bytes()


def test_another_process_gives_the_same_bytes():
    """核验 renders the paper again, on another day and in another process."""
    here = str(Path(__file__).parents[2])
    script = (
        f"import sys, hashlib; sys.path.insert(0, {here!r})\n"
        "from tests.reports.paper_samples import SAMPLES\nfrom desktop.reports import PAPERS\n"
        "print(hashlib.sha256(b''.join(kind.render(SAMPLES[kind.key]).pdf for kind in PAPERS)).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", script], check=True, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1
