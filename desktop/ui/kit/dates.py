"""A day, typed the way the clerk writes it or picked from a calendar.

The field knows no calendar rules: `parse` turns what was typed (19900307, 1990.3.7, 1990年3月, 去年…) into ISO text of
any precision or refuses it in words, `show` turns ISO text into what is read. Qt's own date editor is three pixels
taller than other fields and cannot hold "only the year is known".
"""

from collections.abc import Callable

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.ui.kit.buttons import IconButton
from desktop.ui.kit.lines import LineEdit
from desktop.ui.look import look

Parse = Callable[[str], str]
Show = Callable[[str], str]


class DateEdit(LineEdit):
    """A day, a month or a year as ISO text."""

    takes_rare = False

    def __init__(
        self, parse: Parse, show: Show, today: str = "", placeholder: str = "", *, beside: Show | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._parse, self._show_day, self._today, self._beside = parse, show, today, beside
        self._day, self._mistake, self._shown = "", "", ""
        self.button = IconButton(_("打开日历"), "calendar", parent=self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open_calendar)
        self.add_after(self.button)
        self.editingFinished.connect(self.settle)

    def value(self) -> str:
        """The ISO text; what was typed when it is no day, so that nothing is lost and the deed can refuse it."""
        self.settle()
        return self.text().strip() if self._mistake else self._day

    def set_value(self, text: str) -> None:
        """Shows this day; tells nobody."""
        self._day, self._mistake = text, ""
        self._write_day()

    def mistake(self) -> str:
        """Why what is typed is no day, or nothing."""
        return self._mistake

    def settle(self) -> None:
        """What was typed is read, and written back the way days are written."""
        typed = self.text().strip()
        if typed == self._shown:
            return
        self._shown = typed
        try:
            day, why = (self._parse(typed) if typed else ""), ""
        except Refusal as refusal:
            day, why = "", str(refusal)
        except ValueError as error:
            day, why = "", str(error)
        told = (self._day, self._mistake)
        self._day, self._mistake = day, why
        if not why:
            self._write_day()
        if (day, why) != told:
            self.changed.emit(typed if why else day)
            self.mistaken.emit(why)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._write_plain()
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._mistake and self.text() == self._shown:
            self._write_day()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if (alt_down or event.key() == Qt.Key.Key_F4) and not self.isReadOnly():
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> "CalendarPopup":
        """The month of the day that stands here, or of today."""
        self.settle()
        popup = CalendarPopup(self, self._day or self._today)
        popup.picked.connect(self._picked)
        popup.show_below(self)
        return popup

    def _edited(self, _text: str) -> None:
        """While one types nothing is wrong yet; the field is read when it is left."""

    def _picked(self, day: str) -> None:
        self.setText(day)
        self.settle()
        self.setFocus()

    def _write_day(self) -> None:
        """The day as it is read; while nobody types in the field, with the word that it has beside itself."""
        shown = self._show_day(self._day) if self._day else ""
        word = self._beside(self._day) if self._beside is not None and self._day and not self.hasFocus() else ""
        self._write(f"{shown}（{word}）" if word else shown)

    def _write_plain(self) -> None:
        """Nothing but the day stands there when somebody is going to type; what was marked already stays marked."""
        if self._day and not self._mistake and self.text() == self._shown != self._show_day(self._day):
            self._write(self._show_day(self._day))

    def _write(self, text: str) -> None:
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)


class CalendarPopup(QFrame):
    """A month to pick a day from: arrows, PgUp and PgDn, Enter, Esc."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, day: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        year, month, date = (*(int(part) for part in day.split("-") if part.isdigit()), 1, 1, 1)[:3] if day else (0, 0, 0)
        if QDate.isValid(year, month, date):
            self.calendar.setSelectedDate(QDate(year, month, date))
        column = QVBoxLayout(self)
        pad = look().u(6)
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(self.calendar)
        self.calendar.activated.connect(self._pick)
        self.calendar.clicked.connect(self._pick)

    def show_below(self, field: QWidget) -> None:
        """Under the field, or above it where the screen ends."""
        self.adjustSize()
        below = field.mapToGlobal(QPoint(0, field.height() + 2))
        screen = field.screen().availableGeometry()
        if below.y() + self.height() > screen.bottom():
            below = field.mapToGlobal(QPoint(0, -self.height() - 2))
        below.setX(max(screen.left(), min(below.x(), screen.right() - self.width())))
        self.move(below)
        self.show()
        self.calendar.setFocus()

    def _pick(self, day: QDate) -> None:
        self.picked.emit(day.toString(Qt.DateFormat.ISODate))
        self.close()
