"""Qt made ready: our look, our letters, our language; and the imports that wait until the first window stands."""

import importlib
from collections.abc import Callable, Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.model.language import use_language
from desktop.ui import inputmethod
from desktop.ui.look import Look
from desktop.ui.thispc import ThisPc

AFTER_PAINT = 60  # milliseconds: the window stands on the screen
NEEDED = (
    "sqlalchemy", "sqlalchemy.orm", "desktop.model", "desktop.store.tables", "desktop.office.ledgers", "desktop.office.opening",
    "desktop.ui.office", "desktop.ui.workbench", "desktop.ui.lock", "desktop.ui.leaving",
)  # fmt: skip

AFTER_FIRST_PAGE = 400  # milliseconds: the first page is painted and answers
LATE = (
    "pypinyin.seg.simpleseg", "chinese_calendar", "desktop.reports", "desktop.reports.producing", "desktop.sync.offices",
    "desktop.sync.sending", "desktop.sync.receipts", "desktop.exchange.importing", "desktop.exchange.writing", "pypdfium2",
    "desktop.ui.opinions", "desktop.ui.inspections", "desktop.ui.activities", "desktop.ui.figures", "desktop.ui.printing",
    "desktop.ui.exchange", "desktop.ui.importing", "desktop.ui.settings", "desktop.ui.help",
)  # fmt: skip


def make_application(pc: ThisPc, argv: Sequence[str] = ("lianxin",)) -> QApplication:
    """Qt with our look, our letters, our language, as this PC remembers them."""
    inputmethod.prepare()
    app = QApplication.instance() or QApplication(list(argv))
    assert isinstance(app, QApplication)
    app.setApplicationName("lianxin")
    app.setApplicationVersion(__version__)
    use_language(pc.language)
    QLocale.setDefault(QLocale("en" if pc.language == "en" else "zh_CN"))
    if pc.language != "en":
        words = QTranslator(app)
        if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(words)
    Look.install(app, pc.theme, pc.points)
    return app


class WarmUp(QObject):
    """Imports what opening will need, a module at a time, whenever the window has nothing else to do."""

    def __init__(self, parent: QObject, names: Sequence[str] = NEEDED) -> None:
        super().__init__(parent)
        self.left = list(names)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._one)
        QTimer.singleShot(AFTER_PAINT, self._timer.start)

    def _one(self) -> None:
        if self.left:
            importlib.import_module(self.left.pop(0))
        else:
            self._timer.stop()


def bring_in_late(parent: QObject, names: Sequence[str] = LATE) -> None:
    """What the other pages need is imported in a thread, so that the first step to one of them does not stand still for it.

    Unlike `WarmUp`, somebody works in the window already: a whole module a turn would be felt.
    """
    from desktop.ui.work import Work

    def bring(report: Callable[[str, int, int], None]) -> None:
        for nth, name in enumerate(names):
            report(name, nth, len(names))
            importlib.import_module(name)

    work = Work(parent)
    work.broke.connect(_raise)
    QTimer.singleShot(AFTER_FIRST_PAGE, parent, lambda: work.start("", bring))


def _raise(error: BaseException) -> None:
    """A module that cannot be imported is a bug, and goes the way of every bug."""
    raise error
