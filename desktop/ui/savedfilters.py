"""The star above a list: 常用筛选 to choose from, the present conditions kept under a name, renamed, dropped."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.office import savedfilters
from desktop.office.savedfilters import LONGEST_NAME, SavedFilter, saved_filters
from desktop.ui.filtering import open_below
from desktop.ui.icons import icon
from desktop.ui.kit.buttons import Action, Button
from desktop.ui.kit.cards import answer_of, ask
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import PlainMenu
from desktop.ui.look import look

if TYPE_CHECKING:
    from desktop.ui.table import RecordTable


class SavedFilters(QObject):
    """The saved filters of one list page."""

    def __init__(self, table: "RecordTable") -> None:
        super().__init__(table)
        self.table, self.desk = table, table.session.desk
        table.filter.star_clicked.connect(self.open)

    def actions(self) -> list[Action]:
        """The same behind ⋯, where large letters leave the star no room."""
        return [Action("filters", _("常用筛选"), "star", run=self.open)]

    def open(self) -> None:
        """The menu under the star."""
        table = self.table
        open_below(self._menu(saved_filters(self.desk, table.record)), table.filter.star if table.filter.star.isVisible() else table.filter)

    def _menu(self, saved: list[SavedFilter]) -> PlainMenu:
        menu, listing = PlainMenu(self.table), self.table.listing
        for one in saved:
            entry = menu.add(one.name)
            entry.setCheckable(True)
            entry.setChecked(one.on(listing))
            entry.triggered.connect(partial(self._choose, one))
        if not saved:
            menu.add(_("还没有存过")).setEnabled(False)
        if self.desk.may("filter.keep"):
            menu.add_line()
            keep = menu.add(_("存下现在的筛选…"), icon("plus"))
            keep.setEnabled(savedfilters.keepable(listing))
            keep.triggered.connect(lambda: self._keep(saved))
        if saved and self.desk.may("filter.drop"):
            for words, deed in ((_("改名"), self._rename), (_("去掉"), self._drop)):
                inner = menu.add_menu(words)
                for one in saved:
                    inner.add(one.name).triggered.connect(partial(deed, one))
        return menu

    def _choose(self, one: SavedFilter, _checked: bool = False) -> None:
        table = self.table
        table.filter.search.set_value(one.text)
        table.show_listing(replace(table.listing, filters=one.filters, text=one.text, order=one.order))
        table.to_list()
        if one.gone:
            words = _("“{name}”里有的条件已经没有了，略去没筛：{gone}")
            table.say("warn", words.format(name=one.name, gone="、".join(_(label) for label in one.gone)))

    def _keep(self, saved: list[SavedFilter]) -> None:
        """The conditions of now get a name; one that is used already stands for these from now on, after a question."""
        desk, listing, table = self.desk, self.table.listing, self.table
        name = self._name(_("存下现在的筛选"), next((one.name for one in saved if one.on(listing)), ""))
        taken = any(one.name == name for one in saved)
        if name and (not taken or ask(table, _("换掉“{name}”？").format(name=name), _("原来的条件换成现在的。"), _("换掉"))):
            keep = partial(savedfilters.keep_filter, desk, listing, name)
            table.do(_("存常用筛选"), keep, lambda _key: table.toast(_("已存为常用筛选：{name}").format(name=name)))

    def _rename(self, one: SavedFilter, _checked: bool = False) -> None:
        name = self._name(_("给“{name}”改名").format(name=one.name), one.name)
        if name and name != one.name:
            self.table.do(_("改名"), partial(savedfilters.rename_filter, self.desk, one.key, name))

    def _drop(self, one: SavedFilter, _checked: bool = False) -> None:
        table, desk = self.table, self.desk
        back = partial(table.do, _("撤销"), partial(savedfilters.take_filter_back, desk, one.key))
        words = _("已去掉常用筛选：{name}").format(name=one.name)
        table.do(_("去掉常用筛选"), partial(savedfilters.drop_filter, desk, one.key), lambda _r: table.toast(words, back))

    def _name(self, title: str, now: str) -> str:
        dialog = NameDialog(self.table, title, now)
        return dialog.name.value() if answer_of(dialog) == QDialog.DialogCode.Accepted else ""


class NameDialog(QDialog):
    """One name; Enter is 存下."""

    def __init__(self, over: QWidget, title: str, now: str) -> None:
        super().__init__(over)
        self.setWindowTitle(title)
        self.name = LineEdit(LONGEST_NAME, _("比如：本季没来的党员"))
        self.name.set_value(now)
        self.name.selectAll()
        column, foot = QVBoxLayout(self), QHBoxLayout()
        pad = look().u(16)
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(LabelledField(_("名称"), self.name, hint=_("只有自己看得到，不上报")))
        no, self.yes = Button(_("取消"), shortcut="Esc"), Button(_("存下"), "star", "primary")
        foot.addStretch(1)
        foot.addWidget(no)
        foot.addWidget(self.yes)
        column.addLayout(foot)
        no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.yes.setDefault(True)
        self.name.changed.connect(lambda _text: self._can())
        self._can()
        self.setMinimumWidth(look().u(380))
        self.name.setFocus()

    def _can(self) -> None:
        self.yes.setEnabled(bool(self.name.value()))
