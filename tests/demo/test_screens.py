"""`lianxin screens`: the pictures lie there, and one page leads to all of them."""

import re
from pathlib import Path

import pytest

from desktop.demo.screens import render

# Slow: the ledgers of the pictures are written first (some 10 s); only one page is then drawn.
pytestmark = pytest.mark.slow


def test_every_variant_of_a_page_is_drawn_and_linked(tmp_path: Path, qapp: object) -> None:
    taken = render(tmp_path / "out", only=("already-open",), points=(10.5, 18.0), themes=("light", "dark"))
    out = tmp_path / "out"
    index = (out / "index.html").read_text(encoding="utf-8")
    linked = re.findall(r'href="([^"]+)"', index)
    assert taken == len(linked) == 8
    assert sorted(linked) == sorted(path.name for path in out.glob("*.png"))
    assert len({(out / name).read_bytes() for name in linked if "-1366-" in name}) == 4, "each look is another picture"
    assert sorted(path.name for path in (out / "small").iterdir()) == sorted(linked)
    assert "http" not in index
    assert not (out / "ledgers").exists()
