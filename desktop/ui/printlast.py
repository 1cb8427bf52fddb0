"""When the form on the print page left the office the last time, in words; read anew when another form is shown and when it leaves."""

from PySide6.QtCore import QObject, Signal

from desktop.model import days
from desktop.model.language import _
from desktop.office import prints
from desktop.ui.officepage import OfficePage
from desktop.ui.printorder import Order, unit_of


class LastTime(QObject):
    """The last print of a form, asked away from the screen."""

    told = Signal()

    def __init__(self, page: OfficePage) -> None:
        super().__init__(page)
        self._page = page
        self._last: prints.LastPrint | None = None

    def ask(self, logged_as: str) -> None:
        """When the form that the log calls so left last."""
        desk = self._page.desk
        self._page.ask(_("上次什么时候印的"), lambda: prints.last_print(desk, logged_as), self._show)

    def forget(self) -> None:
        """There is no form to tell it of."""
        self._last = None

    def words(self, order: Order) -> list[str]:
        """The day, and how many records were on it; nothing for a form that never left."""
        if self._last is None:
            return []
        last, unit = self._last, unit_of(order)
        day = days.show_day(last.day)
        day = day.partition("年")[2] if last.day[:4] == self._page.desk.today[:4] else day
        said = _("上次 {day}存 PDF") if last.as_file else _("上次 {day}打印")
        return [said.format(day=day) + (f" {last.count:,} {_(unit)}" if unit else "")]

    def _show(self, last: prints.LastPrint | None) -> None:
        self._last = last
        self.told.emit()
