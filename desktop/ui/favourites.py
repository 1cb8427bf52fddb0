"""The forms that somebody prints all the time, kept with his drafts: encrypted, his own, and no change of any record."""

from collections.abc import Collection

from PySide6.QtCore import QObject

from desktop.model.language import _
from desktop.office import settings
from desktop.office.desk import Desk
from desktop.ui.latest import Latest

PAGE = "favourite papers"


class Favourites(QObject):
    """The stars of this person; a reader, who keeps no drafts, has them as long as the window stands."""

    def __init__(self, page: QObject, desk: Desk) -> None:
        super().__init__(page)
        self._desk, self._keeps = desk, Latest(self)
        found = next((one for one in settings.drafts(desk) if one.page == PAGE), None) if desk.may("draft.keep") else None
        self.papers = str(found.values.get("papers") or "").split() if found is not None else []

    @property
    def is_busy(self) -> bool:
        """What was chosen last is still on its way to the disk."""
        return self._keeps.is_busy

    def keep(self, papers: Collection[str]) -> None:
        """These carry the star from now on."""
        desk, text = self._desk, " ".join(sorted(papers))
        if desk.may("draft.keep"):
            what = _("记下常用的表")
            self._keeps.ask(what, lambda: settings.keep_draft(desk, PAGE, kind="", record="", values={"papers": text}), lambda _done: None)
