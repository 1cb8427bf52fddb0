"""One window in one fresh process, as `windows.py` tells of it; its settings and logs lie in a folder of the bench."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import ROOT

PATIENCE = 120


@dataclass(frozen=True)
class Seen:
    """Seconds from the start of the process to the first frame, those that the role measured itself, and MB."""

    start: float
    took: float
    rss: float


def window(role: str, folder: Path, home: Path) -> Seen:
    """Run the role. Raises when its process told nothing."""
    (folder / "book" / "ledger.lock").unlink(missing_ok=True)
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.windows", role, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(f"{role}: {done.stderr[-2000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Seen(told["painted"] - begin, told["took"] or 0.0, told["rss"])
