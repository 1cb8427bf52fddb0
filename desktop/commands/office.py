"""Which ledger a command opens and who signs in, and how it says a Refusal or Trouble."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.model.errors import Said

if TYPE_CHECKING:
    from desktop.office.desk import Desk


def now() -> str:
    """The office's clock; LIANXIN_NOW sets another day for rehearsals."""
    from desktop.office.desk import clock

    return os.environ.get("LIANXIN_NOW") or clock()


def data_folder() -> Path:
    """Where this computer's ledger lies unless said otherwise."""
    from desktop.store.whereabouts import standard_folder

    return standard_folder()


class Office:
    """What the options of the command line say about which ledger and who."""

    def __init__(self, data: Path | None, user: str | None, password: str | None) -> None:
        self.data = data or data_folder()
        self.user = user
        self.password = password

    @contextmanager
    def desk(self) -> Iterator["Desk"]:
        """Somebody signed in; the ledger is closed again at the end."""
        from desktop.office.ledgers import sign_in
        from desktop.store.key import Keyring

        user = self.user or Keyring.load(self.data).names()[0]
        password = self.password or click.prompt(f"{user} 的口令", hide_input=True)
        desk = sign_in(self.data, user, password, now=now)
        try:
            yield desk
        finally:
            desk.books.ledger.close()


def said(command: Callable[..., Any]) -> Callable[..., Any]:
    """A Refusal or Trouble becomes its sentence and exit status 1; nothing else is caught."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except Said as error:
            click.echo(str(error), err=True)
            for mistake in error.mistakes:
                click.echo(f"  {mistake.field}: {mistake.why}", err=True)
            sys.exit(1)

    return run
