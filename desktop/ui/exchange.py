"""上报与接收: what goes up on the stick, how far each batch has come, what came back, and who has to put what right.

States move by receipts and by nothing else. A batch is sealed once: when the stick fails, the same bytes are written again.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.model import RECORD_TYPES
from desktop.model.codes import DISTRICT
from desktop.model.days import show_day
from desktop.model.errors import Said, Trouble
from desktop.model.language import _
from desktop.office import papers
from desktop.office.ledgers import office_name
from desktop.reports.enrolment import FingerprintFacts, fingerprint_sheet
from desktop.store.work import Row
from desktop.sync import offices, sending, standing
from desktop.sync.receipts import Heard, read_receipt
from desktop.sync.sending import Contents, Sent
from desktop.sync.stick import FOLDER, StickFile, list_stick
from desktop.ui.exchange_enrol import EnrolView
from desktop.ui.exchange_lists import NEXT, BatchList, ContentsView, LineList, batch_rows
from desktop.ui.exchange_parts import GapBar, HandOverForm, NextCard, StepsCard, StickCard, short_day, size_words, stick_lines
from desktop.ui.kit.buttons import Action, LinkButton
from desktop.ui.kit.cards import Scrolled, ask
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session
from desktop.ui.work import Report, Work

LEFT_WIDTH = 330


@dataclass(frozen=True)
class Seen:
    """The exchange as the ledger has it, read away from the screen."""

    enrolled: bool
    fingerprint: str = ""
    batches: tuple[Row, ...] = ()
    contents: Contents | None = None
    unseen: tuple[int, ...] = ()
    read: dict[str, int] | None = None


def look_around(desk: Any) -> Seen:
    """Everything that the page shows but the stick and the lines of one batch."""
    if not standing.is_enrolled(desk):
        has_key = desk.books.fact(offices.KEY) is not None
        return Seen(False, offices.our_card(desk).fingerprint if has_key else "")
    return Seen(
        True, "", tuple(standing.sent_batches(desk)), sending.preview(desk), tuple(standing.unseen_numbers(desk)),
        standing.read_numbers(desk),
    )  # fmt: skip


class ExchangePage(OfficePage):
    """The community's side of the exchange."""

    concerns = tuple(record.__tablename__ for record in RECORD_TYPES)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.stick: Path | None = standing.known_stick(session.desk)
        self.seen: Seen | None = None
        self.files: tuple[StickFile, ...] = ()
        self._welcome = ""
        self._current = ""
        self._failed = ""  # a sealed batch that no stick has yet
        self.reading, self.looking, self.opening = Work(self), Work(self), Work(self)
        self._again: set[Work] = set()
        self.gap, self.form = GapBar(), HandOverForm(session.desk.today)
        self.stick_card, self.next_card, self.steps = StickCard(), NextCard(), StepsCard()
        self.batches, self.lines = BatchList(), LineList()
        self.contents, self.enrol = ContentsView(), EnrolView()
        self._assemble()
        self._connect()
        follow(self, self._restyle)

    def _assemble(self) -> None:
        column = self.column()
        self._gap_row = QVBoxLayout()
        self._gap_row.addWidget(self.gap)
        column.addLayout(self._gap_row)
        main = QWidget()
        direction = QBoxLayout.Direction
        self._both, self._left = QBoxLayout(direction.LeftToRight, main), QBoxLayout(direction.TopToBottom)
        self._right = QVBoxLayout()
        for piece in (self.stick_card, self.next_card, self.steps):
            self._left.addWidget(piece)
        self._left.addStretch(1)
        self._left_side = QWidget()
        self._left_side.setLayout(self._left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self.batches, 5)
        self._right.addWidget(self.form)
        self._right.addWidget(self.lines, 4)
        self._both.addWidget(self._left_side)
        self._both.addLayout(self._right, 1)
        self.stack = QStackedWidget()
        self._main = Scrolled(main)
        for page in (self._main, self.contents, self.enrol):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)
        self._deeds = {
            "copy": LinkButton(_("重写到 U 盘"), "usb"), "hand": LinkButton(_("记交接"), "send"), "lost": LinkButton(_("报失"), "puzzle-off"),
        }  # fmt: skip
        for link in self._deeds.values():
            self.lines.links.addWidget(link)

    def _connect(self) -> None:
        self.gap.copy_wanted.connect(lambda number: self._copy(self._numbered(number)))
        self.gap.lost_wanted.connect(lambda number: self._report_lost(self._numbered(number)))
        self.stick_card.choose_wanted.connect(lambda: self._choose_stick(None))
        self.stick_card.look_wanted.connect(self._look)
        self.stick_card.deed_wanted.connect(self._take_file)
        self.next_card.open_wanted.connect(self._open_contents)
        self.next_card.zero_wanted.connect(lambda: self._go("form:zero_report"))
        self.contents.closed.connect(self._close_contents)
        self.batches.view.current_changed.connect(self._show_batch)
        self.batches.view.opened.connect(self._open_batch)
        self.lines.wanted.connect(self._put_right)
        self._deeds["copy"].clicked.connect(lambda: self._copy(self._row()))
        self._deeds["hand"].clicked.connect(self._begin_hand_over)
        self._deeds["lost"].clicked.connect(lambda: self._report_lost(self._row()))
        self.form.given.connect(self._hand_over)
        self.form.closed.connect(self._close_form)
        self.enrol.request_wanted.connect(self._request)
        self.enrol.sheet_wanted.connect(self._print_fingerprint)
        self.enrol.welcome_wanted.connect(self._find_welcome)
        self.enrol.typed.connect(self._accept_welcome)
        for work, done in ((self.reading, self._show), (self.looking, None), (self.opening, None)):
            work.refused.connect(self.show_error)
            work.broke.connect(self._show_bug)
        self.reading.troubled.connect(self.show_error)
        self.opening.troubled.connect(self.show_error)
        self.looking.troubled.connect(self._stick_failed)
        shortcut = QShortcut(QKeySequence("Ctrl+I"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.read_receipts)
