"""The pieces of the exchange page: what lies on the stick, what the next batch holds, what the district has not seen, who took it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.contents import record_type
from desktop.model.language import _
from desktop.office.ledgers import office_name
from desktop.store.work import Row
from desktop.sync.sending import Contents
from desktop.sync.stick import StickFile
from desktop.ui.icons import IconMark
from desktop.ui.keys import EnterMoves, tab_through
from desktop.ui.kit.badges import Badge, BadgeData
from desktop.ui.kit.bars import Tinted
from desktop.ui.kit.buttons import Button, IconButton, LinkButton
from desktop.ui.kit.cards import Card
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import Clickable, ElidedLabel, Label, Rule
from desktop.ui.look import follow, look

MIB = 1024 * 1024
SHOWN_MOST = 3  # files of the stick that are told one by one
STATE_BADGES = {"已入库": ("ok", "circle-check"), "由后批代替": ("ok", "circle-check"), "已接收": ("act", "inbox")}


def label_of(kind: str) -> str:
    """A record type in words; one of a newer program by its key."""
    try:
        return _(record_type(kind).label)
    except KeyError:
        return kind


def size_words(size: int) -> str:
    """Bytes as people say them."""
    if size >= 1024 * MIB:
        return f"{size / 1024 / MIB:.1f} GB"
    return f"{size / MIB:.1f} MB" if size >= MIB else f"{max(1, round(size / 1024))} KB"


def short_day(day: str | None) -> str:
    """11-19."""
    return day[5:] if day else ""


def period_words(since: str | None, until: str | None) -> str:
    """11-01–11-24; with the year where it is not one and the same."""
    if since and until and since[:4] != until[:4]:
        return f"{since[2:]}–{until[2:]}"
    return f"{short_day(since)}–{short_day(until)}"


@dataclass(frozen=True)
class StickLine:
    """One thing on a stick: its words, its state, and what can be done with it (`read`, `welcome` or nothing)."""

    icon: str
    title: str
    below: str
    badge: BadgeData | None = None
    deed: str = ""
    path: str = ""


def stick_lines(
    files: Sequence[StickFile], us: str, read: Mapping[str, int], sent: Mapping[str, Row], *, is_enrolled: bool
) -> Iterable[StickLine]:
    """What lies on the stick in the clerk's words. `read`: the receipts that were read; `sent`: our batches; both by hash."""
    strange = 0
    for file in files:
        header = file.header
        if header is None:
            if file.note and file.path.suffix == ".lxb":
                yield StickLine("file-unknown", file.path.name, file.note, ("err", "alert-octagon", _("打不开")))
            else:
                strange += 1
            continue
        name, wrong = office_name(header.sender)[0], ("warn", "alert-triangle", _("没登记")) if file.note else None
        if file.kind == "down":
            state = ("ok", "circle-check", _("已读入")) if header.sha256 in read else wrong
            title = _("回执 第 {n} 号").format(n=header.number)
            yield StickLine("clipboard-check", title, file.note or _("{office} · 签名已验").format(office=name), state,
                            "" if state else "read", str(file.path))  # fmt: skip
        elif file.kind == "up" and header.sender == us:
            row = sent.get(header.sha256)
            state_word = row["state"] if row is not None else _("不在本机账上")
            tone, icon = STATE_BADGES.get(state_word, ("wait", "circle-dashed"))
            words = [_("{n} 条").format(n=row["lines"]), short_day(row["made_on"])] if row is not None else []
            yield StickLine("package", _("第 {n} 批").format(n=header.number), " · ".join([size_words(header.size), *words]),
                            (tone, icon, _(state_word)))  # fmt: skip
        elif file.kind == "welcome":
            yield StickLine("mail", _("入网通知"), name, wrong, "" if is_enrolled else "welcome", str(file.path))
        elif file.kind == "enrol":
            yield StickLine("fingerprint", _("入网申请"), name)
        else:
            strange += 1
    if strange:
        yield StickLine("file-unknown", _("其他文件 {n} 个").format(n=strange), _("不是连心的，不会打开"))


class StickCard(Card):
    """The stick: which, how much room, what lies on it."""

    choose_wanted = Signal()
    look_wanted = Signal()
    deed_wanted = Signal(str, str)  # read or welcome; the file

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("还没有选 U 盘"), "usb", gap=4, parent=parent)
        self.choose = LinkButton(_("选 U 盘"))
        self.again = IconButton(_("再看一遍 U 盘"), "refresh")
        self.choose.clicked.connect(self.choose_wanted)
        self.again.clicked.connect(self.look_wanted)
        self.add_to_head(self.choose)
        self.add_to_head(self.again)
        self._pieces: list[QWidget] = []
        self.show_stick("", "", ())

    def show_stick(self, title: str, note: str, lines: Iterable[StickLine]) -> None:
        """This stick, or none."""
        self.set_title(title or _("还没有选 U 盘"))
        self.again.setVisible(bool(title))
        self.choose.set_label(_("换一支") if title else _("选 U 盘"))
        for piece in self._pieces:
            self.body.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        hint = Label(note or _("插上 U 盘，选它的盘符；连心只读写其中的“连心”文件夹"), "caption", "text2", wrap=True)
        self._pieces = [hint]
        shown = sorted(lines, key=lambda line: not line.deed)  # what wants to be read stands first
        for line in shown[:SHOWN_MOST]:
            self._pieces += [Rule(), self._line(line)]
        if len(shown) > SHOWN_MOST:
            self._pieces += [Rule(), Label(_("还有 {n} 份旧文件").format(n=len(shown) - SHOWN_MOST), "caption", "text2")]
        for piece in self._pieces:
            self.add(piece)

    def _line(self, line: StickLine) -> QWidget:
        piece, row, words = QWidget(), QHBoxLayout(), QVBoxLayout()
        words.setSpacing(0)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().u(10))
        row.addWidget(IconMark(line.icon, "act" if line.deed else "text2"))
        words.addWidget(ElidedLabel(line.title))
        words.addWidget(ElidedLabel(line.below, "caption", "text2"))
        row.addLayout(words, 1)
        if line.badge is not None:
            tone, icon, word = line.badge
            row.addWidget(Badge(word, tone, icon))
        if line.deed:
            link = LinkButton(_("读入"), "table-import")
            link.setAccessibleName(_("读入{what}").format(what=line.title))
            link.clicked.connect(lambda: self.deed_wanted.emit(line.deed, line.path))
            row.addWidget(link)
        piece.setLayout(row)
        return piece


class _Kind(Clickable):
    """One type of the next batch with its counts; a press shows its records."""

    clicked = Signal(str)

    def __init__(self, kind: str, new: int, old: int) -> None:
        super().__init__()
        self.kind = kind
        row = QHBoxLayout(self)
        row.setContentsMargins(look().u(2), 0, look().u(2), 0)
        parts = [_("新 {n}").format(n=new)] if new else []
        parts += [_("改 {n}").format(n=old)] if old else []
        count, words = Label(str(new + old)), Label(" · ".join(parts), "caption", "text2")
        words.setFixedWidth(look().u(92))
        row.addWidget(ElidedLabel(label_of(kind)), 1)
        row.addWidget(count)
        row.addWidget(words)
        self.setAccessibleName(f"{label_of(kind)} {new + old}")

    def pressed(self) -> None:
        self.clicked.emit(self.kind)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus() or self.underMouse():
            painter.fillRect(self.rect(), look().colour("act_soft" if self.hasFocus() else "hover"))
        painter.end()


class NextCard(Card):
    """What the next batch holds, counted by type."""

    open_wanted = Signal(str)  # a type, or nothing for all
    zero_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("下一批"), gap=4, parent=parent)
        self._badge = Badge("", "act")
        self.all = LinkButton(_("逐条看"))
        self.all.clicked.connect(lambda: self.open_wanted.emit(""))
        self.add_to_head(self._badge)
        self.add_to_head(self.all)
        self.kinds: dict[str, _Kind] = {}
        self._pieces: list[QWidget] = []

    def show_contents(self, contents: Contents, unanswered: Sequence[int]) -> None:
        """The next batch as it would be written now; what no receipt has answered goes along once more."""
        self.set_title(_("第 {n} 批 · 待写").format(n=contents.number))
        self._badge.show_badge(("act", "", _("{n} 条").format(n=f"{contents.total:,}")))
        self.all.setVisible(bool(contents.total))
        for piece in self._pieces:
            self.body.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        self.kinds = {kind: _Kind(kind, new, old) for kind, (new, old) in contents.counts.items()}
        self._pieces = list(self.kinds.values())
        for row in self.kinds.values():
            row.clicked.connect(self.open_wanted)
        if contents.total:
            words = _("加密给区里，丢了也打不开；证件号和电话只传遮蔽过的")
            if unanswered:
                again = _("第 {n} 批还没有回执，其中的内容会再带一遍。").format(n="、".join(map(str, unanswered[:3])))
                words = f"{again}{words}"
            self._pieces.append(Label(words, "caption", "text2", wrap=True))
        else:
            zero = LinkButton(_("登记零报告"))
            zero.clicked.connect(self.zero_wanted)
            self._pieces += [Label(_("没有新内容要上报。这个月确实无事，就登记一条零报告"), "caption", "text2", wrap=True), zero]
        for piece in self._pieces:
            self.add(piece)
        tab_through(self.all, self._pieces)


class StepsCard(Card):
    """What to do with the stick once it is written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("写盘后这样交"), gap=6, parent=parent)
        grid = QGridLayout()
        steps = (_("写完自动读回核对"), _("打印移交登记表，一式两份"), _("双方签字，记“已交接”"))
        for nth, words in enumerate(steps, 1):
            grid.addWidget(Badge(str(nth), "wait"), nth, 0)
            grid.addWidget(Label(words, wrap=True), nth, 1)
        grid.setColumnStretch(1, 1)
        self.add(grid)


class GapBar(Tinted):
    """区里未见第 45 批: a stick is somewhere; written once more or reported lost, it stops waiting."""

    copy_wanted = Signal(int)
    lost_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn", parent=parent)
        self.number = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._lead, self._words = Label(""), ElidedLabel("")
        self._lead.set_bold(True)
        self.copy, self.lost = LinkButton("", "usb"), LinkButton(_("报失这支盘"), "puzzle-off")
        for piece in (IconMark("alert-triangle", "warn"), self._lead):
            self._row.addWidget(piece)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.copy)
        self._row.addWidget(self.lost)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.number))
        self.lost.clicked.connect(lambda: self.lost_wanted.emit(self.number))
        follow(self, self._restyle)
        self.hide()

    def show_gap(self, numbers: Sequence[int], row: Row | None, *, kept: bool) -> None:
        """The first unseen number, and how many more there are."""
        self.setVisible(bool(numbers))
        if not numbers:
            return
        self.number = numbers[0]
        self._lead.setText(_("区里未见第 {n} 批：").format(n=self.number))
        if row is None:
            said = _("这个批号不在本机账上，内容已随后面的批次报出")
        else:
            day = short_day(row["made_on"])
            said = _("{day} 写的那支 U 盘还没有到；{n} 条内容已随后面的批次报出").format(day=day, n=row["lines"] or 0)
        more = _("，另有 {n} 批未见").format(n=len(numbers) - 1) if len(numbers) > 1 else ""
        self._words.setText(said + more)
        self.copy.set_label(_("重写第 {n} 批").format(n=self.number))
        self.copy.setVisible(kept)
        self.lost.setVisible(row is not None)
        self.setAccessibleName(f"{self._lead.text()}{said}{more}")

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(14), here.u(4), here.u(8), here.u(4))
        self._row.setSpacing(here.u(8))
        self.setMinimumHeight(here.u(38))


class HandOverForm(Card):
    """交接: who took the stick, and when; both sides signed the slip."""

    given = Signal(str, str)  # who, day
    closed = Signal()

    def __init__(self, today: str, parent: QWidget | None = None) -> None:
        super().__init__(_("记交接"), gap=6, parent=parent)
        self.who = LabelledField(_("区里接收人"), LineEdit(40), required=True)
        self.on = LabelledField(_("交接日期"), DateEdit(lambda typed: days.read_day(typed, today), str, today), required=True)
        self.ok, self.no = Button(_("记下"), "check", "act"), Button(_("取消"), shortcut="Esc")
        row = QHBoxLayout()
        for field in (self.who, self.on):
            row.addWidget(field, 1)
        for button in (self.no, self.ok):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.setSpacing(look().u(8))
        self.add(row)
        self._today = today
        self.ok.clicked.connect(self.submit)
        self.no.clicked.connect(self.closed)
        self._moves = EnterMoves(self, [self.who.editor, self.on.editor])
        self._moves.save.connect(self.submit)
        self.hide()

    def begin(self, number: int) -> None:
        """For this batch, today unless said otherwise."""
        self.set_title(_("第 {n} 批 · 记交接").format(n=number))
        self.who.set_value("")
        self.on.set_value(self._today)
        self.show()
        self.who.setFocus()

    def submit(self) -> None:
        """Both fields read; the first that cannot stay has the keys."""
        for field in (self.who, self.on):
            if field.check():
                field.setFocus()
                return
        self.given.emit(self.who.value(), self.on.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
