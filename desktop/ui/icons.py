"""Line icons in the colours of now, sharp at every scale.

A drawing (Tabler, outline) is kept as text with `currentColor` in it. The engine fills in the colour and the stroke of
the running look at the moment of painting and lets Qt's SVG renderer draw at the device's own pixels: a stored picture
would keep the old theme's colour and blur at 125 %.
"""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from desktop.ui.look import RESOURCES, follow, look

ICONS = RESOURCES / "icons"
DRAWN = 1.7  # the stroke of the files; the look says which one is wanted

TONE_ICONS = {"err": "alert-octagon", "warn": "alert-triangle", "ok": "circle-check", "wait": "circle-dashed", "act": "player-play"}


@lru_cache(maxsize=256)
def drawing(name: str) -> str:
    """The SVG text of an icon; an unknown name is a mistake of the page that asks for it."""
    file = Path(ICONS / f"{name}.svg")
    if not file.is_file():
        raise LookupError(f"no icon {name!r} among the resources")
    return file.read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _image(name: str, colour: str, stroke: float, pixels: int) -> QImage:
    text = drawing(name).replace("currentColor", colour).replace(f'stroke-width="{DRAWN}"', f'stroke-width="{stroke}"')
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    return image


def paint_icon(painter: QPainter, name: str, role: str, x: float, y: float, side: float) -> None:
    """The icon, `side` logical pixels square, drawn at the device's own resolution."""
    here, device = look(), painter.device()
    scale = device.devicePixelRatioF() if device is not None else 1.0
    image = _image(name, here.tokens.colour(role), here.tokens.stroke, max(1, round(side * scale)))
    painter.drawImage(QRectF(x, y, side, side), image)


class LineIcon(QIconEngine):
    """A named drawing in the colour of a role, looked up anew at each painting."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role
        drawing(name)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "text3" if mode == QIcon.Mode.Disabled else self._role
        side = min(rect.width(), rect.height())
        x, y = rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2
        paint_icon(painter, self._name, role, x, y, side)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return LineIcon(self._name, self._role)


def icon(name: str, role: str = "text2") -> QIcon:
    """A named line icon that takes the colour of `role` from the look of the moment."""
    return QIcon(LineIcon(name, role))


class IconMark(QWidget):
    """One icon standing by itself; said in words by whatever stands beside it."""

    def __init__(self, name: str, role: str = "text2", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        drawing(name)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        side = look().u(self._size)
        self.setFixedSize(side, side)
        self.update()

    def show_icon(self, name: str, role: str) -> None:
        """Another drawing or colour in the same place."""
        drawing(name)
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._name, self._role, 0, (self.height() - self.width()) / 2, self.width())
        painter.end()


class Logo(QWidget):
    """The seal: two rings that hold each other, on 枣红."""

    def __init__(self, size: int = 30, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        follow(self, self._restyle)

    def _restyle(self) -> None:
        side = look().u(self._size)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        paint_logo(painter, self.width())
        painter.end()


def paint_logo(painter: QPainter, side: float) -> None:
    """The seal on a square of `side`, at the painter's origin, in the 枣红 of the theme."""
    text = drawing("lianxin").replace("#8A2E3B", look().tokens.brand)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, side, side))


def logo_icon() -> QIcon:
    """The seal as a window icon in the usual sizes."""
    pictures = QIcon()
    for side in (16, 24, 32, 48, 64):
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_logo(painter, side)
        painter.end()
        pictures.addPixmap(picture)
    return pictures
