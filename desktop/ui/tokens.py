"""The colours of the three themes, and nothing else.

Paper, ink and one seal colour: warm greys carry the work, 枣红 (brand) marks where we are, 黛蓝 (act) what you can do,
赭橙 (err) what is wrong. A colour is written here once; the palette, the style sheet, the icons and the charts read it
by name. It refuses to know widgets: the contrast of every ink on every ground is a test that needs no window.
"""

from dataclasses import dataclass

GROUNDS = ("window", "surface", "sunken", "hover", "act_soft")
TONES = ("err", "warn", "ok", "wait", "act")


@dataclass(frozen=True)
class Tokens:
    """One theme: every colour by its role, as #rrggbb."""

    window: str
    surface: str
    sunken: str
    hover: str
    act_soft: str
    text: str
    text2: str
    text3: str
    line: str
    line2: str
    brand: str
    brand_hover: str
    on_brand: str
    brand_text: str
    brand_soft: str
    act: str
    on_act: str
    err: str
    err_soft: str
    err_line: str
    warn: str
    warn_soft: str
    warn_line: str
    ok: str
    ok_soft: str
    ok_line: str
    wait: str
    wait_soft: str
    wait_line: str
    charts: tuple[str, str, str, str, str]
    grid: str
    muted: str
    dark: bool = False
    border: int = 1
    focus: int = 2
    stroke: float = 1.7

    def colour(self, role: str) -> str:
        """The colour of a role, where `act_line` is the action colour itself and `none` a see-through."""
        if role == "act_line":
            return self.act
        found = getattr(self, role)
        if not isinstance(found, str):
            raise KeyError(role)
        return found


LIGHT = Tokens(
    window="#F6F4F0", surface="#FFFFFF", sunken="#EFECE6", hover="#F3F0EA", act_soft="#E4EDF5",
    text="#24211D", text2="#57514A", text3="#6E675E", line="#E0DBD2", line2="#8C857B",
    brand="#8A2E3B", brand_hover="#74242F", on_brand="#FFFFFF", brand_text="#8A2E3B", brand_soft="#F6E9EA",
    act="#2B5C8A", on_act="#FFFFFF",
    err="#A8430B", err_soft="#FCEDE2", err_line="#D9925F",
    warn="#7A5B00", warn_soft="#FBF3D6", warn_line="#CDB052",
    ok="#2C6A4B", ok_soft="#E5F1EA", ok_line="#86B79D",
    wait="#57514A", wait_soft="#EFECE6", wait_line="#C4BDB2",
    charts=("#8A2E3B", "#2B5C8A", "#4F8A6C", "#B98A2F", "#7A6C9C"), grid="#E7E2DA", muted="#CFC8BC",
)  # fmt: skip

DARK = Tokens(
    window="#1B1A19", surface="#242321", sunken="#171615", hover="#2D2B29", act_soft="#23364A",
    text="#ECE7DF", text2="#BDB6AB", text3="#A99F94", line="#3B3835", line2="#857E75",
    brand="#A23F4C", brand_hover="#B44C59", on_brand="#FFFFFF", brand_text="#E59AA2", brand_soft="#3A2326",
    act="#8DB8E2", on_act="#0F1B27",
    err="#F2A071", err_soft="#3B2619", err_line="#9A5A33",
    warn="#E3C264", warn_soft="#352D15", warn_line="#8C7530",
    ok="#86CBA4", ok_soft="#1B3226", ok_line="#467A5D",
    wait="#BDB6AB", wait_soft="#312F2C", wait_line="#5B564F",
    charts=("#D07A86", "#7FAEDB", "#7DBD99", "#D5B15E", "#AB9DD0"), grid="#35322F", muted="#55504A",
    dark=True,
)  # fmt: skip

CONTRAST = Tokens(
    window="#FFFFFF", surface="#FFFFFF", sunken="#FFFFFF", hover="#E8E8E8", act_soft="#D6E6FA",
    text="#000000", text2="#000000", text3="#1F1F1F", line="#000000", line2="#000000",
    brand="#6B0F1D", brand_hover="#4A0912", on_brand="#FFFFFF", brand_text="#6B0F1D", brand_soft="#F1E3E5",
    act="#003A80", on_act="#FFFFFF",
    err="#7A2600", err_soft="#FFFFFF", err_line="#7A2600",
    warn="#4F3A00", warn_soft="#FFFFFF", warn_line="#4F3A00",
    ok="#004D2A", ok_soft="#FFFFFF", ok_line="#004D2A",
    wait="#1F1F1F", wait_soft="#FFFFFF", wait_line="#000000",
    charts=("#6B0F1D", "#003A80", "#004D2A", "#4F3A00", "#3A2470"), grid="#808080", muted="#999999",
    border=2, focus=3, stroke=2.1,
)  # fmt: skip

THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1 for #rrggbb."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(ink: str, ground: str) -> float:
    """The contrast ratio of WCAG 2.1, 1 to 21, whichever of the two is lighter."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
