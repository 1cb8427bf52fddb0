"""An office of its own for every test: a real encrypted ledger with 周敏 (管理) at it, on 2021-11-24."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.office.desk import Desk
from tests.builders import a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.books.ledger.close()
