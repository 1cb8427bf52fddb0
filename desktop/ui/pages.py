"""The pages drawn by hand, by the key that `window.go(key)` knows. Everything else is derived from the record types.

A page is imported when somebody first goes there: nobody waits at the start for a printer, a spreadsheet or a stick.
To add one: a function that makes it, and its line in SPECIAL_PAGES. 设置 also holds what this PC remembers, so `app` makes it.
"""

from collections.abc import Callable

from desktop.ui.page import Page
from desktop.ui.session import Session

Maker = Callable[[Session], Page]


def workbench(session: Session) -> Page:
    """工作台"""
    from desktop.ui.workbench import WorkbenchPage

    return WorkbenchPage(session)


def opinion(session: Session) -> Page:
    """One 意见 from the hearing to the reply."""
    from desktop.ui.opinions import OpinionPage

    return OpinionPage(session)


def inspection(session: Session) -> Page:
    """One 检查 while it is walked."""
    from desktop.ui.inspections import InspectionPage

    return InspectionPage(session)


def printing(session: Session) -> Page:
    """报表与打印"""
    from desktop.ui.printing import PrintPage

    return PrintPage(session)


def figures(session: Session) -> Page:
    """指标"""
    from desktop.ui.figures import FiguresPage

    return FiguresPage(session)


def importing(session: Session) -> Page:
    """从电子表格导入"""
    from desktop.ui.importing import ImportPage

    return ImportPage(session)


def activity_form(session: Session) -> Page:
    """记服务: an activity with everybody who came."""
    from desktop.ui.activities import ActivityForm

    return ActivityForm(session)


def check_in_form(session: Session) -> Page:
    """报到: a member, or a unit with its members."""
    from desktop.ui.checkins import CheckInForm

    return CheckInForm(session)


def exchange(session: Session) -> Page:
    """上报与接收"""
    from desktop.ui.exchange import ExchangePage

    return ExchangePage(session)


def conflicts(session: Session) -> Page:
    """冲突台"""
    from desktop.ui.conflicts import ConflictsPage

    return ConflictsPage(session)


def help_page(_session: Session) -> Page:
    """帮助"""
    from desktop.ui.help import HelpPage

    return HelpPage()


SPECIAL_PAGES: dict[str, Maker] = {
    "workbench": workbench,
    "record:opinion": opinion,
    "record:inspection": inspection,
    "print": printing,
    "figures": figures,
    "import": importing,
    "form:activity": activity_form,
    "form:check_in": check_in_form,
    "exchange": exchange,
    "conflicts": conflicts,
    "help": help_page,
}
