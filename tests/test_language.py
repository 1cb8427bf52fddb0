"""The English catalogue is whole: every word of the screen has its English, and paper stays Chinese whatever the screen speaks."""

import importlib.util
import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from desktop.model.errors import Refusal
from desktop.model.inspection import Inspection
from desktop.model.language import CATALOGUES, _, in_chinese, use_language
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.office.inspections import start_inspection
from desktop.office.selections import Selection, gather
from desktop.reports.checkins import registration_form
from tests.builders import a_checklist, a_desk, a_person, a_place
from tests.reports.paper_samples import words_of

HAN = re.compile("[\u4e00-\u9fff]")
# English sentences that must quote Chinese: what is typed, the folder on the stick, invented names, a sample of the fonts.
QUOTES = re.compile("连心同行 · 为民办事|“[^”]*”|连心|滨海社区|陈嘉禾|恢复|花名册|是 or 否|𬭊𪻐")


@pytest.fixture(scope="module")
def extract() -> ModuleType:
    """resources/locale/extract.py, which is run by hand and is no part of the program."""
    spec = importlib.util.spec_from_file_location("extract", CATALOGUES / "extract.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def english(extract: ModuleType) -> dict[str, str]:
    catalogue: Catalog = extract.kept()
    return {str(message.id): str(message.string) for message in catalogue if message.id}


@pytest.fixture
def in_english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


def _blanks(text: str) -> list[tuple[str, str]]:
    """The places that are filled in, with the way they are written."""
    return sorted((name, form or "") for _text, name, form, _conversion in string.Formatter().parse(text) if name is not None)


def test_every_word_of_the_screen_has_its_english(extract: ModuleType, english: dict[str, str]):
    assert [word for word in extract.words() if not english.get(word)] == [], "run `make words` and translate these"


def test_the_catalogue_keeps_no_word_that_is_gone(extract: ModuleType, english: dict[str, str]):
    assert sorted(set(english) - set(extract.words())) == [], "run `make words`"


def test_what_is_filled_into_a_sentence_is_filled_into_its_english(english: dict[str, str]):
    assert {word: said for word, said in english.items() if _blanks(word) != _blanks(said)} == {}


def test_no_chinese_is_left_in_the_english_but_what_it_quotes(english: dict[str, str]):
    assert {word: said for word, said in english.items() if HAN.search(QUOTES.sub("", said))} == {}


def test_the_program_reads_what_was_translated(extract: ModuleType):
    assert extract.PO.with_suffix(".mo").read_bytes() == extract.compiled(extract.kept()), "run `make words`"


def test_no_word_is_frozen_before_the_language_is_known(extract: ModuleType):
    assert list(extract.frozen()) == [], "a word translated while its module is imported stays Chinese for good"


@pytest.mark.usefixtures("in_english")
def test_an_english_screen_names_things_in_english():
    assert _(Opinion.label) == "Opinion"
    assert _(Person.fields()["phone"].label) == "Mobile"
    assert Person.fields()["sex"].kind.show("2") == "Female"


@pytest.mark.usefixtures("in_english")
def test_an_english_screen_says_in_english_what_is_wrong(tmp_path: Path):
    desk = a_desk(tmp_path)
    with pytest.raises(Refusal, match="two people"):
        start_inspection(desk, place=a_place(desk, "老张小吃店", "场所"), template=a_checklist(desk), inspectors="周敏")
    assert desk.rows(Inspection) == []


def test_a_language_that_nobody_translated_stays_chinese():
    use_language("fr")
    try:
        assert _(Opinion.label) == "意见建议"
    finally:
        use_language("zh")


@pytest.mark.usefixtures("in_english")
def test_a_word_for_paper_is_chinese_and_the_next_one_for_the_screen_english_again():
    with in_chinese():
        assert _("意见建议") == "意见建议"
    assert _("意见建议") == "Opinion"


@pytest.mark.usefixtures("in_english")
def test_paper_stays_chinese_on_an_english_screen(tmp_path: Path):
    desk = a_desk(tmp_path)
    person = a_person(desk, sex="2", nation="01", education="21")
    said = words_of(registration_form(gather(desk, "registration", Selection((person,)))).pdf)
    assert [word for word in ("女", "汉族", "大学本科毕业") if word not in said] == []
    assert re.findall("[A-Za-z]{4,}", said) == []
