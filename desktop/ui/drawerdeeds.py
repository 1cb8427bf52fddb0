"""The small deeds on the record in a drawer: the next moves of its flow, correct, bin, take back, take one change back.

The drawer shows; this runs. A move that asks for something asks it in a card above the drawer's tabs.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.flow import Move
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office import records
from desktop.office.moves import move
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import Scrolled, ask
from desktop.ui.kit.drawer import Drawer
from desktop.ui.leading import Lead, leads_of
from desktop.ui.moving import MoveCard, move_actions
from desktop.ui.officepage import OfficePage

MOVES_SHOWN = 3  # the others stand on the record's own page
ROOM = 30  # the card has the height it needs before the tabs below it have any
BELOW_DEEDS = 2  # where in the drawer's column the card of a move stands


class DrawerDeeds(QObject):
    """What can be done with the record that the drawer shows; `row` says which one that is."""

    def __init__(self, page: OfficePage, drawer: Drawer, record: type[Record], row: Callable[[], Any], edit: Callable[[], object]) -> None:
        super().__init__(page)
        self.page, self.drawer, self.record, self.row, self._edit = page, drawer, record, row, edit
        self.kind = record.__tablename__
        self.leads = leads_of(page.session.desk, record)
        self.card: MoveCard | None = None
        self._holder: QWidget = drawer

    def actions(self) -> list[Action]:
        """The deeds that the person here may do on this record now."""
        row, desk = self.row(), self.page.desk
        if row["community"] != desk.community:
            return []  # another office's record is read here and changed there
        if row["ended_on"]:
            return [Action("take_back", _("取回"), "history", "primary", run=self.take_back)] if desk.may(f"{self.kind}.take_back") else []
        actions = []
        if desk.may(f"{self.kind}.correct") and self.record.groups():
            actions.append(Action("edit", _("修改"), "edit", shortcut="F2", run=self._edit))
        for lead in self.leads:
            if (arguments := lead.arguments(desk, row)) is not None:
                run = partial(self.page.go, lead.page, **arguments)
                actions.append(Action(lead.key, _(lead.label), lead.icon, shortcut=lead.shortcut, run=run))
        if self.record.flow:
            for one in move_actions(desk, self.record, row["state"])[:MOVES_SHOWN]:
                actions.append(replace(one, run=partial(self.make_move, one.key)))
        return actions

    def more(self) -> list[Action]:
        """What is seldom wanted, behind ⋯."""
        row, desk = self.row(), self.page.desk
        ours = row["community"] == desk.community and not row["ended_on"]
        if ours and desk.may(f"{self.kind}.end") and not self.record.stays:
            return [Action("end", _("移入回收站"), "trash", run=self.end)]
        return []

    def follow(self, lead: Lead, key: str) -> None:
        """The deed of a lead by its key, on the record in hand."""
        row = self.page.desk.get(self.record, key)
        arguments = lead.arguments(self.page.desk, row) if not row["ended_on"] else None
        if arguments is not None:
            self.page.go(lead.page, **arguments)

    # out of the list and back

    def end(self) -> None:
        """Into the bin, after a question; the toast takes it back."""
        desk, record, key = self.page.desk, self.record, self.row()["id"]
        follows = _("30 天内可取回；已上报的会随下一批报给区里。")
        if ask(self.page, _("移入回收站？"), follows, _("移入回收站"), danger=True):
            self.page.do(
                _("移入回收站"), lambda: records.end(desk, record, key, because=records.BY_HAND),
                lambda _r: self.page.toast(_("已移入回收站"), partial(self._take_back, key)),
            )  # fmt: skip

    def take_back(self) -> None:
        """Out of the bin."""
        self._take_back(self.row()["id"])

    def _take_back(self, key: str) -> None:
        desk, record = self.page.desk, self.record
        self.page.do(_("取回"), lambda: records.take_back(desk, record, key), lambda _r: self.page.toast(_("已取回")))

    def revert(self, seq: int) -> None:
        """One change of its history is undone by a new one."""
        desk, record, key = self.page.desk, self.record, self.row()["id"]
        self.page.do(_("退回这处改动"), lambda: records.revert(desk, record, key, seq), lambda _r: self.page.toast(_("已退回")))

    def unmask(self, field: str, then: Callable[[], object]) -> None:
        """The full value may be shown; that somebody looked is written down first."""
        desk, record, key = self.page.desk, self.record, self.row()["id"]
        self.page.do(_("显示号码"), lambda: records.unmask(desk, record, key, field), lambda _value: then())

    # its flow

    def next_move(self) -> None:
        """F9: the first step that leads on; a side exit is never what a key alone does."""
        row = self.row()
        ours = row is not None and row["community"] == self.page.desk.community
        if ours and self.record.flow and not row["ended_on"]:
            first = next((one for one in move_actions(self.page.desk, self.record, row["state"]) if one.shortcut), None)
            if first is not None:
                self.make_move(first.key)

    def make_move(self, deed: str) -> None:
        """A step of the flow: done at once, or asked about in a card."""
        assert self.record.flow is not None
        step, row = self.record.flow.move(deed), self.row()
        self.close_card()
        if not step.asked:
            self._run(step, row["id"], {})
            return
        card = MoveCard(self.page.session, self.record, row, step)
        card.wanted.connect(partial(self._run, step, row["id"]))
        card.given_up.connect(self.close_card)
        self.card = card
        layout = self.drawer.layout()
        assert isinstance(layout, QVBoxLayout)
        self._holder = Scrolled(card)  # with large letters it may be taller than the window
        self._holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.insertWidget(BELOW_DEEDS, self._holder, ROOM)
        self._show_rest(not self.page.narrow)
        card.take_focus()

    def _run(self, step: Move, key: str, values: dict[str, Value]) -> None:
        desk, record = self.page.desk, self.record
        self.page.do(_(step.label), lambda: move(desk, record, key, step.deed, **values), lambda _r: self._moved(step))

    def _moved(self, step: Move) -> None:
        self.close_card()
        self.page.toast(_("{label}：已办").format(label=_(step.label)))
        self.page.take_focus()

    def close_card(self) -> None:
        """The card is put away; what was typed in it is given up."""
        if self.card is not None:
            self._holder.hide()
            self._holder.deleteLater()
            self.card = None
            self._show_rest(True)

    def _show_rest(self, shown: bool) -> None:
        """Where letters are large the card needs the height that the tabs have."""
        for rest in (self.drawer.tabs, self.drawer.findChild(QStackedWidget)):
            if isinstance(rest, QWidget):
                rest.setVisible(shown)

    def show_mistakes(self, error: object) -> None:
        """A deed was refused: what is wrong stands under the fields of the card."""
        if self.card is not None and isinstance(error, Refusal):
            self.card.show_mistakes(error)
