"""Adding a condition to a list: first the field, then its value, each one key away; what can be asked follows from the kind."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.kinds.choices import Choice, Code, Flag
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Tags
from desktop.model.kinds.times import Day
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.figure_lines import line
from desktop.office.figures import Counted
from desktop.store.page import Filter, tag_filter
from desktop.ui.editors import binding
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import answer_of
from desktop.ui.kit.text import PlainMenu
from desktop.ui.look import look
from desktop.ui.session import Session

Chosen = Callable[[Filter], object]


def filterable(record: type[Record]) -> list[Field]:
    """The fields by which a list can be narrowed."""
    return [spec for spec in record.fields().values() if isinstance(spec.kind, Choice | Code | Flag | Day | Link)]


def options_of(spec: Field) -> list[tuple[str, str]]:
    """(stored, shown) of a field with a list of words; nothing for the others."""
    if isinstance(spec.kind, Flag):
        return [("1", _("是")), ("0", _("否"))]
    return spec.kind.options() if isinstance(spec.kind, Choice | Code) else []


def chip_words(session: Session, record: type[Record], chip: Filter) -> tuple[str, str]:
    """A condition as its chip says it: field and value."""
    if chip.rows is not None or chip.field not in record.fields():
        return _plain_words(session, chip)
    spec = record.fields()[chip.field]
    if chip.op in ("empty", "filled"):
        return _(spec.label), _("空着") if chip.op == "empty" else _("填了")
    if chip.op in ("from", "until", "between"):
        first, last = str(chip.values[0]), str(chip.values[-1])
        said = {"from": _("{day} 起"), "until": _("到 {day}"), "between": _("{day} 至 {last}")}[chip.op]
        return _(spec.label), said.format(day=session.day_words(first), last=session.day_words(last))
    words = [_word(session, spec, value) for value in chip.values]
    return _(spec.label), words[0] if len(words) == 1 else _("{word} 等 {n} 个").format(word=words[0], n=len(words))


def _plain_words(session: Session, chip: Filter) -> tuple[str, str]:
    """A condition on what every record has: what a figure counted, when it was changed, which ones they are."""
    if isinstance(chip.rows, Counted):
        span = chip.rows.span
        period = _("{day} 至 {last}").format(day=session.day_words(span.since), last=session.day_words(span.until))
        return _(line(chip.rows.key).label), period
    if chip.field == "changed_at":
        first, last = (str(value).removesuffix("~")[:10] for value in (chip.values[0], chip.values[-1]))
        return _("登记或改动"), _("{day} 至 {last}").format(day=session.day_words(first), last=session.day_words(last))
    return _("选出的"), _("{n} 条").format(n=len(chip.values))


def _word(session: Session, spec: Field, value: object) -> str:
    if isinstance(spec.kind, Link):
        return session.title_of(spec.kind.to, str(value))
    if isinstance(spec.kind, Tags):
        return _(str(value))
    return spec.kind.show(int(str(value)) if isinstance(spec.kind, Flag) else str(value))


def periods(today: str) -> list[tuple[str, tuple[str, str]]]:
    """The periods that an office asks for, by their names."""
    words = {"today": _("今天"), "month": _("本月"), "last_month": _("上月"), "quarter": _("本季"), "year": _("本年")}
    return [(words[key], bounds) for key, bounds in days.periods(today).items()]


def condition_menu(over: QWidget, session: Session, record: type[Record], chosen: Chosen) -> PlainMenu:
    """Field → value, as nested menus that open by letters and arrows."""
    menu = PlainMenu(over)
    for spec in filterable(record):
        value_menu(over, session, record, spec, chosen, menu)
    return menu


def value_menu(over: QWidget, session: Session, record: type[Record], spec: Field, chosen: Chosen, into: PlainMenu) -> None:
    """The values of one field as a menu of its own."""
    if isinstance(spec.kind, Link):
        into.add(f"{_(spec.label)}…").triggered.connect(lambda _checked=False: pick_link(over, session, record, spec, chosen))
        return
    menu = into.add_menu(_(spec.label))
    if isinstance(spec.kind, Day):
        for word, bounds in periods(session.desk.today):
            menu.add(word).triggered.connect(lambda _checked=False, b=bounds: chosen(Filter(spec.key, "between", b)))
    for stored, word in options_of(spec):
        made = Filter(spec.key, "is", (int(stored),)) if isinstance(spec.kind, Flag) else tag_filter(record, spec.key, stored)
        menu.add(word).triggered.connect(lambda _checked=False, f=made: chosen(f))
    menu.add_line()
    menu.add(_("空着")).triggered.connect(lambda _checked=False: chosen(Filter(spec.key, "empty")))
    menu.add(_("填了")).triggered.connect(lambda _checked=False: chosen(Filter(spec.key, "filled")))


def pick_link(over: QWidget, session: Session, record: type[Record], spec: Field, chosen: Chosen) -> None:
    """Another record as a condition: typed and picked."""
    dialog = LinkDialog(over, session, spec)
    if answer_of(dialog) == QDialog.DialogCode.Accepted and dialog.value():
        chosen(Filter(spec.key, "is", (dialog.value(),)))


class LinkDialog(QDialog):
    """One picker and a button."""

    def __init__(self, over: QWidget, session: Session, spec: Field) -> None:
        super().__init__(over)
        self.setWindowTitle(_("按{what}筛选").format(what=_(spec.label)))
        self.bound = binding(spec, session, required=False)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        pad = look().u(16)
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(self.bound.field)
        no, yes = Button(_("取消"), shortcut="Esc"), Button(_("筛选"), "check", "primary")
        foot.addStretch(1)
        foot.addWidget(no)
        foot.addWidget(yes)
        column.addLayout(foot)
        no.clicked.connect(self.reject)
        yes.clicked.connect(self.accept)
        self.setMinimumWidth(look().u(380))
        self.bound.field.setFocus()

    def value(self) -> str:
        """The id that was picked, or nothing."""
        try:
            return str(self.bound.read() or "")
        except Refusal:
            return ""


def open_below(menu: PlainMenu, anchor: QWidget) -> None:
    """The menu hangs under the button that opened it."""
    menu.open_at(anchor.mapToGlobal(QPoint(0, anchor.height())))
