"""What this computer remembers outside the ledger, because it is needed before anybody has signed in.

Which ledger was open, who signed in last, letter size and theme, where the window stood. No word about a resident, and
nothing that opens anything; a file that is lost or damaged costs a choice, never a day's work.
"""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from desktop.model.errors import Trouble
from desktop.store.disk import write_whole

log = logging.getLogger(__name__)
FILE = "pc.json"
LAST, ALL, NONE = "上次登录的人", "所有人", "不显示"


@dataclass
class Person:
    """Somebody who signed in on this computer, as the sign-in window shows him."""

    login: str
    name: str
    post: str
    at: str = ""


@dataclass
class Ledger:
    """A ledger that was open on this computer."""

    folder: str
    office: str = ""
    names: str = LAST
    lock_minutes: int = 15
    people: list[Person] = field(default_factory=list)
    hint: str = ""  # what the sign-in window adds: of a rehearsal its password, which is no secret
    sheet_is_open: bool = False  # the recovery key was never typed back: the paper may not exist


@dataclass
class ThisPc:
    """One small file in the folder for settings of the person who uses this computer."""

    path: Path
    points: float = 10.5
    theme: str = "light"
    language: str = "zh"
    geometry: str = ""
    ledgers: list[Ledger] = field(default_factory=list)

    @classmethod
    def load(cls, folder: Path | None = None) -> "ThisPc":
        """What was remembered, or the standard; what cannot be read counts as nothing."""
        path = (folder or config_folder()) / FILE
        try:
            kept = json.loads(path.read_bytes()) if path.exists() else {}
            ledgers = [_ledger(one) for one in kept.pop("ledgers", [])]
            known = {one.name for one in fields(cls)} - {"path", "ledgers"}
            return cls(path, ledgers=ledgers, **{key: value for key, value in kept.items() if key in known})
        except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
            log.warning("%s is not readable (%s); starting anew", FILE, type(error).__name__)
            return cls(path)

    def save(self) -> None:
        """It is on the disk; when it cannot be, the next start only asks again."""
        plain = asdict(self)
        del plain["path"]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, json.dumps(plain, ensure_ascii=False, indent=1).encode())
        except (OSError, Trouble) as error:
            log.warning("%s not written: %s", FILE, type(error).__name__)

    def last(self) -> Ledger | None:
        """The ledger that was open last."""
        return self.ledgers[0] if self.ledgers else None

    def ledger(self, folder: Path) -> Ledger:
        """What is known of the ledger in this folder; from now on the last one."""
        text = str(folder)
        known = next((one for one in self.ledgers if one.folder == text), None) or Ledger(text)
        self.ledgers = [known, *(one for one in self.ledgers if one is not known)]
        return known

    def signed_in(self, folder: Path, person: Person) -> Ledger:
        """This person opened this ledger."""
        known = self.ledger(folder)
        known.people = [person, *(one for one in known.people if one.login != person.login)]
        return known


def config_folder() -> Path:
    """Where this person's settings belong on this system; LIANXIN_CONFIG says otherwise."""
    import platformdirs

    told = os.environ.get("LIANXIN_CONFIG")
    return Path(told) if told else platformdirs.user_config_path("lianxin", appauthor=False)


def _ledger(plain: Mapping[str, Any]) -> Ledger:
    return Ledger(**{**plain, "people": [Person(**one) for one in plain.get("people", [])]})
