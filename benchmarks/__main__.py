"""`python -m benchmarks [job …]`: every job, or those named; a table, a JSON, and, when all ran, docs/performance.md."""

import argparse
import sys
import time
from importlib import import_module

from benchmarks import table

# In the order of the page. Each is a module of this folder with `run() -> list[Outcome]`.
JOBS = (
    "start", "save", "listing", "search", "importing", "exporting", "ledger", "sealing", "receiving", "merging",
    "figures", "backup", "memory",
)  # fmt: skip
ORDER = (
    "start", "open", "save", "list", "list-large", "search", "import", "export", "ledger", "seal", "unseal", "receive", "merge",
    "figures", "backup", "memory",
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Zero when every goal that could be judged is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("jobs", nargs="*", metavar="job", help=", ".join(JOBS))
    asked = parser.parse_args(argv).jobs or list(JOBS)
    if unknown := [job for job in asked if job not in JOBS]:
        parser.error(f"no such job: {', '.join(unknown)}; there are {', '.join(JOBS)}")
    begin, outcomes = time.monotonic(), []
    for job in asked:
        found = import_module(f"benchmarks.{job}").run()
        print(table.show(found), flush=True)
        outcomes += found
    path = table.write(outcomes)
    if whole := set(asked) == set(JOBS):
        table.write_page(path, ORDER)
    missed = [verdict.words for one in outcomes for verdict in one.verdicts if not verdict.passed and not verdict.noisy]
    print(f"{time.monotonic() - begin:.0f} s. Written: {path.relative_to(table.ROOT)}{' and docs/performance.md' if whole else ''}.")
    print("Every goal is met." if not missed else "Missed: " + "; ".join(missed))
    return 0 if not missed else 1


if __name__ == "__main__":
    sys.exit(main())
