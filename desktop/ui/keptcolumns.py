"""The columns of a list as somebody left them, kept with his drafts: encrypted, his own, and no change of any record."""

import json

from PySide6.QtCore import QTimer

from desktop.model.language import _
from desktop.office import settings
from desktop.ui.officepage import OfficePage
from desktop.ui.tablecolumns import ColumnRoom
from desktop.ui.work import Report, Work

REST = 800  # milliseconds after the last change: an edge that is drawn changes the width many times


class KeptColumns:
    """Brings the columns back when the page is made, and keeps what is changed."""

    def __init__(self, page: OfficePage, columns: ColumnRoom, kind: str) -> None:
        self._desk, self._columns, self._page = page.desk, columns, f"columns:{kind}"
        self._work, self._rest = Work(page), QTimer(page)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.keep)
        if not self._desk.may("draft.keep"):
            return
        found = next((one for one in settings.drafts(self._desk) if one.page == self._page), None)
        if found is not None:
            columns.restore(json.loads(str(found.values.get("columns") or "{}")))
        columns.changed.connect(self._rest.start)

    def keep(self) -> None:
        """The columns of now are on the disk."""
        desk, page, text = self._desk, self._page, json.dumps(self._columns.arrangement())

        def keep(_report: Report) -> None:
            settings.keep_draft(desk, page, kind="", record="", values={"columns": text})

        if not self._work.start(_("记下列的样子"), keep):
            self._rest.start()
