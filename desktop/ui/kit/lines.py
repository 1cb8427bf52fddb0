"""Fields for text: one line, many lines, a password. Lengths are counted by code point.

Qt counts UTF-16 units, so 𬭊 would be two; and it silently cuts what is pasted. Here too long a text stays as typed
and is called too long, because saving must never lose input.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QResizeEvent, QValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import IconButton
from desktop.ui.kit.text import Label, as_tip, set_property
from desktop.ui.look import follow, look

EXAMPLE_SIDE = 9  # what the sheet leaves free at each side of the text


class CodePoints(QValidator):
    """At most `limit` characters, a character outside the basic plane being one."""

    def __init__(self, limit: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = limit

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        fits = len(text) <= self.limit
        return (QValidator.State.Acceptable if fits else QValidator.State.Intermediate), text, at


def too_long(text: str, limit: int) -> str:
    """Why the text cannot stay, or nothing."""
    return _("最多 {limit} 字，现在 {now} 字").format(limit=limit, now=len(text)) if limit and len(text) > limit else ""


RARE_KEYS = "Ctrl+Alt+R"


def asks_for_rare(event: QKeyEvent) -> bool:
    """Ctrl+Alt+R: a character that cannot be typed."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return event.key() == Qt.Key.Key_R and event.modifiers() == held


def pick_rare(field: "LineEdit | LongEdit") -> None:
    """The picker of rare characters opens for this field; the table behind it is loaded by nobody who never asks."""
    from desktop.ui.kit.rarecharacters import open_over

    open_over(field)


def open_menu(field: "LineEdit | LongEdit", menu: QMenu, event: QContextMenuEvent) -> None:
    """The field's own menu with 生僻字 under it."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if field.takes_rare and not field.isReadOnly():
        line, rare = QAction(menu), QAction(f"{_('生僻字…')}\t{RARE_KEYS}", menu)
        line.setSeparator(True)
        rare.triggered.connect(lambda: pick_rare(field))
        menu.addActions([line, rare])
    menu.popup(event.globalPos())


class LineEdit(QLineEdit):
    """One line of text. `changed` tells what the user typed, never what the program set."""

    changed = Signal(str)
    mistaken = Signal(str)
    takes_rare = True  # names and words may hold a character that no input method has

    def __init__(self, limit: int = 0, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = limit
        if limit:
            self.setValidator(CodePoints(limit, self))
        self.setPlaceholderText(placeholder)
        self._before: list[QWidget] = []
        self._after: list[QWidget] = []
        self._inside = QHBoxLayout(self)
        self._inside.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._edited)
        follow(self, self._restyle)

    def value(self) -> str:
        """What stands in the field, without blanks at its ends."""
        return self.text().strip()

    def set_value(self, text: str) -> None:
        """Shows this text; tells nobody."""
        self.setText(text)
        self.setCursorPosition(0)

    def mistake(self) -> str:
        """Why the text cannot stay, or nothing."""
        return too_long(self.value(), self.limit)

    def set_tone(self, tone: str) -> None:
        """err, warn or nothing."""
        set_property(self, "tone", tone)

    def set_still(self, still: bool) -> None:
        """To be read only: dashed, and still in the order of Tab so that it can be copied."""
        self.setReadOnly(still)
        set_property(self, "still", still)

    def add_before(self, piece: QWidget) -> None:
        """A mark inside the field, before the text: Qt's own actions stay 16 px when letters grow."""
        self._inside.insertWidget(len(self._before), piece)
        self._before.append(piece)
        self._restyle()

    def add_after(self, piece: QWidget) -> None:
        """A button or word inside the field, after the text."""
        self._inside.addWidget(piece)
        self._after.append(piece)
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.takes_rare and not self.isReadOnly() and asks_for_rare(event):
            pick_rare(self)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self, self.createStandardContextMenu(), event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_example()

    def _tell_example(self) -> None:
        """An example that ends in … because the field is short is told whole by the tooltip."""
        example, margins, whole = self.placeholderText(), self.textMargins(), as_tip(self.placeholderText())
        room = self.contentsRect().width() - margins.left() - margins.right() - 2 * look().u(EXAMPLE_SIDE)
        cut = bool(example) and self.fontMetrics().horizontalAdvance(example) > room
        if cut and not self.toolTip():
            self.setToolTip(whole)
        elif not cut and self.toolTip() == whole:
            self.setToolTip("")

    def _edited(self, _text: str) -> None:
        self.changed.emit(self.value())
        self.mistaken.emit(self.mistake())

    def _restyle(self) -> None:
        here = look()
        gap = here.u(6)
        self._inside.setContentsMargins(here.u(8), 0, here.u(6), 0)
        self._inside.setSpacing(gap)

        def room(pieces: list[QWidget]) -> int:
            return sum(max(piece.minimumWidth(), piece.sizeHint().width()) + gap for piece in pieces)

        self.setTextMargins(room(self._before), 0, room(self._after), 0)
        self._tell_example()


class SearchEdit(LineEdit):
    """A field with the glass before the text and its shortcut after it."""

    def __init__(self, placeholder: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self.add_before(IconMark("search", "text2", 18))
        if shortcut:
            self.add_after(Label(shortcut, "caption", "text3"))
        self.setAccessibleName(placeholder)


class LongEdit(QPlainTextEdit):
    """Many lines of plain text; Tab leaves the field, Enter makes a line."""

    changed = Signal(str)
    mistaken = Signal(str)
    takes_rare = True

    def __init__(self, limit: int = 0, placeholder: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit, self._lines, self._setting = limit, lines, False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(self._edited)
        follow(self, self.updateGeometry)

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Shows this text; tells nobody."""
        self._setting = True
        self.setPlainText(text)
        self._setting = False

    def mistake(self) -> str:
        """Why the text cannot stay, or nothing."""
        return too_long(self.value(), self.limit)

    def set_tone(self, tone: str) -> None:
        """err, warn or nothing."""
        set_property(self, "tone", tone)

    def set_still(self, still: bool) -> None:
        """To be read only."""
        self.setReadOnly(still)
        set_property(self, "still", still)

    def sizeHint(self) -> QSize:
        return QSize(look().u(200), self._lines * self.fontMetrics().lineSpacing() + look().u(18))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().u(80), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.isReadOnly() and asks_for_rare(event):
            pick_rare(self)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self, self.createStandardContextMenu(), event)

    def _edited(self) -> None:
        if not self._setting:
            self.changed.emit(self.value())
            self.mistaken.emit(self.mistake())


class PasswordEdit(LineEdit):
    """A password: dots, an eye, and a word when the capitals are locked."""

    caps_locked = Signal(bool)
    takes_rare = False

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._caps = False
        self.eye = IconButton(_("显示口令"), "eye", parent=self)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from the password to the deed
        self.eye.clicked.connect(self._show_or_hide)
        self.add_after(self.eye)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)

    def value(self) -> str:
        """Every character counts, blanks too."""
        return self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._say_caps(not self._caps)
        elif len(letter) == 1 and letter.isascii() and letter.isalpha():
            # Qt tells no state of the lock; a capital without Shift (or small with it) betrays it.
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._say_caps(letter.isupper() != shift)
        super().keyPressEvent(event)

    def _say_caps(self, locked: bool) -> None:
        if locked != self._caps:
            self._caps = locked
            self.caps_locked.emit(locked)
            self.mistaken.emit(_("大写锁定开着（Caps Lock）") if locked else "")

    def mistake(self) -> str:
        return ""

    def _edited(self, _text: str) -> None:
        self.changed.emit(self.value())

    def _show_or_hide(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.eye.set_picture("eye-off" if hidden else "eye")
        self.eye.setAccessibleName(_("隐藏口令") if hidden else _("显示口令"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self.setEchoMode(QLineEdit.EchoMode.Password)
        super().changeEvent(event)
