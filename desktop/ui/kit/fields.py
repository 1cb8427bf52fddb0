"""A field with its words: label above, hint or error below with its icon; the form's every question looks like this."""

from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import TONE_ICONS, IconMark
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.lines import PasswordEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look


class Editor(Protocol):
    """What every editor of the kit can do; the values are text, or a list of texts for several choices."""

    changed: SignalInstance
    mistaken: SignalInstance

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...
    def mistake(self) -> str: ...
    def set_tone(self, tone: str) -> None: ...
    def set_still(self, still: bool) -> None: ...


class LabelledField(QWidget):
    """Label, "* 必填" in words, an optional link; the editor; one line of hint, warning or error."""

    changed = Signal()
    link_clicked = Signal()

    def __init__(self, label: str, editor: QWidget, *, required: bool = False, hint: str = "", link: str = "", note: str = "",
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self.label, self.editor, self.required, self._hint = label, editor, required, hint
        self._column, self._head, self._foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        name = Label(label, "caption", "text2", parent=self)
        name.setBuddy(editor)
        self._head.addWidget(name)
        self.note = note
        self._beside: Label | None = None
        if required or note:
            self._beside = Label(self._words_beside(), "caption", "text2", bold=required, parent=self)
            self._head.addWidget(self._beside)
        self._head.addStretch(1)
        self.link: LinkButton | None = None
        if link:
            self.link = LinkButton(link, small=True)
            self.link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab and Enter go from field to field
            self.link.clicked.connect(self.link_clicked)
            self._head.addWidget(self.link)
        self._mark: IconMark | None = None  # most fields never have a word under them, and a form has many fields
        self._words: Label | None = None
        self._column.addLayout(self._head)
        self._column.addWidget(editor)
        self._column.addLayout(self._foot)
        self._column.addStretch(1)
        self.setFocusProxy(editor)
        self.tone = ""
        self.show_word("", "")
        self.as_editor.changed.connect(lambda *_value: self.changed.emit())
        self.as_editor.mistaken.connect(self._mistaken)
        follow(self, self._restyle)

    @property
    def as_editor(self) -> Editor:
        """The editor by what it can do."""
        return self.editor  # type: ignore[return-value]  # every editor of the kit keeps to the protocol

    def set_required(self, required: bool) -> None:
        """From now on it must be filled, or need not; only for a field that was made as one that must."""
        self.required = required
        if self._beside is not None:
            self._beside.setText(self._words_beside())
            self._beside.set_bold(required)
        self.show_word("", "")

    def set_note(self, note: str) -> None:
        """A word beside the label that changes with the value; only for a field that was made with one, or as one that must."""
        self.note = note
        if self._beside is not None:
            self._beside.setText(self._words_beside())

    def _words_beside(self) -> str:
        return "，".join([*([_("* 必填")] if self.required else []), *([self.note] if self.note else [])])

    def value(self) -> Any:
        """What was typed or chosen."""
        return self.as_editor.value()

    def set_value(self, value: Any) -> None:
        """Shows this value; tells nobody."""
        self.as_editor.set_value(value)
        self.show_word("", "")

    def set_still(self, still: bool) -> None:
        """To be read only."""
        self.as_editor.set_still(still)

    def check(self) -> str:
        """Why the field cannot be saved as it is, shown under it; nothing when it can."""
        why = self.as_editor.mistake() or (_("还没填") if self.required and not self.value() else "")
        self.show_word(why, "err" if why else "")
        return why

    def show_word(self, words: str, tone: str) -> None:
        """err, warn or ok under the field with its icon; nothing brings the hint back."""
        self.tone = tone if words else ""
        shown = words or self._hint
        self._show_foot(shown, bool(words))
        self.as_editor.set_tone(self.tone if self.tone in ("err", "warn") else "")
        required = _("必填") if self.required else ""
        self.editor.setAccessibleName(" ".join(part for part in (self.label, required) if part))
        self.editor.setAccessibleDescription(shown)

    def _show_foot(self, shown: str, marked: bool) -> None:
        if marked and self._mark is None:
            self._mark = IconMark("info-circle", "text2", 14, self)
            self._foot.insertWidget(0, self._mark, 0, Qt.AlignmentFlag.AlignTop)
            self._restyle()
        if shown and self._words is None:
            self._words = Label("", "caption", "text2", wrap=True, parent=self)
            self._foot.addWidget(self._words, 1)
        if self._words is not None:
            self._words.setText(shown)
            self._words.set_ink(self.tone or "text2")
            self._words.setVisible(bool(shown))
        if self._mark is not None:
            self._mark.show_icon(TONE_ICONS.get(self.tone, "info-circle"), self.tone or "text2")
            self._mark.setVisible(marked)

    @property
    def word(self) -> str:
        """What stands under the field."""
        return self._words.text() if self._words is not None else ""

    def _mistaken(self, why: str) -> None:
        if why:
            # A lock on the capitals is a warning; anything else cannot stay.
            self.show_word(why, "warn" if isinstance(self.editor, PasswordEdit) else "err")
        elif self.tone in ("err", "warn"):
            self.show_word("", "")

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(here.u(2))
        self._head.setSpacing(here.u(6))
        self._foot.setSpacing(here.u(4))
        if self._mark is not None:
            self._mark.setFixedHeight(QFontMetrics(here.font("caption")).height())
