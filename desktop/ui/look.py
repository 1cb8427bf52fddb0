"""How the program looks now: theme and letter size, held by the application and changed while it runs.

`Look.install(app)` puts one `Look` on the application; `look()` is the way a widget finds it. Every length on the
screen is `u(n)`: n pixels at the standard letter size, more when letters grow, so nothing is ever shrunk to fit.
Colours live in `tokens`, the style sheet in `sheet`; this module only brings them to the application.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.sheet import style_sheet
from desktop.ui.spoken import speak
from desktop.ui.tokens import THEMES, Tokens

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

STANDARD = 10.5
STEPS = (10.5, 12.0, 14.0, 18.0)  # 标准 大 特大 超大
SMALLEST, LARGEST = 9.0, 30.0
NARROW_FROM = 14.0  # from this size the navigation becomes a rail
SANS, SERIF = "Noto Sans SC", "Noto Serif SC"
RARE = ("LXGW WenKai", "HanaMinB")  # characters of names that the first family lacks
FONT_FILES = (
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
    "NotoSerifSC-Black.ttf",
    "LXGWWenKai-Regular.ttf",
    "HanaMinB.ttf",
)
SHARES = {"caption": 0.86, "body": 1.0, "section": 1.14, "title": 1.48, "figure": 1.9}
BOLD = {"section", "title", "figure"}


def half_points(points: float) -> float:
    """Letter sizes step by half points, as the office's other programs show them."""
    return round(points * 2) / 2


class Look(QObject):
    """Theme and letter size, with every length, letter and colour that follows from them."""

    changing = Signal()  # every widget alive is about to be drawn anew
    changed = Signal()
    settled = Signal()  # every widget has its new lengths: what needs more room may take it
    installed: "Look | None" = None  # asked for at every cell that is painted, so it is no property of the application alone

    def __init__(self, app: QApplication, theme: str = "light", size: float = STANDARD) -> None:
        super().__init__(app)
        self._app = app
        self.theme = theme
        self.size = size
        self.tokens: Tokens = THEMES[theme]
        self.families = register_fonts(RESOURCES / "fonts")
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._colours: dict[str, QColor] = {}

    @classmethod
    def install(cls, app: QApplication, theme: str = "light", size: float = STANDARD) -> "Look":
        """The application has this look from now on."""
        app.setStyle("Fusion")  # the same on Windows and on Linux
        speak()
        here = cls(app, theme, size)
        app.setProperty("look", here)
        cls.installed = here
        here.apply()
        return here

    def set_theme(self, theme: str) -> None:
        """light, dark or contrast."""
        self.theme, self.tokens = theme, THEMES[theme]
        self.apply()

    def set_size(self, points: float) -> None:
        """The body letter size in points; held between the smallest and the largest that lay out well."""
        self.size = min(max(points, SMALLEST), LARGEST)
        self.apply()

    def step(self, by: int) -> None:
        """One named step larger or smaller (Ctrl++ and Ctrl+-); beyond 超大 by two points."""
        larger = [*(s for s in STEPS if s > self.size), self.size + 2]
        smaller = [*(s for s in reversed(STEPS) if s < self.size), self.size]
        self.set_size(larger[0] if by > 0 else smaller[0])

    def apply(self) -> None:
        """Letters, palette, sheet and the system's own scheme agree; then everybody is told."""
        self._fonts, self._colours = {}, {}
        self.changing.emit()
        hints = self._app.styleHints()
        # Without this a dark system theme mixes its own colours into ours.
        hints.setColorScheme(Qt.ColorScheme.Dark if self.tokens.dark else Qt.ColorScheme.Light)
        self._app.setFont(self.font())
        self._app.setPalette(self.palette())
        self._app.setStyleSheet(style_sheet(self))
        self.changed.emit()
        self.settled.emit()

    # lengths

    def u(self, pixels: float) -> int:
        """A length drawn for the standard size, at the size of now."""
        return round(pixels * self.size / STANDARD)

    @property
    def field(self) -> int:
        """Height of fields and buttons: 32 36 42 53."""
        return round(32 + 2.8 * (self.size - STANDARD))

    @property
    def row(self) -> int:
        """Height of a table row: 29 34 39 50."""
        return QFontMetrics(self.font()).height() + self.u(9)

    @property
    def is_narrow_size(self) -> bool:
        """Letters so large that the wide arrangement no longer stands on 1366 pixels."""
        return self.size >= NARROW_FROM

    # letters

    def points(self, role: str = "body") -> float:
        """The letter size of a role in points."""
        return half_points(self.size * SHARES[role])

    def font(self, role: str = "body", bold: bool | None = None) -> QFont:
        """The letters of a role; `bold` overrides what the role says."""
        wanted = role, role in BOLD if bold is None else bold
        if wanted not in self._fonts:
            font = self._fonts[wanted] = QFont(self.families)
            font.setPointSizeF(self.points(role))
            font.setBold(wanted[1])
        return QFont(self._fonts[wanted])  # Qt finds the letters once for all copies

    def wordmark(self, pixels: float) -> QFont:
        """The serif letters of the name 连心, used nowhere else on the screen."""
        font = QFont([SERIF, *self.families])
        font.setPixelSize(self.u(pixels))
        font.setWeight(QFont.Weight.Black)
        return font

    # colours

    def colour(self, role: str) -> QColor:
        """The colour of a role as Qt wants it."""
        if role not in self._colours:
            self._colours[role] = QColor(self.tokens.colour(role))
        return self._colours[role]

    def chart(self, nth: int) -> QColor:
        """The nth chart colour, 1 to 5; 0 is the muted one for what is past."""
        return QColor(self.tokens.muted if nth == 0 else self.tokens.charts[nth - 1])

    def palette(self) -> QPalette:
        """The palette for what the sheet does not reach (native popups, text selection, placeholders)."""
        colours, group = QPalette(), QPalette.ColorRole
        roles = {
            group.Window: "window", group.WindowText: "text", group.Base: "surface", group.AlternateBase: "sunken",
            group.Text: "text", group.Button: "surface", group.ButtonText: "text", group.BrightText: "on_act",
            group.ToolTipBase: "surface", group.ToolTipText: "text", group.PlaceholderText: "text3",
            group.Highlight: "act", group.HighlightedText: "on_act", group.Link: "act", group.LinkVisited: "act",
            group.Light: "surface", group.Midlight: "hover", group.Mid: "line", group.Dark: "line2", group.Shadow: "line2",
            group.Accent: "act",
        }  # fmt: skip
        for role, name in roles.items():
            colours.setColor(role, self.colour(name))
        for role in (group.WindowText, group.Text, group.ButtonText):
            colours.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text3"))
        return colours


def register_fonts(folder: Path) -> list[str]:
    """The shipped letters are known to Qt; the families to ask for, ours first."""
    if not {SANS, SERIF, *RARE} <= set(QFontDatabase.families()):
        for name in FONT_FILES:
            QFontDatabase.addApplicationFont(str(folder / name))
    return [SANS, *RARE]


def look() -> Look:
    """The look of the running application."""
    if Look.installed is None:
        raise RuntimeError("Look.install(app) comes before the first widget")
    return Look.installed


def follow(widget: QWidget, restyle: Callable[[], None]) -> None:
    """`restyle` (a method of `widget`) runs now and at every change of look, as long as the widget lives."""
    if getattr(restyle, "__self__", None) is not widget:
        raise TypeError("only a method of the widget is let go together with it")
    here = look()
    here.changed.connect(restyle)
    restyle()
