"""Ctrl+K: a box over the window; type, arrows, Enter."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.office.finding import Place, find_all
from desktop.ui.kit.lines import SearchEdit
from desktop.ui.kit.picker import FoundList
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.session import Session

DELAY = 120  # milliseconds after the last committed character
WIDTH, HEIGHT = 560, 420


class Palette(QDialog):
    """Finds people, things, papers and deeds; closes by Esc or by going there."""

    def __init__(self, window: QWidget, session: Session, pages: Sequence[Place]) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._over, self.session, self._pages = window, session, pages
        self._places: list[Place] = []
        self._column = QVBoxLayout(self)
        self.search = SearchEdit(_("找人、找事、找表，如 cjh、bdhz、0317"), "Esc")
        self.found = FoundList(self)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.removeEventFilter(self.found)  # it stands in this box for good; only a list that floats goes away when the window changes
        self.found.picked.connect(lambda at, _word: self._go(int(at)))
        self._column.addWidget(self.search)
        self._column.addWidget(self.found, 1)
        self._column.addWidget(Label(_("↑↓ 选，Enter 打开，Esc 关上"), "caption", "text2"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.look_up)
        self.search.changed.connect(lambda _text: self._timer.start())
        self.search.installEventFilter(self)
        follow(self, self._restyle)
        self.look_up()
        self.search.setFocus()

    def _restyle(self) -> None:
        here, window = look(), self._over
        pad = here.u(12)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self.resize(min(here.u(WIDTH), window.width() - 2 * pad), min(here.u(HEIGHT), window.height() - 2 * pad))
        corner = window.mapToGlobal(window.rect().center())
        self.move(corner.x() - self.width() // 2, corner.y() - self.height() // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, width = QPainter(self), look().tokens.border
        painter.setPen(QPen(look().colour("line2"), width))
        painter.drawRect(self.rect().adjusted(width // 2, width // 2, -(width + 1) // 2, -(width + 1) // 2))

    def look_up(self) -> None:
        """What the words find now."""
        self._timer.stop()
        self._places = find_all(self.session.desk, self.search.value(), self._pages)
        self.found.show_found([(str(at), place.title, place.detail) for at, place in enumerate(self._places)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.found.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._timer.isActive():
                    self.look_up()
                self.found.pick_current()
                return True
        return super().eventFilter(watched, event)

    def _go(self, at: int) -> None:
        place = self._places[at]
        window: Any = self.parentWidget()
        self.close()
        if place.run is not None:
            place.run()
        elif place.paper:
            window.go(place.page, paper=place.paper)
        elif not place.record:
            window.go(place.page)
        elif window.has_page(place.page):
            window.go(place.page, id=place.record)
        else:
            window.go(place.page.replace("record:", "table:"), id=place.record)
