"""`lianxin`: the same deeds without a window, for tours, tests, scripts and the engineer who takes over.

Every command opens the ledger of `--data` (or LIANXIN_DATA) with a sign-in name and a password, does one thing, says in one or two
lines what is true now, and exits 1 with the sentence of a Refusal or Trouble. What a command does stands in `desktop/commands/`.
"""

from pathlib import Path

import click

from desktop.commands import batches, engineer, ledger, records
from desktop.commands.office import Office

COMMANDS = (
    ledger.found, ledger.demo, ledger.backup, ledger.restore, ledger.check,
    records.import_, records.print_, records.papers, records.figures,
    batches.enrol, batches.accept, batches.welcome, batches.seal, batches.open_, batches.receipt,
    engineer.tour, engineer.screens, engineer.schema,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), envvar="LIANXIN_DATA", help="账本所在文件夹（LIANXIN_DATA）")
@click.option("--user", envvar="LIANXIN_USER", help="登录名（LIANXIN_USER）")
@click.option("--password", envvar="LIANXIN_PASSWORD", help="口令；不写就问（LIANXIN_PASSWORD）")
@click.pass_context
def main(context: click.Context, data: Path | None, user: str | None, password: str | None) -> None:
    """连心：社区的人、事、诺，一本账。"""
    context.obj = Office(data, user, password)


for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main()
