"""Background work: the window never stands still, one thing at a time, every end is told in words."""

import gc
import threading
import time
import weakref

import pytest
from PySide6.QtCore import QThread, QTimer
from pytestqt.qtbot import QtBot

from desktop.model.errors import Mistake, Refusal, Trouble
from desktop.ui.kit.bars import MessageBar
from desktop.ui.messages import diagnosis, show_bug, show_said, without_persons
from desktop.ui.work import Report, Work


@pytest.fixture
def work(look) -> Work:
    return Work()


def test_the_window_goes_on_while_a_long_deed_runs(work: Work, qtbot: QtBot) -> None:
    gaps: list[float] = []
    last = [time.monotonic()]

    def beat() -> None:
        gaps.append(time.monotonic() - last[0])
        last[0] = time.monotonic()

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(10)

    def deed(report: Report) -> str:
        for nth in range(30):
            report("写入", nth, 30)
            time.sleep(0.02)
        return "done"

    results: list[str] = []
    with qtbot.waitSignal(work.ended, timeout=10_000):
        work.start("写 U 盘", deed, results.append)
    timer.stop()
    assert results == ["done"]
    assert len(gaps) > 15
    assert max(gaps) < 0.3, "the longest time in which no key would have been heard"


def test_the_answer_and_the_progress_arrive_in_the_thread_of_the_window(work: Work, qtbot: QtBot) -> None:
    threads: dict[str, object] = {}
    work.progressed.connect(lambda *_how: threads.update(progress=threading.get_ident()))

    def deed(report: Report) -> int:
        threads["deed"] = threading.get_ident()
        report("读", 1, 2)
        return 7

    with qtbot.waitSignal(work.ended):
        work.start("读", deed, lambda result: threads.update(result=(result, threading.get_ident())))
    here = threading.get_ident()
    assert threads["deed"] != here
    assert threads["progress"] == here
    assert threads["result"] == (7, here)


def test_a_double_click_saves_once(work: Work, qtbot: QtBot) -> None:
    saved: list[int] = []
    release = threading.Event()

    def deed(_report: Report) -> None:
        release.wait(5)
        saved.append(1)

    assert work.start("保存", deed)
    assert not work.start("保存", deed)
    with qtbot.waitSignal(work.ended):
        release.set()
    assert saved == [1]
    assert not work.is_busy


def test_cancelling_ends_the_deed_at_its_next_report(work: Work, qtbot: QtBot) -> None:
    steps: list[int] = []
    first = threading.Event()

    def deed(report: Report) -> None:
        for nth in range(1_000):
            report("导入", nth, 1_000)
            steps.append(nth)
            first.set()
            time.sleep(0.005)

    finished: list[object] = []
    work.start("导入", deed, finished.append)
    assert first.wait(5)
    with qtbot.waitSignal(work.cancelled):
        work.cancel()
    assert len(steps) < 1_000
    assert finished == []


@pytest.mark.parametrize(
    ("error", "signal"),
    [(Refusal("已经办结"), "refused"), (Trouble("U 盘写不进去"), "troubled"), (KeyError("x"), "broke"), (OSError(28, "full"), "broke")],
)
def test_each_kind_of_failure_is_told_apart(work: Work, qtbot: QtBot, error: Exception, signal: str) -> None:
    def deed(_report: Report) -> None:
        raise error

    with qtbot.waitSignal(getattr(work, signal)) as caught:
        work.start("x", deed)
    assert caught.args == [error]
    assert work.start("x", lambda _report: None), "after a failure the page can be used again"
    qtbot.waitUntil(lambda: not work.is_busy)


def test_short_work_shows_no_bar_and_long_work_does(work: Work, qtbot: QtBot) -> None:
    slow: list[str] = []
    work.slow.connect(slow.append)
    with qtbot.waitSignal(work.ended):
        work.start("短", lambda _report: None)
    qtbot.wait(350)
    assert slow == []
    with qtbot.waitSignal(work.ended):
        work.start("长", lambda _report: QThread.msleep(450))
    assert slow == ["长"]


def test_the_next_deed_can_be_started_from_the_answer_of_the_last(work: Work, qtbot: QtBot) -> None:
    seen: list[str] = []
    work.start("甲", lambda _r: "甲", lambda word: (seen.append(word), work.start("乙", lambda _r: "乙", seen.append)))
    qtbot.waitUntil(lambda: seen == ["甲", "乙"])


def test_a_refusal_says_what_happened_to_which_record_and_what_to_do(show) -> None:
    bar = show(MessageBar(), 800, 40)
    show_said(bar, Refusal("已经办结", record="意见 2022-017", todo="先重新打开", mistakes=(Mistake("due_on", "x"),)), "打开")
    assert bar.text == "意见 2022-017：已经办结。先重新打开"
    assert bar.tone == "err"
    assert bar.link.label == "打开"
    show_said(bar, Trouble("打印机没有应答", todo="看电源，再打印一次"))
    assert bar.tone == "warn", "trouble may pass; it is no mistake of the clerk"


def test_a_bug_is_called_ours_and_offers_the_diagnosis(show) -> None:
    bar = show(MessageBar(), 900, 40)
    show_bug(bar)
    assert "程序出错" in bar.text
    assert bar.link.label == "看诊断"


def _fails() -> None:
    try:
        raise ValueError("陈嘉禾 441502199003070009 不对")
    except ValueError as error:
        raise RuntimeError("saving '区自然资源局' failed") from error


def test_the_text_for_the_engineer_names_lines_and_no_person() -> None:
    with pytest.raises(RuntimeError) as caught:
        _fails()
    text = diagnosis(caught.value)
    assert "builtins.RuntimeError" in text
    assert "builtins.ValueError" in text
    assert "tests/ui/test_kit_work.py" in text
    assert "_fails" in text
    for secret in ("陈嘉禾", "441502199003070009", "区自然资源局"):
        assert secret not in text


def test_messages_lose_names_numbers_and_quoted_values() -> None:
    assert without_persons("no row 'abc' for 138001 𬭊𪻐 in table person") == "no row … for … … in table person"


def test_what_a_deed_held_is_let_go_when_it_has_ended(work: Work, qtbot: QtBot) -> None:
    class Held:
        """Stands for the rows, the page, the secret that a deed holds."""

    held = Held()
    gone = weakref.ref(held)
    work.start("数一数", lambda _report, held=held: held is not None)
    del held
    qtbot.waitUntil(lambda: not work.is_busy)
    gc.collect()
    assert gone() is None
