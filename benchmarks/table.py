"""What was measured, for people and for the next run: a table on the screen, docs/performance.md, benchmarks/out/<commit>.json."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from sqlcipher3 import dbapi2

from benchmarks.measure import TOO_NOISY, Outcome, Verdict

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "benchmarks" / "out"
PAGE = ROOT / "docs" / "performance.md"
PACKAGES = (
    "SQLAlchemy", "sqlcipher3", "PySide6-Essentials", "reportlab", "python-calamine", "XlsxWriter", "msgspec", "zstandard", "pyrage",
)  # fmt: skip

INTRO = """# How fast, and against what

Written by `make bench` (`python -m benchmarks`); do not edit by hand. Each goal is a ratio between the product and a **floor**: the
least that any program with these libraries must spend on the same rows, with the same cipher, pragmas and durability; or a **peer**:
what people would use instead. Floor, product and peer run in turn in one process, rotated each round (starts and memory: a fresh
process each), and the medians count, for search the 95th percentile. Seconds are this machine's and are never judged. *Noise* is the
floor's 95th percentile over its median; above 1.6 a job is repeated once and then said to be noisy instead of judged.
"""


def commit() -> str:
    """The commit that is measured; "-changed" when files differ from it."""
    try:
        asked = ["git", "rev-parse", "--short=10", "HEAD"]
        name = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        dirty = subprocess.run(["git", "status", "--porcelain", "desktop"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "no-commit"
    return f"{name}-changed" if dirty.strip() else name


def machine() -> dict[str, str | int]:
    """Where it was measured, and with what."""
    found: dict[str, str | int] = {name: version(name) for name in PACKAGES}
    return {
        "Python": platform.python_version(), "SQLite": dbapi2.sqlite_version, **found,
        "system": f"{platform.system()} {platform.machine()}", "processors": os.cpu_count() or 0,
    }  # fmt: skip


def write(outcomes: Sequence[Outcome]) -> Path:
    """The JSON of this commit: the jobs measured now, and those measured before that were not run again."""
    OUT.mkdir(exist_ok=True)
    path = OUT / f"{commit()}.json"
    before = json.loads(path.read_text())["jobs"] if path.exists() else {}
    jobs = before | {one.job: as_json(one) for one in outcomes}
    path.write_text(json.dumps({"commit": commit(), "machine": machine(), "jobs": jobs}, ensure_ascii=False, indent=1) + "\n")
    return path


def as_json(one: Outcome) -> dict[str, object]:
    """A job with whether each goal is met."""
    verdicts = [{**asdict(verdict), "passed": verdict.passed} for verdict in one.verdicts]
    return {**asdict(one), "verdicts": verdicts}


def write_page(path: Path, order: Sequence[str]) -> None:
    """docs/performance.md out of a JSON, its jobs in the order of the list."""
    kept = json.loads(path.read_text())
    place = {job: nth for nth, job in enumerate(order)}
    jobs = sorted(kept["jobs"].values(), key=lambda job: place.get(job["job"], len(place)))
    lines = [INTRO, f"Commit {kept['commit']}. " + ", ".join(f"{name} {value}" for name, value in kept["machine"].items()) + ".", ""]
    lines += ["| job | size | goal | measured | | noise |", "|---|---|---|---|---|---|"]
    for job in jobs:
        for verdict in job["verdicts"]:
            said = Verdict(**{name: value for name, value in verdict.items() if name != "passed"})
            lines.append(f"| {job['title']} | {job['size']} | {said.words} | {measured(said)} | {word(said)} | {job['noise']:.2f} |")
        if not job["verdicts"]:
            lines.append(f"| {job['title']} | {job['size']} | no goal | – | – | {job['noise']:.2f} |")
    lines += ["", "## What ran", "", "| job | side | what it is | median | 95 % | n |", "|---|---|---|---|---|---|"]
    for job in jobs:
        for name, times in job["times"].items():
            unit = job["unit"]
            cells = (job["title"], name, job["words"][name], amount(times["median"], unit), amount(times["p95"], unit), times["n"])
            lines.append("| " + " | ".join(map(str, cells)) + " |")
        lines += [f"| {job['title']} | {name} | *skipped*: {why} | – | – | – |" for name, why in job["skipped"].items()]
    notes = [f"- {job['title']}: {name} {value}" for job in jobs for name, value in job["notes"].items()]
    PAGE.write_text("\n".join([*lines, *(["", "## Also seen", "", *notes] if notes else [])]) + "\n")


def show(outcomes: Iterable[Outcome]) -> str:
    """The table as it is printed."""
    lines = []
    for one in outcomes:
        lines.append(f"{one.title} ({one.size}), noise {one.noise:.2f}{' – too noisy to judge' if one.noise > TOO_NOISY else ''}")
        for name, times in one.times.items():
            lines.append(f"    {name:22} {amount(times.median, one.unit):>10}  n={times.n:<4} {one.words[name]}")
        lines += [f"    {name:22} skipped: {why}" for name, why in one.skipped.items()]
        lines += [f"    {word(verdict):6} {measured(verdict):>9}  {verdict.words}" for verdict in one.verdicts]
        lines += [f"    {name}: {value}" for name, value in one.notes.items()]
    return "\n".join(lines)


def measured(verdict: Verdict) -> str:
    """2.31 ×"""
    number = f"{verdict.measured:.2f}" if verdict.measured < 100 else f"{verdict.measured:.0f}"
    return f"{number} {verdict.unit}"


def word(verdict: Verdict) -> str:
    """pass, miss, or that the machine was too busy to say."""
    said = "pass" if verdict.passed else "miss"
    return f"{said}?" if verdict.noisy else said


def amount(number: float, unit: str) -> str:
    """Seconds as people say them; anything else with its unit."""
    if unit != "s":
        return f"{number:.1f} {unit}"
    if number >= 1:
        return f"{number:.2f} s"
    return f"{number * 1e3:.1f} ms" if number >= 0.01 else f"{number * 1e3:.3f} ms"
