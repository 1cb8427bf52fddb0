"""The rare characters somebody used lately, kept with his drafts: encrypted, his own, and no change of any record."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.model.language import _
from desktop.office import settings
from desktop.office.desk import Desk
from desktop.ui.kit.rarecharacters import forget, remember
from desktop.ui.work import Work

PAGE = "rare characters"


class RareSigns(QObject):
    """The memory of the picker, as long as this person's window stands."""

    def __init__(self, window: QObject, desk: Desk) -> None:
        super().__init__(window)
        self._desk = desk
        self._work = Work(self)
        found = next((one for one in settings.drafts(desk) if one.page == PAGE), None) if desk.may("draft.keep") else None
        keep = self._keep
        remember(str(found.values.get("signs") or "") if found is not None else "", keep if desk.may("draft.keep") else None)
        self.destroyed.connect(lambda: forget(keep))

    def _keep(self, signs: Sequence[str]) -> None:
        desk, text = self._desk, "".join(signs)
        self._work.start(_("记下用过的字"), lambda _report: settings.keep_draft(desk, PAGE, kind="", record="", values={"signs": text}))
