"""Another file becomes the ledger, as one deed: the old one or the new one opens after a power cut, never neither.

A plan is written first, whole and synced; that is the moment of choice. Carrying it out only renames, and every
opening finishes a plan that was cut short. The old file goes aside together with its `-wal`, so it can be opened as
it was.
"""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.store.disk import PART, replace, said, sync_folder, write_whole
from desktop.store.key import KEYRING, KEYRING_COPY
from desktop.store.mark import MARK
from desktop.store.troubles import LEDGER, damaged

PLAN = "ledger.swap.json"
ASIDE = re.compile(r"(ledger|keyring)\.before[-\w]*\.(db|json)", re.ASCII)
STAGED = "ledger.staged.db"
STAGED_KEYRING = "keyring.staged.json"


@dataclass(frozen=True)
class Plan:
    """The staged file becomes the ledger; what stands there now is kept as `aside`. A staged keyring goes along."""

    aside: str
    keyring_aside: str


def swap_in(folder: Path, aside: str) -> str:
    """The staged file is the ledger from now on. Returns the name under which the old one is kept ("" if there was none)."""
    had_one = (folder / LEDGER).exists()
    plan = Plan(_free_name(folder, aside), _free_name(folder, "keyring.before.json"))
    write_whole(folder / PLAN, json.dumps(asdict(plan)).encode())
    finish_swap(folder)
    return plan.aside if had_one else ""


def finish_swap(folder: Path) -> None:
    """A plan that was cut short is carried out; without a plan, what was only staged is thrown away."""
    with said(folder / LEDGER):
        if not (folder / PLAN).exists():
            _sweep(folder)
            return
        plan = _read_plan(folder / PLAN)
        if (folder / STAGED).exists():
            _move(folder / f"{LEDGER}-wal", folder / f"{plan.aside}-wal")
            (folder / f"{LEDGER}-shm").unlink(missing_ok=True)
            _move(folder / LEDGER, folder / plan.aside)
            replace(folder / STAGED, folder / LEDGER)
        if (folder / STAGED_KEYRING).exists():
            _move(folder / KEYRING, folder / plan.keyring_aside)
            (folder / KEYRING_COPY).unlink(missing_ok=True)
            replace(folder / STAGED_KEYRING, folder / KEYRING)
        (folder / MARK).unlink(missing_ok=True)
        sync_folder(folder)
        (folder / PLAN).unlink()
        sync_folder(folder)


def _read_plan(path: Path) -> Plan:
    """The plan, if it names plain files of ours: it is not encrypted, so it must not be able to move anything else."""
    try:
        plan = Plan(**json.loads(path.read_bytes()))
        names_are_ours = all(ASIDE.fullmatch(name) for name in (plan.aside, plan.keyring_aside))
    except (ValueError, TypeError, AttributeError) as error:
        raise damaged() from error
    if not names_are_ours:
        raise damaged()
    return plan


def _move(source: Path, target: Path) -> None:
    if source.exists():
        replace(source, target)


def _free_name(folder: Path, name: str) -> str:
    """`name`, or the first of name-2, name-3 … that nothing bears: what was kept once is never overwritten."""
    stem, dot, ending = name.rpartition(".")
    candidate, number = name, 1
    while (folder / candidate).exists() or (folder / f"{candidate}-wal").exists():
        number += 1
        candidate = f"{stem}-{number}{dot}{ending}"
    return candidate


def _sweep(folder: Path) -> None:
    """Half-made files of a deed that was cut short before its moment of choice."""
    for path in [*folder.glob(f"ledger.*{PART}*"), *folder.glob(f"keyring.*{PART}"), folder / STAGED, folder / STAGED_KEYRING]:
        path.unlink(missing_ok=True)
