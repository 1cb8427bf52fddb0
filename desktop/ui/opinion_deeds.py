"""What is done to the opinion on the page: its next step, a masked field shown, a project that comes of it, the bin and back."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.model.flow import Move
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.opinion import Opinion
from desktop.office import opinions, records
from desktop.office.moves import move
from desktop.ui.kit.cards import ask

if TYPE_CHECKING:
    from desktop.ui.opinions import OpinionPage


class OpinionDeeds(QObject):
    """The deeds of the page, each on the record that it shows."""

    def __init__(self, page: "OpinionPage") -> None:
        super().__init__(page)
        self._page = page

    def make(self, step: Move, values: dict[str, Value]) -> None:
        """The step is made, with what its card asked."""
        desk, key = self._page.desk, self._page.key
        self._page.do(_(step.label), lambda: move(desk, Opinion, key, step.deed, **values), lambda _r: self._moved(step))

    def _moved(self, step: Move) -> None:
        page = self._page
        page.moves.close_card()
        if not page.isVisible():
            page.reload()  # in sight it has heard of the deed already
        if page.row is not None:
            words = _("{label}已办，现在是“{state}”").format(label=_(step.label), state=_(page.row["state"]))
            order = _("，交办单 {no}").format(no=page.row["order_no"]) if step.deed == "hand_over" else ""
            page.toast(words + order)
        page.setFocus()

    def reveal(self, field: str) -> None:
        """A masked field is shown whole, and that is written down."""
        desk, key = self._page.desk, self._page.key
        self._page.do(_("显示"), lambda: records.unmask(desk, Opinion, key, field), lambda _full: self._page.show_whole(field))

    def link_project(self, project: str) -> None:
        """A project that is on the books already comes of this opinion too."""
        desk, key = self._page.desk, self._page.key
        self._page.do(_("关联"), lambda: opinions.link_project(desk, project=project, opinion=key), lambda _r: self._projected(_("已关联")))

    def begin_project(self, name: str) -> None:
        """A new project comes of this opinion."""
        desk, key = self._page.desk, self._page.key
        self._page.do(
            _("立项"), lambda: opinions.project_from_opinion(desk, key, name=name), lambda _r: self._projected(_("已记为谋划中的实事"))
        )  # fmt: skip

    def _projected(self, words: str) -> None:
        self._page.projects.close_questions()
        self._page.toast(words)
        self._page.setFocus()

    def end(self) -> None:
        """Into the bin, after a question."""
        page, desk, key = self._page, self._page.desk, self._page.key
        if ask(page, _("移入回收站？"), _("30 天内可取回；已上报的会随下一批报给区里。"), _("移入回收站"), danger=True):
            page.do(_("移入回收站"), lambda: records.end(desk, Opinion, key, because=records.BY_HAND),
                    lambda _r: page.toast(_("已移入回收站"), partial(self.take_back, key)))  # fmt: skip

    def take_back(self, key: str) -> None:
        """Out of the bin again; another opinion may stand on the page by now."""
        page, desk = self._page, self._page.desk
        page.do(_("取回"), lambda: records.take_back(desk, Opinion, key), lambda _r: page.toast(_("已取回")))
