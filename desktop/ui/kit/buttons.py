"""Buttons: one primary per page in 枣红, the second solid deed in 黛蓝, everything else outlined, ghost or link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.model.language import _
from desktop.ui.icons import icon
from desktop.ui.kit.text import Label, PlainMenu, literal, set_tip
from desktop.ui.look import follow, look

INKS = {"primary": "on_brand", "secondary": "text", "act": "on_act", "danger": "err", "ghost": "text2", "link": "act", "onact": "on_act"}


@dataclass(frozen=True)
class Action:
    """One deed a page offers: its word, its icon and what it does. Kept longest in the header: the highest `keep`."""

    key: str
    label: str
    icon: str = ""
    kind: str = "secondary"
    shortcut: str = ""
    run: Callable[[], object] | None = field(default=None, compare=False)  # made anew at every asking, and always the same deed
    enabled: bool = True
    keep: int = 0
    why_not: str = ""


class Button(QPushButton):
    """A button of one of the kinds primary, secondary, act, danger, ghost, link."""

    def __init__(
        self,
        text: str,
        picture: str = "",
        kind: str = "secondary",
        shortcut: str = "",
        *,
        flat: bool = False,
        small: bool = False,
        hint: str = "",
        ink: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture, self._ink = picture, ink or INKS[kind]
        self._shortcut_word = shortcut
        self.label = ""
        self.setProperty("kind", kind)
        if flat:
            self.setProperty("flat", True)
        if small:
            self.setProperty("small", True)
        if hint:
            self._add_hint(hint)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_label(text)
        follow(self, self._restyle)

    def set_label(self, text: str) -> None:
        """The word on the button, shown as it is written, with its shortcut beside it."""
        self.label = text
        lead = " " if self._picture and text else ""  # Qt sets the word hard against the icon
        tail = f"  {self._shortcut_word}" if self._shortcut_word else ""
        self.setText(literal(lead + text + tail))
        self.setAccessibleName(text)

    def _add_hint(self, hint: str) -> None:
        """A small word at the right edge; the label goes to the left."""
        self.setProperty("align", "left")
        self.setProperty("hint", True)
        inside, words = QHBoxLayout(self), Label(hint, "caption", "text2")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(words)

    def set_picture(self, name: str, ink: str = "") -> None:
        """Another icon before the same word."""
        self._picture, self._ink = name, ink or self._ink
        self._restyle()

    def _restyle(self) -> None:
        side = look().u(18)
        self.setIconSize(QSize(side, side))
        if self._picture:
            self.setIcon(icon(self._picture, self._ink))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Outside a dialog Qt presses a button with Space only; a clerk expects Enter.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.click()
            return
        super().keyPressEvent(event)


class LinkButton(Button):
    """A deed that reads as part of the text."""

    def __init__(self, text: str, picture: str = "", shortcut: str = "", *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, picture, "link", shortcut, flat=True, small=small, parent=parent)


class IconButton(Button):
    """An icon alone: only in headers, drawers and fields, always with its name for the ear and as a tooltip."""

    def __init__(self, name: str, picture: str, kind: str = "ghost", *, ink: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", picture, kind, flat=kind in ("ghost", "link"), ink=ink, parent=parent)
        self.label = ""
        if kind not in ("ghost", "link"):
            self.setProperty("square", True)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What the icon means now."""
        self.label = name
        self.setAccessibleName(name)
        set_tip(self, name)


class ActionBar(QWidget):
    """A row of actions, the primary last; what does not fit goes into ⋯, never off the edge."""

    chosen = Signal(str)

    def __init__(self, *, primary_first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._primary_first = primary_first
        self._actions: list[Action] = []
        self._menu_only: list[Action] = []
        self._buttons: dict[str, Button] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._more = IconButton(_("更多"), "dots", "secondary", ink="text", parent=self)
        self._more.clicked.connect(self._open_menu)
        follow(self, self._restyle)

    def set_actions(self, actions: Sequence[Action], more: Sequence[Action] = ()) -> None:
        """These deeds are offered; those in `more` always stand in the menu."""
        before, (self._actions, self._menu_only) = (self._actions, self._menu_only), (list(actions), list(more))
        if before == (self._actions, self._menu_only):
            for action in actions:  # the head is shown anew at every word typed: the same deeds keep their buttons, and the keys
                self.set_enabled(action.key, action.enabled, action.why_not)
            return
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._row.removeWidget(self._more)
        self._buttons = {}
        for action in actions:
            button = Button(action.label, action.icon, action.kind, action.shortcut, flat=action.kind == "ghost", parent=self)
            button.setEnabled(action.enabled)
            set_tip(button, "" if action.enabled else action.why_not)
            button.clicked.connect(lambda _checked=False, key=action.key: self.choose(key))
            self._buttons[action.key] = button
        primary: list[QWidget] = [self._buttons[a.key] for a in actions if a.kind == "primary"]
        others: list[QWidget] = [*(self._buttons[a.key] for a in actions if a.kind != "primary"), self._more]
        for piece in (*primary, *others) if self._primary_first else (*others, *primary):
            self._row.addWidget(piece)
        self.fit(100_000)

    def button(self, key: str) -> Button:
        """The button of an action, for focus and for tests."""
        return self._buttons[key]

    def set_enabled(self, key: str, enabled: bool, why_not: str = "") -> None:
        """An action can be done now, or says why not."""
        self._buttons[key].setEnabled(enabled)
        set_tip(self._buttons[key], "" if enabled else why_not)

    def choose(self, key: str) -> None:
        """The deed is done as if its button were pressed; a deed that is not possible now stays undone."""
        for action in (*self._actions, *self._menu_only):
            if action.key == key and self._possible(action):
                if action.run is not None:
                    action.run()
                self.chosen.emit(key)

    def _possible(self, action: Action) -> bool:
        button = self._buttons.get(action.key)
        return button.isEnabled() if button is not None else action.enabled

    def fit(self, width: int) -> None:
        """As many buttons as `width` holds; the primary always, then by `keep`, then those nearest the primary."""
        gap = self._row.spacing()
        hidden: list[str] = []
        order = self._givers()
        while True:
            shown = [key for key in self._buttons if key not in hidden]
            needs_more = bool(hidden or self._menu_only)
            used = sum(self._buttons[key].sizeHint().width() + gap for key in shown)
            used += (self._more.sizeHint().width() + gap) if needs_more else 0
            if used - gap <= width or len(shown) <= 1:
                break
            hidden.append(order[len(hidden)])
        for key, button in self._buttons.items():
            button.setVisible(key not in hidden)
        self._more.setVisible(needs_more)
        self._hidden = hidden

    def _givers(self) -> list[str]:
        """The actions in the order in which they give way; the last one never does."""
        rank = {a.key: (a.kind == "primary", a.keep, at) for at, a in enumerate(self._actions)}
        return sorted(self._buttons, key=lambda key: rank[key])

    def minimumSizeHint(self) -> QSize:
        """The last button and ⋯: were it what is shown now, a wide window could never be made narrow again."""
        last = [self._buttons[key] for key in self._givers()[-1:]]
        more = [self._more] if len(self._buttons) > 1 or self._menu_only else []
        width = sum(piece.sizeHint().width() for piece in (*last, *more)) + self._row.spacing() * (len(last) + len(more) - 1)
        return QSize(max(0, width), super().minimumSizeHint().height())

    def needed(self) -> int:
        """The width at which nothing has to go into the menu."""
        gap = self._row.spacing()
        more = self._more.sizeHint().width() + gap if self._menu_only else 0
        return sum(button.sizeHint().width() + gap for button in self._buttons.values()) + more

    def menu(self) -> PlainMenu:
        """What stands behind ⋯ now."""
        menu = PlainMenu(self)
        behind = [a for a in self._actions if a.key in self._hidden]
        for group in (behind, self._menu_only):
            if group and not menu.isEmpty():
                menu.add_line()
            for action in group:
                entry = menu.add(action.label, icon(action.icon) if action.icon else None, action.shortcut)
                entry.setEnabled(self._possible(action))
                entry.triggered.connect(lambda _checked=False, key=action.key: self.choose(key))
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.open_at(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _restyle(self) -> None:
        self._row.setSpacing(look().u(8))
