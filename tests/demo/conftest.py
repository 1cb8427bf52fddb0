"""Ledgers of the invented district, built once for all tests that only look at them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.demo.world import BINHAI, XINLIN, plan
from desktop.demo.world_ledgers import CHEAP, PASSWORD, district_ledgers, rehearsal
from desktop.office.desk import Desk
from desktop.office.ledgers import sign_in


def home_and_work() -> tuple[str, str]:
    """Two communities with somebody who lives in the one and works in the other, the smaller ones first."""
    world = plan()
    pairs = [(world.communities[g // 4096], one) for one in world.communities for g in one.guests]
    home, work = min(pairs, key=lambda pair: pair[0].opinions + pair[1].opinions)
    return home.code, work.code


def small_one() -> str:
    """A village with late opinions and late dangers."""
    late = [one for one in plan().communities if one.overdue and one.dangers_overdue and one.declined]
    return min(late, key=lambda one: one.opinions).code


@pytest.fixture(scope="session")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Code → folder, of the two that tell stories and three that do not."""
    codes = (BINHAI, XINLIN, small_one(), *home_and_work())
    return {path.name: path for path in district_ledgers(tmp_path_factory.mktemp("district"), only=codes)}


@pytest.fixture(scope="session")
def desks(ledgers: dict[str, Path]) -> Iterator[dict[str, Desk]]:
    """Code → the desk of `shuji` on the last evening of the year."""
    opened = {code: sign_in(path, "shuji", PASSWORD, now=lambda: "2021-12-31T18:00:00") for code, path in ledgers.items()}
    yield opened
    for desk in opened.values():
        desk.books.ledger.close()


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """演练社区 on 24 November 2021 at 09:41."""
    desk = rehearsal(tmp_path_factory.mktemp("rehearsal") / "ledger", cost=CHEAP)
    yield desk
    desk.books.ledger.close()
