"""The page of one opinion: where it stands, what is due, the next move, and all that was said and done about it.

Drawn by hand because clerks live in it: one look says what has to be done by when, F9 does it, Alt+↑ and Alt+↓ go on.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.model.errors import Refusal
from desktop.model.flow import Move
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.opinion import Handling, Opinion
from desktop.model.record import Record
from desktop.office import attachments, opinions, records
from desktop.office.moves import move
from desktop.store.page import Cursor, Filter, Listing, link_titles, page
from desktop.store.work import Row
from desktop.ui.attachments import FilesCard
from desktop.ui.filtering import open_below
from desktop.ui.icons import icon
from desktop.ui.keys import PageKey
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import Action, LinkButton
from desktop.ui.kit.cards import Card, ask
from desktop.ui.kit.facts import Facts
from desktop.ui.kit.text import PlainMenu
from desktop.ui.officepage import OfficePage
from desktop.ui.opinion_content import ContentCard
from desktop.ui.opinion_diary import DiaryCard, DiaryHand
from desktop.ui.opinion_head import MovePlace, OpinionHead, handling_facts, short_day
from desktop.ui.opinion_parts import Columns, ProjectsCard
from desktop.ui.rows import state_badge
from desktop.ui.session import Session

PAPERS = (("hand-over", "交办单（一式两份）", "file-text"), ("reply", "反馈单（给提出人）", "file-text"))


class OpinionPage(OfficePage):
    """One opinion."""

    concerns = ("opinion", "handling", "project_source", "livelihood_project", "attachment")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.row: Row | None = None
        self._names: dict[str, str] = {}
        self._siblings: tuple[str, ...] = ()
        self._revealed: set[str] = set()
        self.head, self.moves = OpinionHead(), MovePlace(session)
        self.content, self.files, self.handling = ContentCard(), FilesCard(self), Facts(columns=2)
        self.order = LinkButton("", "file-text")
        self.projects, self.diary = ProjectsCard(session), DiaryCard(session)
        self.writing = DiaryHand(self, self.diary)
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        column = self.column()
        column.addWidget(self.head)
        handed = Card(_("交办与承办"), "send")
        handed.add_to_head(self.order)
        handed.add(self.handling)
        self.columns = Columns((self.moves, self.content, self.files, handed, self.projects), self.diary)
        column.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.head.chosen.connect(self._chosen)
        self.moves.wanted.connect(self._make)
        self.moves.closed.connect(self.setFocus)
        self.files.closed.connect(self.setFocus)
        self.content.facts.reveal_asked.connect(self._reveal)
        self.content.papers.clicked.connect(lambda: self._open_files(Opinion, self._id, _("原始记录")))
        self.content.merged.opened.connect(self._show)
        self.content.merged.all_wanted.connect(lambda: self._go("table:opinion", filters=(Filter("same_as", "is", (self._id,)),)))
        self.order.clicked.connect(lambda: self._print("hand-over"))
        self.projects.opened.connect(self._open_project)
        self.projects.sources_opened.connect(lambda key: self._go("table:project_source", filters=(Filter("project", "is", (key,)),)))
        self.projects.link_wanted.connect(self._link_project)
        self.projects.project_wanted.connect(self._begin_project)
        self.diary.files_wanted.connect(self._open_photos)
        self.writing.written.connect(self.head_changed)
        for typed in (self.diary.note.changed, self.diary.waiting.changed):
            typed.connect(self._typed)
        keys = [
            PageKey("F9", _("做下一步"), self.head.next_move),
            PageKey("Ctrl+P", _("选一张表打印：交办单、反馈单、台账"), self._open_papers),
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
    def _id(self) -> str:
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
        actions = [Action("print", _("打印"), "printer", run=self._open_papers, keep=2)]
        if self.desk.may("opinion.correct"):
            actions.insert(0, Action("edit", _("修改"), "edit", run=self._edit, keep=3))
        return actions

    def more_actions(self) -> Sequence[Action]:
        actions = [Action("past", _("全部改动"), "history", run=lambda: self._go("table:opinion", id=self._id))]
        if self.row is not None and self.desk.may("opinion.end"):
            ended = bool(self.row["ended_on"])
            word = _("从回收站取回") if ended else _("移入回收站")
            actions.append(Action("end", word, "trash", run=self._take_back if ended else self._end))
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
        self._siblings = tuple(str(one) for one in siblings) if isinstance(siblings, list | tuple) else ()
        if isinstance(key, str):
            self._show(key)
            self.is_fresh = True

    def reload(self) -> None:
        if self.row is not None:
            self._read(self._id)

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

    def _beside(self, step: int) -> None:
        """The record before or after this one in the list it came from, or in the list as it opens."""
        if self.row is None:
            return
        found = ""
        if self._id in self._siblings:
            at = self._siblings.index(self._id) + step
            found = self._siblings[at] if 0 <= at < len(self._siblings) else ""
        else:
            order = Opinion.ordered_by if step > 0 else Opinion.ordered_by.removeprefix("-")
            listing = Listing(Opinion, order=order, community=self.desk.community)
            with self.desk.books.read() as conn:
                rows = page(conn, listing, after=Cursor(self.row["serial"], self._id), size=1).rows
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

    def _make(self, step: Move, values: dict[str, Value]) -> None:
        desk, key = self.desk, self._id
        self.do(_(step.label), lambda: move(desk, Opinion, key, step.deed, **values), lambda _r: self._moved(step))

    def _moved(self, step: Move) -> None:
        self.moves.close_card()
        self.reload()
        if self.row is not None:
            words = _("{label}已办，现在是“{state}”").format(label=_(step.label), state=_(self.row["state"]))
            order = _("，交办单 {no}").format(no=self.row["order_no"]) if step.deed == "hand_over" else ""
            self._toast(words + order)
        self.setFocus()

    def show_error(self, error: Any) -> None:
        super().show_error(error)
        if self.moves.card is not None and isinstance(error, Refusal):
            self.moves.card.show_mistakes(error)

    # other deeds

    def _reveal(self, field: str) -> None:
        desk, key = self.desk, self._id

        def shown(_full: str) -> None:
            self._revealed.add(field)
            self.reload()

        self.do(_("显示"), lambda: records.unmask(desk, Opinion, key, field), shown)

    def _open_photos(self, line: str) -> None:
        row = self.desk.get(Handling, line)
        self._open_files(Handling, line, _("现场照片"), f"{short_day(row['done_on'], self.desk.today)} {row['done_by'] or ''}".strip())

    def _open_files(self, record: type[Record], key: str, title: str, note: str = "") -> None:
        self.files.open(record, key, title, note)
        QTimer.singleShot(0, self.files, lambda: self.columns.scrolled.ensureWidgetVisible(self.files))  # once it has its place

    def _link_project(self, project: str) -> None:
        desk, key = self.desk, self._id
        self.do(_("关联"), lambda: opinions.link_project(desk, project=project, opinion=key), lambda _r: self._projected(_("已关联")))

    def _begin_project(self, name: str) -> None:
        desk, key = self.desk, self._id
        self.do(_("立项"), lambda: opinions.project_from_opinion(desk, key, name=name), lambda _r: self._projected(_("已记为谋划中的实事")))

    def _projected(self, words: str) -> None:
        self.projects.close_questions()
        self._toast(words)
        self.setFocus()

    def _end(self) -> None:
        desk, key = self.desk, self._id
        if ask(self, _("移入回收站？"), _("30 天内可取回；已上报的会随下一批报给区里。"), _("移入回收站"), danger=True):
            self.do(_("移入回收站"), lambda: records.end(desk, Opinion, key, because=records.BY_HAND),
                    lambda _r: self._toast(_("已移入回收站"), self._take_back))  # fmt: skip

    def _take_back(self) -> None:
        desk, key = self.desk, self._id
        self.do(_("取回"), lambda: records.take_back(desk, Opinion, key), lambda _r: self._toast(_("已取回")))

    # other pages

    def _open_papers(self) -> None:
        menu = PlainMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for paper, word, picture in PAPERS:
            menu.add(_(word), icon(picture)).triggered.connect(partial(self._print, paper))
        menu.addSeparator()
        ledger = _("意见建议台账（本筛选）") if self._siblings else _("意见建议台账")
        menu.add(ledger, icon("columns-3")).triggered.connect(self._print_ledger)
        window: Any = self.window()
        header = getattr(window, "header", None)
        open_below(menu, header.deeds.button("print") if header is not None else self.head)

    def _print(self, paper: str, *_checked: object) -> None:
        self._go("print", paper=paper, ids=(self._id,))

    def _print_ledger(self) -> None:
        """The opinions of the list that this one was opened from; without one the whole ledger."""
        self._go("print", paper="opinion-ledger", **({"ids": self._siblings} if self._siblings else {}))

    def _edit(self) -> None:
        if self.row is not None and self.desk.may("opinion.correct"):
            self._go("form:opinion", id=self._id)

    def _open_project(self, key: str) -> None:
        window: Any = self.window()
        special = "record:livelihood_project"
        self._go(special if window.has_page(special) else "table:livelihood_project", id=key)

    def _go(self, key: str, **arguments: object) -> None:
        window: Any = self.window()
        window.go(key, **arguments)

    def _toast(self, words: str, undo: Callable[[], object] | None = None) -> None:
        window: Any = self.window()
        window.toast(words, undo)

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
