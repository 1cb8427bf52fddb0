"""今天的路线: the places of a route in their order, each with what its inspection came to."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout

from desktop.model.language import _
from desktop.office.inspections import RouteStop
from desktop.ui.icons import paint_icon
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look

STOP = Qt.ItemDataRole.UserRole
ROUTE_WIDTH = 214


def stop_words(stop: RouteStop) -> tuple[str, str, str]:
    """Tone, icon and word of a place on the route."""
    if stop.state == "检查中":
        return "act", "player-play", _("在查")
    if stop.state == "已完成":
        return ("err", "alert-octagon", _("隐患 {n}").format(n=stop.dangers)) if stop.dangers else ("ok", "circle-check", _("合格"))
    return "wait", "circle-dashed", _("未查")


class RouteList(QFrame):
    """今天的路线: the places in their order; Enter opens one, and starts the inspection where there was none yet."""

    chosen = Signal(object)  # a RouteStop

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._column, self._head = QVBoxLayout(self), QHBoxLayout()
        title, self._count = Label(_("今天的路线")), Label("", "caption", "text2")
        title.set_bold(True)
        self._head.addWidget(title, 1)
        self._head.addWidget(self._count)
        self.list = QListWidget()
        self.list.setAccessibleName(_("今天的路线，回车打开"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(_StopDelegate(self.list))
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._clicked)
        self._column.addLayout(self._head)
        self._column.addWidget(Rule())
        self._column.addWidget(self.list, 1)
        self.stops: list[RouteStop] = []
        self._open_place = ""
        self.setFocusProxy(self.list)
        follow(self, self._restyle)

    def show_stops(self, stops: Sequence[RouteStop], place: str) -> None:
        """The route, with the place that is open now."""
        self.stops, self._open_place = list(stops), place
        done = sum(1 for stop in stops if stop.state == "已完成")
        self._count.setText(_("{done} / {all} 家").format(done=done, all=len(stops)))
        while self.list.count() > len(stops):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(stops):
            self.list.addItem(QListWidgetItem())
        for nth, stop in enumerate(stops):
            item = self.list.item(nth)
            item.setData(STOP, (stop, stop.place == place))
            _tone, _icon, word = stop_words(stop)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{stop.name} {stop.address} {word}")
            if stop.place == place:
                self.list.setCurrentRow(nth)

    def beside(self, by: int) -> RouteStop | None:
        """The place before or after the open one."""
        at = next((nth for nth, stop in enumerate(self.stops) if stop.place == self._open_place), 0) + by
        return self.stops[at] if 0 <= at < len(self.stops) else None

    def next_unvisited(self) -> RouteStop | None:
        """Where to go from here: the first place after the open one that nobody has been to, else the first of all."""
        at = next((nth for nth, stop in enumerate(self.stops) if stop.place == self._open_place), 0)
        return next((stop for stop in (*self.stops[at:], *self.stops[:at]) if stop.inspection is None), None)

    def point_at(self, stop: RouteStop) -> None:
        """The keys stand on this place."""
        self.list.setCurrentRow(self.stops.index(stop))
        self.list.setFocus()

    def _open(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(STOP)[0])

    def _clicked(self, item: QListWidgetItem) -> None:
        """One click looks at a run; it never starts one."""
        if item.data(STOP)[0].inspection is not None:
            self._open(item)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head.setContentsMargins(here.u(14), here.u(8), here.u(10), here.u(8))
        self.list.doItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(look().colour("line"), look().tokens.border))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()


class _StopDelegate(QStyledItemDelegate):
    """Icon, name over address, result; the open place as the current row, the one under the keys with a ring."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        here = look()
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stub leaves out the option's fields
        stop, is_open = index.data(STOP)
        tone, picture, word = stop_words(stop)
        painter.fillRect(rect, here.colour("act_soft" if is_open else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, here.colour("line"))
        if is_open:
            painter.fillRect(rect.x(), rect.y(), here.u(3), rect.height(), here.colour("act"))
        side = here.u(18)
        paint_icon(
            painter, picture, tone if tone != "wait" else "text2", rect.x() + here.u(12), rect.y() + (rect.height() - side) / 2, side
        )
        painter.setFont(here.font("caption"))
        painter.setPen(here.colour(tone if tone != "wait" else "text2"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect.adjusted(0, 0, -here.u(10), 0), middle | int(Qt.AlignmentFlag.AlignRight), word)
        left, right = rect.x() + here.u(37), rect.right() - here.u(16) - painter.fontMetrics().horizontalAdvance(word)
        top = rect.y() + here.u(4)
        for text, role, ink in ((stop.name, "body", "text"), (stop.address, "caption", "text2")):
            painter.setFont(here.font(role, bold=is_open and role == "body"))
            painter.setPen(here.colour(ink))
            letters = painter.fontMetrics()
            words = letters.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QRect(left, top, right - left, letters.height()), middle, words)
            top += letters.height()
        if self._view.hasFocus() and self._view.currentRow() == index.row():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(here.colour("act"), here.tokens.focus))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        here = look()
        height = QFontMetrics(here.font()).height() + QFontMetrics(here.font("caption")).height() + here.u(9)
        return QSize(here.u(120), height)
