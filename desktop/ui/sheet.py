"""The style sheet, built anew from the tokens at each letter size.

Qt's sheets know only fixed pixels, so a sheet written once keeps its paddings when the letters grow. Every rule
names a class or a dynamic property: a rule without a selector would repaint the children of its widget. What a sheet
cannot draw sharply (ticks, arrows, bars, badges) is painted by the widgets themselves.
"""

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics

if TYPE_CHECKING:
    from desktop.ui.look import Look


def style_sheet(look: "Look") -> str:
    """All rules of the application for one look."""
    return "\n".join((_letters(look), _buttons(look), _fields(look), _containers(look), _lists(look), _popups(look)))


def _letters(look: "Look") -> str:
    t = look.tokens
    rules = [f"QLabel {{ color: {t.text}; background: transparent; }}"]
    for role in ("caption", "section", "title", "figure"):
        weight = "normal" if role == "caption" else "bold"
        rules.append(f'QLabel[role="{role}"] {{ font-size: {look.points(role)}pt; font-weight: {weight}; }}')
    rules.append('QLabel[bold="true"] { font-weight: bold; }')
    for ink in ("text2", "text3", "brand_text", "act", "err", "warn", "ok", "wait"):
        rules.append(f'QLabel[ink="{ink}"] {{ color: {t.colour(ink)}; }}')
    rules.append(f"QLabel:disabled {{ color: {t.text3}; }}")
    return "\n".join(rules)


def _buttons(look: "Look") -> str:
    t, u = look.tokens, look.u
    b, f = t.border, t.focus
    pad = u(11)

    def kind(name: str, ground: str, ink: str, line: str, hover: str, weight: str = "normal") -> str:
        box = f'Button[kind="{name}"]'
        inner = look.field - 2 * b
        return f"""
{box} {{ background: {ground}; color: {ink}; border: {b}px solid {line}; border-radius: {u(4)}px; font-weight: {weight};
  padding: 0 {pad}px; min-height: {inner}px; max-height: {inner}px; }}
{box}:hover {{ background: {hover}; }}
{box}:pressed {{ background: {hover}; }}
{box}:focus {{ border: {f}px solid {t.act}; padding: 0 {pad - f + b}px; min-height: {look.field - 2 * f}px;
  max-height: {look.field - 2 * f}px; }}
{box}:disabled {{ background: {t.window}; color: {t.text3}; border: {b}px dashed {t.line2}; }}
{box}::menu-indicator {{ image: none; width: 0; }}"""

    rules = [
        kind("primary", t.brand, t.on_brand, t.brand, t.brand_hover, "bold"),
        kind("secondary", t.surface, t.text, t.line2, t.hover),
        kind("act", t.act, t.on_act, t.act, t.act, "bold"),
        kind("danger", t.surface, t.err, t.err, t.err_soft),
        kind("ghost", "transparent", t.text2, "transparent", t.hover),
        kind("link", "transparent", t.act, "transparent", t.act_soft),
        kind("onact", "transparent", t.on_act, "transparent", t.act),
        # A focus ring in the action colour would vanish on it.
        f'Button[kind="act"]:focus, Button[kind="onact"]:focus {{ border-color: {t.text if t.dark else t.on_act}; }}',
        f'Button[kind="act"]:focus {{ border-color: {t.text}; }}',
        f'Button[kind="onact"]:hover {{ border: {b}px solid {t.on_act}; }}',
    ]
    flat = look.u(24)
    for name in ("ghost", "link"):
        rules.append(
            f'Button[kind="{name}"][flat="true"] {{ padding: 0 {u(5)}px; min-height: {flat}px; max-height: {flat}px; }}'
            f'\nButton[kind="{name}"][flat="true"]:focus {{ padding: 0 {u(5) - f + b}px; min-height: {flat - 2 * (f - b)}px;'
            f" max-height: {flat - 2 * (f - b)}px; }}"
        )
    line = QFontMetrics(look.font("caption")).height()
    small = f"font-size: {look.points('caption')}pt; min-height: {line}px; max-height: {line}px; border-width: 0;"
    rules.append(f'Button[flat="true"][small="true"] {{ {small} padding: 0 {u(4)}px; }}')
    rules.append(f'Button[flat="true"][small="true"]:focus {{ {small} padding: 0 {u(4)}px; background: {t.act_soft}; }}')
    rules.append(f'Button[hint="true"] {{ padding: 0 {u(8)}px; }} Button[hint="true"]:focus {{ padding: 0 {u(8) - f + b}px; }}')
    rules.append(f'Button[kind="onact"] {{ padding: 0 {u(7)}px; }} Button[kind="onact"]:focus {{ padding: 0 {u(7) - f + b}px; }}')
    rules.append(f'Button[square="true"] {{ padding: 0; min-width: {look.field - 2 * b}px; max-width: {look.field - 2 * b}px; }}')
    inner = look.field - 2 * f
    rules.append(f'Button[square="true"]:focus {{ padding: 0; min-width: {inner}px; max-width: {inner}px; }}')
    rules.append(
        f"Tab {{ border: 0; border-bottom: {u(3)}px solid transparent; background: transparent; color: {t.text2};"
        f" padding: {u(6)}px {u(10)}px {u(3)}px {u(10)}px; }}"
        f"\nTab:checked {{ color: {t.brand_text}; font-weight: bold; border-bottom-color: {t.brand_text}; }}"
        f"\nTab:hover {{ background: {t.hover}; }} Tab:focus {{ background: {t.act_soft}; }}"
    )
    rules.append('Button[align="left"] { text-align: left; }')
    return "\n".join(rules)


def _fields(look: "Look") -> str:
    t, u = look.tokens, look.u
    b, f, pad = t.border, t.focus, u(10)
    one_line, many = "LineEdit, QComboBox, PickButton", "LongEdit"

    def each(classes: str, suffix: str) -> str:
        return ", ".join(name.strip() + suffix for name in classes.split(","))

    def box(classes: str, suffix: str, width: int, style: str, line: str, ground: str, ink: str = "") -> str:
        height = look.field - 2 * width
        fixed = f"min-height: {height}px; max-height: {height}px;" if classes == one_line else ""
        colour = f"color: {ink};" if ink else ""
        return (
            f"{each(classes, suffix)} {{ border: {width}px {style} {line}; background: {ground}; {colour}"
            f" border-radius: {u(4)}px; padding: 0 {max(0, pad - width + b)}px; {fixed} }}"
        )

    rules = []
    for classes in (one_line, many):
        rules += [
            box(classes, "", b, "solid", t.line2, t.surface, t.text),
            box(classes, '[tone="err"]', f, "solid", t.err, t.err_soft),
            box(classes, '[tone="warn"]', f, "solid", t.warn_line, t.surface),
            box(classes, ":focus", f, "solid", t.act, t.surface),
            box(classes, '[tone="err"]:focus', f, "solid", t.err, t.err_soft),
            box(classes, '[still="true"]', b, "dashed", t.line2, t.window, t.text2),
            box(classes, '[still="true"]:focus', f, "dashed", t.act, t.window, t.text2),
            box(classes, ":disabled", b, "dashed", t.line2, t.window, t.text3),
            f"{each(classes, '')} {{ selection-background-color: {t.act}; selection-color: {t.on_act}; }}",
        ]
    rules.append("LineEdit { lineedit-password-character: 8226; }")
    rules.append(f"LineEdit, LongEdit {{ placeholder-text-color: {t.text3}; }}")
    rules.append('LineEdit[frameless="true"] { border: 0; background: transparent; padding: 0; }')
    rules.append(f"LongEdit {{ padding: {u(4)}px {u(6)}px; }}")
    rules.append(f"QComboBox::drop-down {{ border: 0; width: {u(26)}px; }} QComboBox::down-arrow {{ image: none; }}")
    rules.append("QComboBox { combobox-popup: 0; }")
    return "\n".join(rules)


def _containers(look: "Look") -> str:
    t, u, b = look.tokens, look.u, look.tokens.border
    return f"""
QMainWindow, QDialog, QFrame#page, QFrame#pageHeader {{ background: {t.window}; }}
QFrame#card {{ background: {t.surface}; border: {b}px solid {t.line}; border-radius: {u(6)}px; }}
QFrame#card[tone="warn"] {{ border: {b}px solid {t.warn_line}; border-left: {u(4)}px solid {t.warn};
  border-top-left-radius: 0; border-bottom-left-radius: 0; }}
QFrame#inset {{ background: {t.window}; border: {b}px solid {t.line}; border-radius: {u(4)}px; }}
QFrame#filterRow {{ background: {t.window}; border: 0; border-top: {b}px solid {t.line}; }}
QFrame#selectionBar {{ background: {t.act}; border: 0; }}
QFrame#selectionBar QLabel {{ color: {t.on_act}; }}
QFrame#drawer {{ background: {t.surface}; border: 0; border-left: {b}px solid {t.line};
  border-top: {b}px solid {t.line}; }}
QFrame#panel {{ background: {t.surface}; border: 0; }}
QFrame#strip {{ background: {t.surface}; border: 0; border-top: {b}px solid {t.line}; border-bottom: {b}px solid {t.line}; }}
QFrame#navigation {{ background: {t.sunken}; border: 0; border-right: {b}px solid {t.line}; }}
QFrame#statusBar {{ background: {t.sunken}; border: 0; border-top: {b}px solid {t.line}; }}
QFrame#rule {{ background: {t.line}; border: 0; max-height: {b}px; min-height: {b}px; }}
QFrame#upright {{ background: {t.line}; border: 0; max-width: {b}px; min-width: {b}px; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: 0; }}
QFrame#popup {{ background: {t.surface}; border: {b}px solid {t.line2}; border-radius: {u(4)}px; }}
QSplitter::handle {{ background: {t.line}; }}"""


def _lists(look: "Look") -> str:
    t, u = look.tokens, look.u
    thick = u(8)
    return f"""
QTableView {{ background: {t.surface}; border: 0; color: {t.text}; gridline-color: {t.line}; outline: 0; }}
QListView {{ background: {t.surface}; border: 0; color: {t.text}; outline: 0; }}
QListView::item {{ min-height: {look.row}px; padding: 0 {u(8)}px; border: 0; }}
QListView::item:selected {{ background: {t.act_soft}; color: {t.text}; }}
QListView::item:hover {{ background: {t.hover}; }}
QHeaderView {{ background: {t.sunken}; border: 0; }}
QHeaderView::section {{ background: {t.sunken}; color: {t.text}; border: 0; border-bottom: {look.tokens.border}px solid {t.line2};
  padding: 0 {u(8)}px; font-weight: bold; }}
QScrollBar:vertical {{ background: transparent; width: {thick + 2}px; margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: {thick + 2}px; margin: 1px; }}
QScrollBar::handle {{ background: {t.muted}; border-radius: {thick // 2}px; }}
QScrollBar::handle:vertical {{ min-height: {u(32)}px; }} QScrollBar::handle:horizontal {{ min-width: {u(32)}px; }}
QScrollBar::handle:hover {{ background: {t.line2}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}"""


def _popups(look: "Look") -> str:
    t, u, b = look.tokens, look.u, look.tokens.border
    return f"""
QMenu {{ background: {t.surface}; color: {t.text}; border: {b}px solid {t.line2}; padding: {u(4)}px 0; }}
QMenu::item {{ padding: {u(5)}px {u(18)}px {u(5)}px {u(8)}px; min-height: {u(20)}px; }}
QMenu::icon {{ padding-left: {u(8)}px; }}
QMenu::item:selected {{ background: {t.act_soft}; }}
QMenu::item:disabled {{ color: {t.text3}; }}
QMenu::separator {{ height: {b}px; background: {t.line}; margin: {u(4)}px {u(8)}px; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: {b}px solid {t.line2}; padding: {u(4)}px {u(6)}px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: {b}px solid {t.line2}; outline: 0; }}
QComboBox QAbstractItemView::item {{ min-height: {look.row}px; padding: 0 {u(8)}px; }}
QComboBox QAbstractItemView::item:selected {{ background: {t.act_soft}; color: {t.text}; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {t.act}; selection-color: {t.on_act}; background: {t.surface};
  alternate-background-color: {t.sunken}; color: {t.text}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {t.sunken}; }}
QCalendarWidget QToolButton {{ color: {t.text}; background: transparent; border: 0; padding: {u(4)}px {u(6)}px;
  font-weight: bold; }}
QCalendarWidget QToolButton:hover {{ background: {t.hover}; }}"""
