"""Commands for whoever takes over the program: the tour through it, pictures of its pages, the table of a record type."""

import sys
from pathlib import Path
from typing import Any

import click

from desktop.commands.office import said


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("build/tour"), show_default=True)
@click.option("--communities", type=int, default=99, show_default=True, help="合并几个社区的批次")
@said
def tour(out: Path, communities: int) -> None:
    """把整个圈走一遍：导入、登记、打印、封批、区里合并、回执回来。"""
    from desktop.demo.tour import walk

    sys.exit(walk(out, communities=communities))


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("build/screens"), show_default=True)
@click.option("--only", multiple=True, help="只画这一页，如 people；可多次")
@said
def screens(out: Path, only: tuple[str, ...]) -> None:
    """给每一页拍照：四档字号、三种配色、两种窗口，一张表翻完。"""
    from desktop.demo.screens import render

    render(out, only=only)


@click.command()
@click.argument("kind")
def schema(kind: str) -> None:
    """印出一类记录的建表语句，写迁移时用。"""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from desktop.model.contents import record_type

    table = record_type(kind).table()
    indexes = sorted(table.indexes, key=lambda one: str(one.name))
    statements: list[Any] = [CreateTable(table), *(CreateIndex(index) for index in indexes)]
    for statement in statements:
        click.echo(f"{str(statement.compile(dialect=sqlite.dialect())).strip()};")
