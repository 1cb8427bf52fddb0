"""At the right of the workbench: what came back from the district, and whether backup and upload are in order."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.language import _
from desktop.office import backups
from desktop.office.overview import Seen
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.cards import Card
from desktop.ui.kit.figures import Notice
from desktop.ui.look import follow, look
from desktop.ui.session import Session

FATES = {"退回": "{n} 条被退回", "待定": "{n} 件待定，等人选", "待补": "{n} 条待补"}
MOST_BACK = 4  # notices that stand without pushing the month off the screen
NEAR_CLOSING = 3  # days before the month's end at which it becomes a warning


class SideColumn(QWidget):
    """Two cards of notices; each notice has its deed."""

    exchange_wanted = Signal()
    backup_wanted = Signal()
    gaps_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.back, self.safe = Card(_("区里回来的"), "inbox", gap=3), Card(_("备份与上报"), "shield-lock", gap=3)
        self._badge = Badge("", "warn", "alert-triangle")
        self._badge.hide()
        self.back.add_to_head(self._badge)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.back, 1)
        self._column.addWidget(self.safe)
        follow(self, self._restyle)

    def show_seen(self, seen: Seen) -> None:
        """The notices of now."""
        self._show_returned(seen)
        self._show_safe(seen)

    def _show_returned(self, seen: Seen) -> None:
        facts, again = seen.returned, self.exchange_wanted.emit
        self._clear(self.back)
        wanting = 0
        for fate, said in FATES.items():
            many = facts.open.get(fate, 0)
            if many:
                wanting += 1
                below = _("第 {n} 批 · {day} 回执").format(n=facts.batch or "", day=self.session.day_words(facts.receipt_on))
                self._notice(self.back, "alert-triangle", "warn", _(said).format(n=many), below, _("去改正"), again)
        for number in facts.unseen[: max(0, MOST_BACK - 1 - wanting)]:
            wanting += 1
            said = _("区里未见第 {n} 批").format(n=number)
            self._notice(self.back, "alert-triangle", "warn", said, _("内容已由后面的批次带上"), _("重写"), again)
        if facts.batch is not None:
            said = _("第 {n} 批：{many} 条已入库").format(n=facts.batch, many=facts.taken)
            below = _("回执 {day}").format(day=self.session.day_words(facts.receipt_on))
            self._notice(self.back, "circle-check", "ok", said, below, _("看逐条"), again)
        else:
            below = _("写第一批交到区里，回执随下一支 U 盘回来")
            self._notice(self.back, "circle-dashed", "wait", _("还没有回执"), below, _("写 U 盘"), again)
        self.back.body.addStretch(1)
        self._badge.show_badge(("warn", "alert-triangle", _("{n} 项要处理").format(n=wanting)))
        self._badge.setVisible(bool(wanting))

    def _show_safe(self, seen: Seen) -> None:
        self._clear(self.safe)
        last, up, today = seen.backup, seen.upload, self.session.desk.today
        if last is None:
            below = _("备份写好会自动打开核对")
            self._notice(self.safe, "alert-triangle", "warn", _("还没有备份"), below, _("立即备份"), self.backup_wanted.emit)
        else:
            said = _("最近备份 {day} {time}").format(day=backups.age_in_words(last.made_at, today), time=last.made_at[11:16])
            below = _("已打开核对：{rows} 行 · {folder}").format(rows=f"{last.rows:,}", folder=last.folder)
            self._notice(self.safe, "circle-check", "ok", said, below, _("立即备份"), self.backup_wanted.emit)
        said = _("还没写过 U 盘")
        if up.number:
            said = _("最近写盘 {day} 第 {n} 批").format(day=self.session.day_words(up.made_on), n=up.number)
        below = _("此后新增或改动 {n} 条未上报").format(n=f"{up.waiting:,}")
        self._notice(self.safe, "usb", "text2", said, below, _("写新批"), self.exchange_wanted.emit)
        until = days.month_bounds(today[:7])[1]
        left = days.between(today, until)
        said = _("{month} 月月报 {day}前，还有 {left} 天").format(month=int(today[5:7]), day=days.show_day(until)[5:], left=left)
        gaps = sum(gap.count for gap in seen.completeness.gaps)
        below = _("完整度 {share}%：差 {gaps} 项").format(share=int(seen.completeness.share * 100), gaps=f"{gaps:,}")
        tone = "warn" if left <= NEAR_CLOSING else "text2"
        self._notice(self.safe, "calendar", tone, said, below, _("看差项"), self.gaps_wanted.emit)
        self.safe.body.addStretch(1)

    def _notice(self, card: Card, icon: str, tone: str, title: str, below: str, deed: str, run: Callable[[], object]) -> None:
        notice = Notice(icon, tone, title, below, deed)
        notice.acted.connect(partial(_run, run))
        card.add(notice)

    def _clear(self, card: Card) -> None:
        while card.body.count():
            item = card.body.takeAt(0)
            piece = item.widget() if item else None
            if piece is not None:
                piece.hide()
                piece.deleteLater()

    def _restyle(self) -> None:
        self._column.setSpacing(look().u(10))


def _run(deed: Callable[[], object]) -> None:
    deed()
