"""Files in hand: a small batch on disk, and any bytes as if they came from a stick."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sync.ledgers import Circle, a_circle
from tests.sync.offices import a_batch


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A small sealed batch from 滨海社区 to the street and the district."""
    path = tmp_path / "连心-滨海社区-第046批-20211119.lxb"
    path.write_bytes(a_batch())
    return path


@pytest.fixture
def on_disk(tmp_path: Path) -> Callable[[bytes], Path]:
    """Bytes as a file from a stick."""

    def write(raw: bytes) -> Path:
        path = tmp_path / "手上的文件.lxb"
        path.write_bytes(raw)
        return path

    return write


@pytest.fixture
def circle(tmp_path: Path) -> Iterator[Circle]:
    """A district and two communities that know each other."""
    circle = a_circle(tmp_path)
    yield circle
    circle.close()
