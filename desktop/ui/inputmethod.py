"""Typing Chinese on Linux. Qt's wheel brings the ibus plugin and no fcitx one; without a word an office could not write a name.

fcitx 5 speaks the ibus protocol, so `fcitx` becomes `ibus` before Qt looks. Where nothing answers at all, the window
says so once, with what helps.
"""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

VARIABLE = "QT_IM_MODULE"


def plugins() -> set[str]:
    """The input methods that the Qt of this program can speak to."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    return {name for path in folder.glob("*") for name in ("fcitx", "ibus", "compose") if name in path.name}


def choose(environment: MutableMapping[str, str], has: set[str]) -> None:
    """Before QApplication: a fcitx that this Qt cannot speak to is reached as ibus."""
    wanted = environment.get(VARIABLE, "")
    if wanted.startswith("fcitx") and "fcitx" not in has and "ibus" in has:
        environment[VARIABLE] = "ibus"


def prepare() -> None:
    """The environment of this process is ready for Qt."""
    if sys.platform == "linux":
        choose(os.environ, plugins())


def is_missing(environment: MutableMapping[str, str], has: set[str], platform: str) -> bool:
    """On this Linux desktop no input method can be reached: nobody could type Chinese here."""
    if platform not in ("xcb", "wayland"):
        return False
    wanted = environment.get(VARIABLE, "") or environment.get("XMODIFIERS", "").removeprefix("@im=")
    if wanted in ("", "none", "xim", "simple"):
        return not environment.get("WAYLAND_DISPLAY")
    return not any(wanted.startswith(name) for name in has)
