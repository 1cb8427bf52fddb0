"""One office for all of these tests: they add records of every type and each looks only at its own."""

from collections.abc import Iterator

import pytest

from desktop.office.desk import Desk
from tests.builders import a_desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = a_desk(tmp_path_factory.mktemp("every-record"))
    yield desk
    desk.books.ledger.close()
