"""Commands about the ledger as a whole: begun, rehearsed, backed up, restored, checked."""

import sys
from pathlib import Path

import click

from desktop.commands.office import Office, now, said


@click.command()
@click.option("--community", required=True, help="12位区划代码")
@click.option("--tier", type=click.Choice(["社区", "镇街", "区"]), default="社区")
@click.option("--name", default="", help="管理员姓名")
@click.pass_obj
@said
def found(office: Office, community: str, tier: str, name: str) -> None:
    """新建一本账，打印恢复密钥。"""
    from desktop.office.ledgers import found_office

    user = office.user or click.prompt("登录名")
    password = office.password or click.prompt("口令", hide_input=True, confirmation_prompt=True)
    desk, recovery = found_office(office.data, community=community, tier=tier, admin=name or user, login=user, password=password, now=now)
    desk.books.ledger.close()
    click.echo(f"账本已建在 {office.data}")
    click.echo(f"恢复密钥（抄下来锁进柜子，只显示这一次）：{recovery}")


@click.command()
@click.pass_obj
@said
def demo(office: Office) -> None:
    """建演练社区：滨海社区的一年，人都是编的。"""
    from desktop.demo.world_ledgers import PASSWORD, rehearsal

    desk = rehearsal(office.data)
    click.echo(f"演练社区已建在 {office.data}，登录名 {desk.who.login}，口令 {PASSWORD}")
    desk.books.ledger.close()


@click.command()
@click.option("--to", type=click.Path(path_type=Path), default=None, help="备份放在哪；不写用设置里的")
@click.pass_obj
@said
def backup(office: Office, to: Path | None) -> None:
    """备份并核对。"""
    from desktop.office.backups import back_up

    with office.desk() as desk:
        made = back_up(desk, reason="命令行", folder=to)
        click.echo(f"{made.path}：{made.rows} 行，已打开核对")
        if made.on_the_same_disk:
            click.echo("提醒：备份与账本在同一块盘")


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--recovery", default="", help="用恢复密钥打开")
@click.pass_obj
@said
def restore(office: Office, file: Path, recovery: str) -> None:
    """从备份恢复；原来的账本另存在旁边。"""
    from desktop.office.backups import restore as bring_back

    user, password = office.user or "", office.password or ""
    if not recovery:
        user = user or click.prompt("登录名")
        password = password or click.prompt("口令", hide_input=True)
    done = bring_back(file, office.data, login=user, password=password, recovery=recovery)
    click.echo(f"已恢复到 {done.head.made_at} 的备份" + (f"；原账本在 {done.aside}" if done.aside else ""))


@click.command()
@click.pass_obj
@said
def check(office: Office) -> None:
    """检查账本：每一页、每条操作记录的链。"""
    from desktop.store.journal import broken_link

    with office.desk() as desk:
        desk.books.ledger.check_pages()
        with desk.books.read() as conn:
            broken = broken_link(conn)
        for warning in desk.books.ledger.warnings:
            click.echo(warning, err=True)
    if broken is not None:
        click.echo(f"操作记录第 {broken} 条被改动过", err=True)
        sys.exit(1)
    click.echo("账本完好：每一页都是写下时的样子，操作记录连续")
