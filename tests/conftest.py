"""What holds for every test: no screen is needed, no real ledger is touched, no window stays open.

`--dose` says how much of a repeated test is taken: `small` while working and in every run of the tests, `full` for
`make faults` (hundreds of kills, thousands of examples).
"""

import gc
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from desktop.office.desk import Desk

# Before anything imports Qt. A screen that is there is used, so that a hand can watch a failing test.
if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("LIANXIN_DATA", None)

# Two shared cores make single examples slow now and then; that is no finding about the office.
settings.register_profile("small", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--dose", choices=("small", "full"), default="small", help="how much of repeated tests: small or full")
    parser.addoption("--seed", type=int, default=1, help="what the monkey of tests/ui/test_monkey.py begins with")
    parser.addoption("--steps", type=int, default=0, help="how many steps the monkey takes; 0 for what the dose says")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(config.getoption("--dose"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator["Desk"]:
    """An office of its own: a real encrypted ledger with 周敏 (管理) at it, on 2021-11-24."""
    from tests.builders import a_desk

    desk = a_desk(tmp_path)
    yield desk
    desk.books.ledger.close()


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Desk"]:
    """The same office for all tests of a page."""
    from tests.builders import a_desk

    desk = a_desk(tmp_path_factory.mktemp("office"))
    yield desk
    desk.books.ledger.close()


@pytest.fixture(scope="session")
def dose(request: pytest.FixtureRequest) -> str:
    """`small` or `full`: how often a loop of kills or faults goes round."""
    chosen: str = request.config.getoption("--dose")
    return chosen


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    item.stash[_before] = {id(widget) for widget in _windows()}
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """A window that outlives its test is a window that a clerk cannot close, or a slot that fires into the next test."""
    yield
    if left := [widget for widget in _windows() if id(widget) not in item.stash[_before]]:
        names = ", ".join(f"{type(widget).__name__}({widget.objectName() or widget.windowTitle()})" for widget in left)
        pytest.fail(f"the test leaves open: {names}", pytrace=False)


_before = pytest.StashKey[set[int]]()


def _windows() -> list:
    """The top-level widgets that live, once Qt and Python have both let go of what is to go."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    if _shown(widgets):
        gc.collect()
    return _shown(widgets)


def _shown(widgets) -> list:
    # Qt keeps its one tooltip label for itself.
    return [widget for widget in widgets.QApplication.topLevelWidgets() if widget.metaObject().className() != "QTipLabel"]
