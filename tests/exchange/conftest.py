"""A real, encrypted ledger of 滨海社区, on a day in March 2022."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.office.desk import Desk
from tests.exchange.tables import a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path / "账本")
    yield desk
    desk.books.ledger.close()
