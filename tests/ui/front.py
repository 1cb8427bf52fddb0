"""What the tests of the first windows share: a closed ledger, the program without its event loop, words typed and buttons pressed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import Lianxin
from desktop.ui.kit.fields import LabelledField
from desktop.ui.thispc import ThisPc
from tests.builders import a_desk


def a_closed_ledger(ground: Path) -> Path:
    """滨海社区's ledger with 周敏 in its keyring, nobody at it."""
    desk = a_desk(ground)
    desk.books.ledger.close()
    return ground / "账本"


def the_program(app: QApplication, ground: Path, data: Path | None = None) -> Lianxin:
    """Everything that `main` puts together, with a memory of its own."""
    return Lianxin(app, ThisPc(ground / "config" / "pc.json"), data)


def type_in(field: LabelledField | QWidget, text: str) -> None:
    """The keys of `text` go into the field that is clicked first; Chinese comes as an input method brings it."""
    editor = field.editor if isinstance(field, LabelledField) else field
    editor.setFocus()
    if text.isascii():
        QTest.keyClicks(editor, text)
    else:
        editor.insert(text)  # what a committed word does
        editor.textEdited.emit(editor.text())


def press(button: QWidget) -> None:
    """A click with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def enter(widget: QWidget) -> None:
    """The Enter key."""
    QTest.keyClick(widget, Qt.Key.Key_Return)
