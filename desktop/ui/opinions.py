"""The page of one opinion: where it stands, what is due, the next move, and all that was said and done about it.

Drawn by hand because clerks live in it: one look says what has to be done by when, F9 does it, Alt+↑ and Alt+↓ go on.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.opinion import Handling, Opinion
from desktop.model.record import Record
from desktop.office import attachments, opinions
from desktop.store.page import Cursor, Filter, Listing, link_titles, page
from desktop.store.work import Row
from desktop.ui.attachments import FilesCard
from desktop.ui.keys import PageKey
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import Action, LinkButton
from desktop.ui.kit.cards import Card
from desktop.ui.kit.facts import Facts
from desktop.ui.officepage import OfficePage
from desktop.ui.opinion_content import ContentCard
from desktop.ui.opinion_deeds import OpinionDeeds
from desktop.ui.opinion_diary import DiaryCard, DiaryHand
from desktop.ui.opinion_head import MovePlace, OpinionHead, handling_facts, short_day
from desktop.ui.opinion_papers import OpinionPapers
from desktop.ui.opinion_parts import Columns, ProjectsCard
from desktop.ui.rows import state_badge
from desktop.ui.session import Session


class OpinionPage(OfficePage):
    """One opinion."""

    concerns = ("opinion", "handling", "project_source", "livelihood_project", "attachment")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.row: Row | None = None
        self._names: dict[str, str] = {}
        self.siblings: tuple[str, ...] = ()
        self._revealed: set[str] = set()
        self.head, self.moves = OpinionHead(), MovePlace(session)
        self.content, self.files, self.handling = ContentCard(), FilesCard(self), Facts(columns=2)
        self.order = LinkButton("", "file-text")
        self.projects, self.diary = ProjectsCard(session), DiaryCard(session)
        self.writing, self.deeds, self.papers = DiaryHand(self, self.diary), OpinionDeeds(self), OpinionPapers(self)
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        column = self.column()
        column.addWidget(self.head)
        handed = Card(_("交办与承办"), "send")
        handed.add_to_head(self.order)
        handed.add(self.handling)
        self.columns = Columns((self.moves, self.content, self.files, handed, self.projects), self.diary, self)
        column.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.head.chosen.connect(self._chosen)
        self.moves.wanted.connect(self.deeds.make)
        self.moves.closed.connect(self.setFocus)
        self.files.closed.connect(self.setFocus)
        self.content.facts.reveal_asked.connect(self.deeds.reveal)
        self.content.papers.clicked.connect(lambda: self._open_files(Opinion, self.key, _("原始记录")))
        self.content.merged.opened.connect(self._show)
        self.content.merged.all_wanted.connect(lambda: self.go("table:opinion", filters=(Filter("same_as", "is", (self.key,)),)))
        self.order.clicked.connect(lambda: self.papers.print_paper("hand-over"))
        self.projects.opened.connect(self._open_project)
        self.projects.sources_opened.connect(lambda key: self.go("table:project_source", filters=(Filter("project", "is", (key,)),)))
        self.projects.link_wanted.connect(self.deeds.link_project)
        self.projects.project_wanted.connect(self.deeds.begin_project)
        self.diary.files_wanted.connect(self._open_photos)
        self.writing.written.connect(self.head_changed)
        for typed in (self.diary.note.changed, self.diary.waiting.changed):
            typed.connect(self._typed)
        keys = [
            PageKey("F9", _("做下一步"), self.head.next_move),
            PageKey("Ctrl+P", _("选一张表打印：交办单、反馈单、台账"), self.papers.open_menu),
            PageKey("Alt+Up", _("上一条"), partial(self._beside, -1)),
            PageKey("Alt+Down", _("下一条"), partial(self._beside, 1)),
        ]
        if self.desk.may("opinion.correct"):
            keys.insert(1, PageKey("F2", _("修改"), self._edit))
        self.bind_keys(keys)

    def _typed(self, *_text: object) -> None:
        self.head_changed.emit()

    # what the shell asks

    @property
    def key(self) -> str:
        """The record that is shown; empty while there is none."""
        return str(self.row["id"]) if self.row is not None else ""

    def title(self) -> str:
        return str(self.row["title"]) if self.row is not None else _("意见建议")

    def crumbs(self) -> Sequence[str]:
        serial = str(self.row["serial"] or "").rpartition("-")[2] if self.row is not None else ""
        return [_("意见建议"), *([serial] if serial else [])]

    def badges(self) -> Sequence[BadgeData]:
        if self.row is None:
            return ()
        topic = [("wait", "", _(self.row["topic"]))] if self.row["topic"] else []
        ended = [("warn", "trash", _("在回收站"))] if self.row["ended_on"] else []
        return [state_badge(Opinion.flow, self.row["state"]), *topic, *ended]

    def header_actions(self) -> Sequence[Action]:
        actions = [Action("print", _("打印"), "printer", run=self.papers.open_menu, keep=2)]
        if self.desk.may("opinion.correct"):
            actions.insert(0, Action("edit", _("修改"), "edit", run=self._edit, keep=3))
        return actions

    def more_actions(self) -> Sequence[Action]:
        actions = [Action("past", _("全部改动"), "history", run=lambda: self.go("table:opinion", id=self.key))]
        if self.row is not None and self.desk.may("opinion.end"):
            ended = bool(self.row["ended_on"])
            word = _("从回收站取回") if ended else _("移入回收站")
            actions.append(Action("end", word, "trash", run=partial(self.deeds.take_back, self.key) if ended else self.deeds.end))
        return actions

    def status(self) -> Sequence[str]:
        if self.row is None:
            return ()
        serial = self.crumbs()[-1]
        return [_("意见 {serial} · 版本 {n}").format(serial=serial, n=self.row["version"]), _("Alt+↑ 上一条"), _("Alt+↓ 下一条")]

    def dirty(self) -> bool:
        return self.writing.is_dirty

    def arrive(self, **arguments: object) -> None:
        key, siblings = arguments.get("id"), arguments.get("siblings", ())
        self.siblings = tuple(str(one) for one in siblings) if isinstance(siblings, list | tuple) else ()
        if isinstance(key, str):
            self._show(key)
            self.is_fresh = True

    def reload(self) -> None:
        if self.row is not None:
            self._read(self.key)

    def take_focus(self) -> None:
        self.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.columns.set_narrow(narrow)

    # one record

    def _show(self, key: str) -> None:
        self.writing.keep_draft()
        self.moves.close_card()
        self.files.close_files()
        self._revealed = set()
        self.bar.clear()
        self._read(key)
        self.writing.begin(key)
        self.head_changed.emit()
        self.status_changed.emit()

    def _read(self, key: str) -> None:
        try:
            self.row = row = self.desk.get(Opinion, key)
        except Refusal as refusal:
            self.show_error(refusal)
            return
        with self.desk.books.read() as conn:
            self._names = link_titles(conn, self.desk.community, Opinion, [row])
        steps = opinions.steps_of(self.desk, key)
        self.head.show_opinion(self.desk, row, self._names, steps)
        self.content.show_opinion(row, self._names, self._revealed, self.desk)
        handed = next((step for step in steps if step.state == "交办"), None)
        self.handling.show_facts(handling_facts(row, self._names, handed, self.desk.today))
        self.order.setVisible(bool(row["order_no"]))
        self.order.set_label(_("交办单 {no}").format(no=row["order_no"]))
        self.content.merged.show_merged(self.desk.rows(Opinion, same_as=key))
        self.projects.show_projects(opinions.projects_of(self.desk, key), row["title"])
        lines = opinions.diary_of(self.desk, key)
        self.diary.set_writable(self.desk.may("opinion.note"))
        self.diary.show_lines(lines, attachments.hanging_on(self.desk, Handling, [line["id"] for line in lines]))
        papers = len(attachments.attachments_of(self.desk, Opinion, key))
        self.content.show_papers(papers, may_add=self.desk.may("attachment.attach"))
        self.files.show_again()

    def show_whole(self, field: str) -> None:
        """This field is shown unmasked until another record is shown."""
        self._revealed.add(field)
        self.reload()

    def _beside(self, step: int) -> None:
        """The record before or after this one in the list it came from, or in the list as it opens."""
        if self.row is None:
            return
        found = ""
        if self.key in self.siblings:
            at = self.siblings.index(self.key) + step
            found = self.siblings[at] if 0 <= at < len(self.siblings) else ""
        else:
            order = Opinion.ordered_by if step > 0 else Opinion.ordered_by.removeprefix("-")
            listing = Listing(Opinion, order=order, community=self.desk.community)
            with self.desk.books.read() as conn:
                rows = page(conn, listing, after=Cursor(self.row["serial"], self.key), size=1).rows
            found = rows[0]["id"] if rows else ""
        if found:
            self._show(found)
        else:
            self.say("act", _("已是最后一条") if step > 0 else _("已是第一条"))

    # moves

    def _chosen(self, deed: str) -> None:
        if self.row is None:
            return
        if deed == "same_as":
            self._show(self.row["same_as"])
            return
        self.moves.open(self.row, Opinion.flow.move(deed))
        self.columns.scrolled.verticalScrollBar().setValue(0)

    def show_error(self, error: Any) -> None:
        super().show_error(error)
        if self.moves.card is not None and isinstance(error, Refusal):
            self.moves.card.show_mistakes(error)

    # its files

    def _open_photos(self, line: str) -> None:
        row = self.desk.get(Handling, line)
        self._open_files(Handling, line, _("现场照片"), f"{short_day(row['done_on'], self.desk.today)} {row['done_by'] or ''}".strip())

    def _open_files(self, record: type[Record], key: str, title: str, note: str = "") -> None:
        self.files.open(record, key, title, note)
        QTimer.singleShot(0, self.files, lambda: self.columns.scrolled.ensureWidgetVisible(self.files))  # once it has its place

    # other pages

    def _edit(self) -> None:
        if self.row is not None and self.desk.may("opinion.correct"):
            self.go("form:opinion", id=self.key)

    def _open_project(self, key: str) -> None:
        window: Any = self.window()
        special = "record:livelihood_project"
        self.go(special if window.has_page(special) else "table:livelihood_project", id=key)

    def event(self, event: QEvent) -> bool:
        # Esc puts an open card away before it leads back to the list.
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if asked and self._is_asking:
            event.accept()
            return True
        return super().event(event)

    @property
    def _is_asking(self) -> bool:
        return self.moves.card is not None or self.projects.is_asking or self.files.is_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_asking:
            self.moves.close_card()
            self.projects.close_questions()
            self.files.close_files()
            self.setFocus()
            return
        super().keyPressEvent(event)
