"""A fresh process with one window: `python -m benchmarks.windows ROLE FOLDER` prints what it took as one JSON line.

`painted` is the clock (the same for all processes of a machine) when the first frame stood; `took` the seconds that the role
measured itself; `rss` the highest memory in MB. Nothing is imported above that the role does not need: that is what is measured.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

ROWS = 400  # of the bare window's table


def bare(_folder: str) -> None:
    """The least: navigation, toolbar, a table of some rows."""
    from PySide6.QtWidgets import QApplication, QListWidget, QMainWindow, QSplitter, QTableView

    app = QApplication([])
    window, parts, table = QMainWindow(), QSplitter(), QTableView()
    window.addToolBar("deeds").addAction("新增")
    menu = QListWidget()
    menu.addItems(["工作台", "人员与单位", "服务与活动", "意见与实事", "检查与整治", "报表与上报"])
    table.setModel(_model([("陈家和", "441502********0014", "138****8888")] * ROWS))
    parts.addWidget(menu)
    parts.addWidget(table)
    window.setCentralWidget(parts)
    window.resize(1366, 768)
    _when_painted(app, table.viewport(), tell)
    window.show()
    app.exec()


def whole(folder: str) -> None:
    """The usual way: the same window, every row of the table loaded before it shows."""
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    from desktop.store.cipher import connect, prepare_reader

    app = QApplication([])
    window, table, begin = QMainWindow(), QTableView(), time.monotonic()
    driver = connect(Path(folder) / "book" / "ledger.db", bytes.fromhex((Path(folder) / "key").read_text()))
    prepare_reader(driver)
    columns = "name, id_number, sex, phone, roles, employer, post, education, estate, room, strengths"
    table.setModel(_model(driver.execute(f"SELECT {columns} FROM person ORDER BY sort_key").fetchall()))
    window.setCentralWidget(table)
    window.resize(1366, 768)
    _when_painted(app, table.viewport(), lambda: tell(time.monotonic() - begin))
    window.show()
    app.exec()


def login(folder: str) -> None:
    """The product up to the unlock window."""
    app, lianxin = _begun(folder)
    _when_painted(app, lianxin.window, tell)
    app.exec()


def opened(folder: str) -> None:
    """The product from the key to the first page of a list, when everything was imported while the password was typed."""
    from desktop.app import WarmUp

    app, lianxin = _begun(folder)
    warm = lianxin.window.findChild(WarmUp)
    while warm.left:
        app.processEvents()
        time.sleep(0.001)
    _open(app, lianxin, folder)


def at_once(folder: str) -> None:
    """The whole start with nobody typing: nothing is imported yet when the key comes."""
    app, lianxin = _begun(folder)
    _when_painted(app, lianxin.window, lambda: _open(app, lianxin, folder, runs=True))
    app.exec()


def _begun(folder: str) -> tuple[Any, Any]:
    from pathlib import Path

    from desktop.app import Lianxin, make_application
    from desktop.ui.thispc import ThisPc

    pc = ThisPc.load()
    app = make_application(pc)
    lianxin = Lianxin(app, pc, Path(folder) / "book")
    lianxin.begin()
    return app, lianxin


def _open(app: Any, lianxin: Any, folder: str, *, runs: bool = False) -> None:
    """The ledger by its key, the list of people, painted. The password's own stretching is not counted."""
    from pathlib import Path

    from PySide6.QtWidgets import QTableView

    begin = time.monotonic()
    from desktop.office.ledgers import open_desk

    desk = open_desk(Path(folder) / "book", "zhoumin", bytes.fromhex((Path(folder) / "key").read_text()))
    lianxin.open_office(desk, "table:person")
    table = next(view for view in lianxin.window.findChildren(QTableView) if view.model() is not None)
    _when_painted(app, table.viewport(), lambda: tell(time.monotonic() - begin), ready=lambda: table.model().rowCount() > 0)
    if not runs:
        app.exec()


def _model(rows: list[tuple[Any, ...]]) -> Any:
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

    class Rows(QAbstractTableModel):
        def rowCount(self, _parent: object = QModelIndex()) -> int:  # noqa: N802 - Qt's own
            return len(rows)

        def columnCount(self, _parent: object = QModelIndex()) -> int:  # noqa: N802
            return len(rows[0])

        def data(self, index: QModelIndex, role: int = 0) -> object:
            return rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    return Rows()


def _when_painted(app: Any, widget: Any, then: Callable[[], object], ready: Callable[[], bool] = lambda: True) -> None:
    """Call `then` once, when this widget was painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, _seen: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
            if event.type() == QEvent.Type.Paint and ready():
                widget.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    widget._watch = Watch(app)  # kept as long as the widget
    widget.installEventFilter(widget._watch)


def tell(took: float | None = None) -> None:
    """Print, and leave without ceremony: closing is not measured."""
    import os

    print(json.dumps({"painted": time.monotonic(), "took": took, "rss": peak()}), flush=True)
    os._exit(0)


def peak() -> float:
    """The highest memory of this program in MB. `getrusage` would begin with that of the process that started it."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    {"bare": bare, "whole": whole, "login": login, "opened": opened, "at_once": at_once}[sys.argv[1]](sys.argv[2])
