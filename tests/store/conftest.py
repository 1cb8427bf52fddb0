"""Real encrypted files in temporary folders, with a space and Chinese characters in their path."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.file import Ledger
from tests.store.small_office import new_ledger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "连心 账本 100%"


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with new_ledger(folder) as ledger:
        yield ledger
