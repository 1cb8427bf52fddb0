"""Errors into words: what an office rule or the outside refused goes into a bar, a bug becomes a text for the engineer.

Errors are told apart by type, never by their text. The text for the engineer names files, lines and types; what a
resident is called or his number never gets into it.
"""

import re
import traceback
from pathlib import Path
from platform import platform, python_version

from PySide6.QtCore import qVersion

from desktop.model.errors import Said, Trouble
from desktop.model.language import _
from desktop.ui.kit.bars import MessageBar

HERE = Path(__file__).resolve().parents[2]
PERSONAL = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+|\d{4,}|'[^']*'|\"[^\"]*\"")


def show_said(bar: MessageBar, error: Said, action: str = "", picture: str = "", shortcut: str = "") -> None:
    """The bar says what happened, to which record, and what to do. Trouble is a warning: trying again may help."""
    lead = f"{error.record}：" if error.record else ""
    words = f"{error.what}。{error.todo}" if error.todo else error.what
    bar.show_message("warn" if isinstance(error, Trouble) else "err", words, action, picture, shortcut, lead=lead)


def show_bug(bar: MessageBar) -> None:
    """Something of ours failed; the record is as it was, and there is a text to hand on."""
    words = _("程序出错，这一步没有做成，已存的内容没有变。请导出诊断交给维护人员")
    bar.show_message("err", words, _("看诊断"))


def diagnosis(error: BaseException) -> str:
    """Types, files and lines of an error and its causes, without a word of what was typed."""
    lines = [f"Python {python_version()}, Qt {qVersion()}, {platform()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append("")
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}: {without_persons(str(seen))}")
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def without_persons(text: str) -> str:
    """The first line of a message with every Chinese word, long number and quoted value taken out."""
    return PERSONAL.sub("…", text.split("\n", 1)[0])[:200]


def _place(file: str) -> str:
    """A file by its place in the program; of a library only its name, which tells no user name."""
    path = Path(file)
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) and "site-packages" not in file else path.name
