"""办理经过 of an opinion: the card that writes and shows it, and the hand that keeps what is half written.

Pictures that were chosen for a line wait beside it and are kept together with it: when one is refused nothing is lost.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout

from desktop.model.language import _
from desktop.model.opinion import Handling, Opinion
from desktop.office import opinions, settings
from desktop.store.work import Row
from desktop.ui.enclosing import File, Waiting, dropped, named, pasted_instead_of_words, pick_pictures
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.buttons import Button, IconButton
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.facts import Happening, Timeline
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session

STEP_ICONS = {"登记": "message-plus", "办理": "tool"} | {move.label: move.icon for move in Opinion.flow.moves}
DONE_STEPS = ("填办结", "当场解决", "销号")
DRAFT_EVERY = 5_000  # milliseconds


class NoteLine(LineEdit):
    """The line that is written; a picture pasted into it goes with it. What is dropped is the card's."""

    pasted = Signal(object)

    def __init__(self) -> None:
        super().__init__(1000, _("写一条办理经过，Ctrl+↵ 记下"))
        self.setAccessibleName(_("办理经过"))
        self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and (files := pasted_instead_of_words()):
            self.pasted.emit(files)
            return
        super().keyPressEvent(event)


class DiaryCard(Card):
    """办理经过: a line to write, with the pictures that go with it, and all that was written, the newest first."""

    noted = Signal(str, str, str, object)  # text, by, on, files
    files_wanted = Signal(str)  # of which line

    def __init__(self, session: Session) -> None:
        super().__init__(_("办理经过"), "history")
        self._session = session
        self._count = Label("", "caption", "text2")
        self.add_to_head(self._count)
        self.note = NoteLine()
        self.keep = Button(_("记下"), kind="act")
        self.photo, self.late = IconButton(_("附现场照片"), "photo-plus"), IconButton(_("补记：换日期或经办"), "calendar")
        self.waiting = Waiting()
        for inside in (self.photo, self.late):
            self.note.add_after(inside)
        day = Handling.fields()["done_on"].kind
        today = session.desk.today
        self.on = DateEdit(lambda typed: str(day.parse(typed, today) or ""), day.show, today, _("日期，不填是今天"))
        self.by = LineEdit(40, _("经办，不填是本人"))
        self.on.setAccessibleName(_("办理日期"))
        self.by.setAccessibleName(_("经办"))
        self._line, self._more = QHBoxLayout(), QHBoxLayout()
        for row, pieces in ((self._line, (self.note, self.keep)), (self._more, (self.on, self.by))):
            for piece in pieces:
                row.addWidget(piece)
            self.add(row)
        self.add(self.waiting)
        self.timeline = Timeline()
        self.timeline.link_opened.connect(self.files_wanted)
        self.scrolled = Scrolled(self.timeline)
        self.add(self.scrolled, 1)
        self._enter = EnterMoves(self, [self.note])
        self._enter.save.connect(self._write_down)
        self._enter_late = EnterMoves(self, [self.on, self.by])
        self._enter_late.save.connect(self._write_down)
        self.keep.clicked.connect(self._write_down)
        self.photo.clicked.connect(self._pick)
        self.note.pasted.connect(self.waiting.add)
        self.late.clicked.connect(lambda: self._show_late(shown=self.on.isHidden()))
        self._show_late(shown=False)
        follow(self, self._restyle_lines)

    def set_narrow(self, narrow: bool) -> None:
        """Under other cards the diary stands whole; beside them it scrolls by itself."""
        if narrow and self.scrolled.widget() is not None:
            self.scrolled.takeWidget()
            self.timeline.setAutoFillBackground(False)  # the scroll area had it paint the window's ground
            self.scrolled.hide()
            self.add(self.timeline)
            self.timeline.show()
        elif not narrow and self.scrolled.widget() is None:
            self.body.removeWidget(self.timeline)
            self.scrolled.setWidget(self.timeline)
            self.scrolled.show()

    def set_writable(self, may: bool) -> None:
        """Somebody who only reads has no line to write."""
        for piece in (self.note, self.keep):
            piece.setVisible(may)
        self.setAcceptDrops(may)

    def _show_late(self, *, shown: bool) -> None:
        for piece in (self.on, self.by):
            piece.set_value("")
            piece.setVisible(shown)
        if shown:
            self.on.setFocus()

    def _write_down(self) -> None:
        why = self.note.mistake() or self.on.mistake()
        text = self.note.value() or (_("现场照片") if self.waiting.files else "")
        if text and not why:
            self.noted.emit(text, self.by.value(), self.on.value(), tuple(self.waiting.files))
        else:
            (self.on if self.on.mistake() else self.note).setFocus()

    def _pick(self) -> None:
        self.waiting.add(pick_pictures(self))
        self.note.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.waiting.add(dropped(event.mimeData()))
        self.note.setFocus()
        event.acceptProposedAction()

    def written(self) -> None:
        """The line is in the diary; the next may begin."""
        self.note.set_value("")
        self.waiting.show_files(())
        self._show_late(shown=False)
        self.note.setFocus()

    def show_lines(self, lines: Sequence[Row], files: Mapping[str, Sequence[str]]) -> None:
        """The diary as it stands, with the names of the files that hang on its lines."""
        self._count.setText(_("{n} 条").format(n=len(lines)))
        happenings = [self._happening(line, files.get(line["id"], ())) for line in lines]
        self.timeline.show_happenings([("", happenings)])

    def _happening(self, line: Row, files: Sequence[str]) -> Happening:
        noted = line["step"] == "办理"
        by = line["done_by"] or ""
        title = by or _("办理") if noted else f"{by} {_(line['step'])}".strip()
        tone = "ok" if line["step"] in DONE_STEPS else "act" if noted else "text2"
        picture = STEP_ICONS.get(line["step"], "tool")
        text = line["text"] if line["text"] != line["step"] else ""
        link = named(files) if files else ""
        return Happening(
            title, self._session.day_words(line["done_on"]), icon=picture, tone=tone, body=text, link=link, picture="photo", key=line["id"]
        )

    def _restyle_lines(self) -> None:
        self.timeline.setContentsMargins(0, 0, look().u(12), 0)  # the scroll bar stands beside the days
        for row in (self._line, self._more):
            row.setSpacing(look().u(8))


class DiaryHand(QObject):
    """What the page does with its diary: the line is written down, and what is half written survives a power cut."""

    written = Signal()

    def __init__(self, page: OfficePage, diary: DiaryCard) -> None:
        super().__init__(page)
        self._page, self._diary = page, diary
        self._opinion = self._drafted = ""
        self._waiting: dict[str, Sequence[File]] = {}  # files chosen for the line of an opinion that was left
        diary.noted.connect(self._note)
        self._timer = QTimer(self)
        self._timer.setInterval(DRAFT_EVERY)
        self._timer.timeout.connect(self.keep_draft)

    def begin(self, opinion: str) -> None:
        """The diary of this opinion, with the line that was left half written."""
        diary = self._diary
        if self._opinion and diary.waiting.files:
            self._waiting[self._opinion] = diary.waiting.files
        self._opinion = opinion
        draft = next((one for one in settings.drafts(self._page.desk) if one.page == self._draft), None)
        self._drafted = str(draft.values.get("text", "")) if draft is not None else ""
        diary.note.set_value(self._drafted)
        diary.waiting.show_files(self._waiting.pop(opinion, ()))
        self._timer.start()

    @property
    def is_dirty(self) -> bool:
        """Something is written or chosen that is not in the diary."""
        return bool(self._diary.note.value() or self._diary.waiting.files)

    @property
    def _draft(self) -> str:
        return f"note:{self._opinion}"

    def keep_draft(self) -> None:
        """A half-written line is on the disk, encrypted with everything else."""
        page, text = self._page, self._diary.note.value()
        if not self._opinion or text == self._drafted or page.work.is_busy or not page.desk.may("draft.keep"):
            return
        if not text:
            self._drop_draft()
            return
        settings.keep_draft(page.desk, self._draft, kind="opinion", record=self._opinion, values={"text": text})
        self._drafted = text

    def _drop_draft(self) -> None:
        if self._drafted:
            settings.drop_draft(self._page.desk, self._draft)
            self._drafted = ""

    def _note(self, text: str, by: str, on: str, files: Sequence[File]) -> None:
        desk, key = self._page.desk, self._opinion

        def written(_id: str) -> None:
            self._diary.written()
            self._drop_draft()
            self.written.emit()

        def deed() -> str:
            return opinions.note_handling(desk, key, text=text, done_by=by or None, done_on=on or None, files=files)

        self._page.do(_("记下"), deed, written)
