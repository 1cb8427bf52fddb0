"""数据放在哪: the step of the first start that chooses the ledger's folder and where its backups go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from desktop.model.language import _
from desktop.office.places import LEDGERS, Candidate, backup_beside, candidates, look_at, on_the_same_disk
from desktop.ui.firststeps import FirstStep
from desktop.ui.frontdoor import PickCard, PickList
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import look

GIGA = 1 << 30


class PlaceStep(FirstStep):
    """数据放在哪: the folders that offer themselves, those that will not do with their reason, and where backups go."""

    def __init__(self, first: Path | None = None, look_for: Callable[[Path | None], list[Candidate]] = candidates) -> None:
        super().__init__()
        self.title = _("数据放在哪")
        self.words = _("人员、记录、附件都在一个加密的库里。请放在本机硬盘，不要放桌面。")
        self._first, self._look_for = first, look_for
        self._found: dict[str, Candidate] = {}
        self.places = PickList()
        self.other = Button(_("换个文件夹…"), "folder")
        self.backup = Button("", "folder")
        self._same = Badge(_("与数据同一块盘"), "warn", "alert-triangle")
        self._refusal = Label("", ink="err", wrap=True)
        self._backups: Path | None = None
        other, backups = QHBoxLayout(), QHBoxLayout()
        other.addWidget(self.other)
        other.addWidget(ElidedLabel(_("预计一年用 0.6 GB（含照片）"), "caption", "text2"), 1)
        backups.addWidget(Label(_("备份放在")))
        backups.addWidget(self.backup)
        backups.addWidget(self._same)
        backups.addStretch(1)
        self.column.addWidget(self.places)
        self.column.addWidget(self._refusal)
        self.column.addLayout(other)
        self.column.addLayout(backups)
        self.column.addWidget(Label(_("建议再插一支备份 U 盘，每周一次，系统会提醒。"), "caption", "text2", wrap=True))
        self.column.addStretch(1)
        self._refusal.hide()
        self.other.clicked.connect(self._ask_folder)
        self.backup.clicked.connect(self._ask_backup)
        self.places.chosen.connect(lambda _key: self._chosen())
        self.places.taken.connect(lambda _key: self.go_on.emit())
        self.begin()

    def begin(self) -> None:
        """The folders of now: a stick may have been pulled out meanwhile."""
        found = self._look_for(self._first)
        self._found = {str(one.folder): one for one in found}
        good = next((key for key, one in self._found.items() if not one.why_not), "")
        self.places.show_cards([place_card(one) for one in found], good)
        self._chosen()

    def take_focus(self) -> None:
        self.places.setFocus()

    def folder(self) -> Path | None:
        """Where the ledger will lie."""
        key = self.places.value()
        return Path(key) if key else None

    def backups(self) -> Path:
        """Where its backups will go."""
        folder = self.folder()
        assert folder is not None
        return self._backups or backup_beside(folder)

    def choose_folder(self, folder: Path) -> None:
        """A folder of the user's own choice: refused with its reason, or the chosen one."""
        target = folder if not folder.exists() or not any(folder.iterdir()) else folder / LEDGERS
        one = look_at(target, _("自己选的"))
        self._refusal.setText(f"{target}：{one.why_not}")
        self._refusal.setVisible(bool(one.why_not))
        if not one.why_not:
            self._first = target
            self.begin()
            self.places.choose(str(target))
            self._chosen()

    def choose_backups(self, folder: Path) -> None:
        """Backups go here."""
        self._backups = folder
        self._chosen()

    def check(self) -> bool:
        folder = self.folder()
        now = look_at(folder) if folder is not None else None
        why = _("还没有合适的文件夹，请换一个") if now is None else now.why_not
        self._refusal.setText(why)
        self._refusal.setVisible(bool(why))
        return not why

    def said(self) -> str:
        return str(self.folder() or "")

    def _chosen(self) -> None:
        folder = self.folder()
        self.backup.setEnabled(folder is not None)
        if folder is not None:
            self.backup.set_label(self.backup.fontMetrics().elidedText(str(self.backups()), Qt.TextElideMode.ElideMiddle, look().u(240)))
            self.backup.setAccessibleName(_("备份放在 {folder}").format(folder=self.backups()))
            self._same.setVisible(on_the_same_disk(folder, self.backups()))

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("数据放在哪"))
        if path:
            self.choose_folder(Path(path))

    def _ask_backup(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("备份放在哪"))
        if path:
            self.choose_backups(Path(path))


def place_card(one: Candidate) -> PickCard:
    """A folder with its badge and its room."""
    if one.why_not:
        badge = ("wait", "ban", _("不能选"))
    elif one.doubt:
        badge = ("warn", "alert-triangle", _("可用"))
    else:
        badge = ("ok", "circle-check", _("合适"))
    below = " · ".join(part for part in (one.note, one.why_not or one.doubt) if part)
    card = PickCard(str(one.folder), str(one.folder), below, badge=badge, refused=bool(one.why_not), radio=True)
    if one.total:
        card.add_room(_("空闲 {n} GB").format(n=one.free // GIGA), 1 - one.free / one.total)
    return card
