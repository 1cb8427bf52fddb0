"""A process that has imported everything and forks a worker for each kill, so that two hundred kills cost a minute.

    python -m tests.faults.killable

It reads `work <tab> arguments …` and then `kill` from its input; the worker says on the common output what it has acknowledged.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from desktop.model.names import pinyin_of
from desktop.model.person import Person
from desktop.office import records
from desktop.sync.merging import merge
from desktop.sync.sending import write_batch
from tests.sync.ledgers import opened


def say(word: object) -> None:
    """In one write, so that the word is there whole or not at all."""
    os.write(1, f"{word}\n".encode())


def save(folder: str, key: str) -> None:
    """Somebody types one person after the other."""
    desk = opened(Path(folder), bytes.fromhex(key))
    say("ready")
    for number in count():
        say(records.add(desk, Person, name=f"居民{number}", roles="志愿者 2020-01-01~"))


def seal(folder: str, key: str, stick: str) -> None:
    """Somebody writes one batch after the other."""
    desk = opened(Path(folder), bytes.fromhex(key))
    say("ready")
    for number in count():
        records.add(desk, Person, name=f"居民{number}", roles="志愿者 2020-01-01~")
        say(write_batch(desk, Path(stick)).number)


def read(folder: str, key: str, *batches: str) -> None:
    """The district reads one batch after the other."""
    desk = opened(Path(folder), bytes.fromhex(key))
    say("ready")
    for batch in batches:
        say(merge(desk, Path(batch)).number)


WORK: dict[str, Callable[..., None]] = {"save": save, "seal": seal, "read": read}


def fork(work: str, arguments: list[str]) -> int:
    """The worker's number."""
    worker = os.fork()
    if worker:
        return worker
    try:
        WORK[work](*arguments)
        say("done")
        signal.pause()
    finally:
        os._exit(1)  # only reached when the work failed: what it raised is on the error output


def main() -> None:
    """Fork, wait for the word, kill, again."""
    pinyin_of("张三")  # a third of a second, once
    while line := sys.stdin.readline():
        work, *arguments = line.rstrip("\n").split("\t")
        worker = fork(work, arguments)
        sys.stdin.readline()
        os.kill(worker, signal.SIGKILL)
        _pid, status = os.waitpid(worker, 0)
        say("dead" if os.WIFSIGNALED(status) else "failed")


if __name__ == "__main__":
    main()
