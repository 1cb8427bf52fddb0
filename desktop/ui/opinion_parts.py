"""The pieces of the opinion page: the projects that come of it, and its two columns.

They show plain rows and tell what was wanted by signals; the page asks the office and runs the deeds.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.model.opinion import LivelihoodProject
from desktop.office.opinions import ProjectLine
from desktop.ui.icons import IconMark
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.bars import Bar
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.picker import ReferencePicker
from desktop.ui.kit.text import Clickable, ElidedLabel, Label
from desktop.ui.look import follow, look
from desktop.ui.opinion_diary import DiaryCard
from desktop.ui.opinion_head import short_day
from desktop.ui.rows import state_badge
from desktop.ui.session import Session


class ProjectInset(Clickable):
    """One project: its name and state, how far it is, who leads it; a press opens it."""

    opened = Signal(str)

    def __init__(self, line: ProjectLine, lead: str, today: str) -> None:
        super().__init__()
        self.setObjectName("inset")
        row = line.row
        self._id = row["id"]
        title = LivelihoodProject.called(row)
        self.setAccessibleName(_("打开民生实事 {title}").format(title=title))
        self._column, self._head, self._foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        name = ElidedLabel(title)
        name.set_bold(True)
        tone, picture, word = state_badge(LivelihoodProject.flow, row["state"])
        self._head.addWidget(IconMark("home-heart", "ok"))
        self._head.addWidget(name, 1)
        self._head.addWidget(Badge(word, tone, picture))
        bar = Bar((row["progress"] or 0) / 100, "ok")
        self._foot.addWidget(bar, 1)
        ends = _("计划 {day}完成").format(day=short_day(row["ends_on"], today)) if row["ends_on"] else _("未定完成日期")
        self._foot.addWidget(Label(f"{row['progress'] or 0}%　{ends}", "caption", "text2"))
        by = [_("牵头 {unit}").format(unit=lead) if lead else "", _("配合 {unit}").format(unit=row["partners"]) if row["partners"] else ""]
        self._foot.addWidget(ElidedLabel("　".join(one for one in by if one), "caption", "text2"), 2)
        self._column.addLayout(self._head)
        self._column.addLayout(self._foot)
        follow(self, self._restyle)

    def pressed(self) -> None:
        self.opened.emit(self._id)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), here.u(8), here.u(12), here.u(8))
        self._column.setSpacing(here.u(6))
        for row in (self._head, self._foot):
            row.setSpacing(here.u(8))


class OneQuestion(QWidget):
    """One field and its deed in a line, opened under a card's head; Enter does it, Esc puts it away."""

    answered = Signal(str)
    given_up = Signal()

    def __init__(self, editor: LineEdit, deed: str, picture: str, name: str) -> None:
        super().__init__()
        self.editor = editor
        self.editor.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.yes, self.no = Button(deed, picture, "act"), Button(_("取消"), shortcut="Esc")
        for piece, stretch in ((editor, 1), (self.yes, 0), (self.no, 0)):
            self._row.addWidget(piece, stretch)
        self.yes.clicked.connect(self._answer)
        self.no.clicked.connect(self.given_up)
        self._enter = EnterMoves(self, [editor])
        self._enter.save.connect(self._answer)
        self.setFocusProxy(editor)
        follow(self, self._restyle)

    def _answer(self) -> None:
        if self.editor.value():
            self.answered.emit(self.editor.value())
        else:
            self.editor.setFocus()

    def _restyle(self) -> None:
        self._row.setSpacing(look().u(8))


class ProjectsCard(Card):
    """关联的民生实事: what came of the opinion; links an existing project or begins one."""

    opened = Signal(str)
    sources_opened = Signal(str)
    link_wanted = Signal(str)
    project_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(_("关联的民生实事"), "home-heart")
        self._session = session
        self._pieces: list[QWidget] = []
        self._name = ""
        self.picker = ReferencePicker(session.search_for("livelihood_project"), _("输入实事的名称、编号或拼音"))
        self.linking = OneQuestion(self.picker, _("关联"), "link", _("要关联的民生实事"))
        self.naming = OneQuestion(LineEdit(80), _("立项"), "plus", _("新民生实事的名称"))
        self.linking.answered.connect(self.link_wanted)
        self.naming.answered.connect(self.project_wanted)
        self.link, self.begin = LinkButton(_("关联已有"), "link"), LinkButton(_("由此立项"), "plus")
        for button, question, deed in ((self.link, self.linking, "project.link"), (self.begin, self.naming, "project.from_opinion")):
            button.clicked.connect(lambda _checked=False, question=question: self._ask(question))
            if not session.desk.may(deed):  # never shown before it has a parent: that would be a window of its own for a moment
                button.hide()
            question.given_up.connect(self.close_questions)
            question.hide()
            self.add_to_head(button)
            self.add(question)

    @property
    def is_asking(self) -> bool:
        """One of the two questions is open."""
        return not (self.linking.isHidden() and self.naming.isHidden())

    def close_questions(self) -> None:
        """Both questions are put away."""
        self.linking.hide()
        self.naming.hide()
        self.picker.set_value("")

    def _ask(self, question: OneQuestion) -> None:
        self.close_questions()
        if question is self.naming:
            self.naming.editor.set_value(self._name)
        question.show()
        question.setFocus()

    def show_projects(self, lines: Sequence[ProjectLine], title: str) -> None:
        """These projects; none is said in words."""
        self._name = title
        for piece in self._pieces:
            piece.hide()
            piece.deleteLater()
        self._pieces = []
        for line in lines:
            inset = ProjectInset(line, self._session.title_of("organisation", line.row["lead"]), self._session.desk.today)
            inset.opened.connect(self.opened)
            many = LinkButton(_("本实事共有 {n} 条来源意见").format(n=line.sources), small=True)
            many.clicked.connect(lambda _checked=False, key=line.row["id"]: self.sources_opened.emit(key))
            self._pieces += [inset, many]
        if not lines:
            self._pieces.append(Label(_("还没有。这件事已在办的，关联已有的实事；要新做一件，由此立项。"), "caption", "text2", wrap=True))
        for piece in self._pieces:
            self.add(piece)
            if isinstance(piece, LinkButton):
                self.body.setAlignment(piece, Qt.AlignmentFlag.AlignLeft)


class Columns(QFrame):
    """Left and right on a wide window, each scrolled by itself; one column under another on a narrow one."""

    def __init__(self, left: Sequence[QWidget], right: DiaryCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._right = right
        self._row = QHBoxLayout(self)
        # From the outside in: the column that got its parent when it is full would be styled anew with all that it holds.
        self.scrolled = Scrolled(parent=self)
        inner = QWidget(self.scrolled.viewport())
        self.column = QVBoxLayout(inner)
        for piece in left:
            self.column.addWidget(piece)
        self.column.addStretch(1)
        self.scrolled.hold(inner)
        self._row.addWidget(self.scrolled, 5)
        self._row.addWidget(right, 3)
        follow(self, self._restyle)

    def set_narrow(self, narrow: bool) -> None:
        """The right part moves under the left one, or back; whole it stands only where it may be as high as it likes."""
        if narrow:
            self.column.insertWidget(self.column.count() - 1, self._right)
            self._right.set_narrow(True)
        else:
            self._right.set_narrow(False)
            self._row.addWidget(self._right, 3)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(10), here.u(16), here.u(10))
        self._row.setSpacing(here.u(10))
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(here.u(10))
