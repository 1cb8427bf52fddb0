"""`lianxin tour`: the whole circle walked by itself, and honest when a step does not hold."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.demo.tour import NotSo, Tour

# Slow: four ledgers with a year of work are written, two of them lived in through real windows, and merged; some 40 s.
pytestmark = pytest.mark.slow


def test_the_circle_is_walked_from_the_roster_to_the_receipt(tmp_path: Path) -> None:
    out = tmp_path / "tour"
    command = [sys.executable, "-m", "desktop.cli", "tour", "--out", str(out), "--communities", "3"]
    done = subprocess.run(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["held"]
    assert all(step["held"] and step["asserted"] for step in summary["steps"])
    names = [step["name"] for step in summary["steps"]]
    assert names[-2:] == ["读入回执：逐条已入库", "区里的账本完好"]
    assert summary["figures"]["2+3+4+5"] == sum(summary["figures"][key] for key in "2345")
    assert {path.suffix for path in (out / "screens").iterdir()} == {".png"}
    assert len(list((out / "screens").iterdir())) > 20
    assert all(path.read_bytes().startswith(b"%PDF-") for path in (out / "paper").iterdir())
    assert any(path.suffix == ".lxb" for path in (out / "stick" / "连心").iterdir())
    assert len([path for path in (out / "district-stick" / "连心").iterdir() if path.suffix == ".lxb"]) == 3


def test_what_does_not_hold_is_written_down_and_ends_the_walk(tmp_path: Path) -> None:
    tour = Tour(tmp_path, 3)
    with pytest.raises(NotSo, match="两条变成三条"), tour.step("数一数"):
        tour.hold("两条变成三条", False)
    tour.write_summary()
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert not summary["held"]
    assert [(step["name"], step["held"]) for step in summary["steps"]] == [("数一数", False)]
