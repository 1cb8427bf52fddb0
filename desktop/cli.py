"""`lianxin`: the same deeds without a window, for tours, tests, scripts and the engineer who takes over.

Every command opens the ledger of `--data` (or LIANXIN_DATA) with a sign-in name and a password, does one thing, says in one or two
lines what is true now, and exits 1 with the sentence of a Refusal or Trouble.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from desktop.model.errors import Said
from desktop.office.desk import Desk, clock


def now() -> str:
    """The office's clock; LIANXIN_NOW sets another day for rehearsals."""
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
    def desk(self) -> Iterator[Desk]:
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), envvar="LIANXIN_DATA", help="账本所在文件夹（LIANXIN_DATA）")
@click.option("--user", envvar="LIANXIN_USER", help="登录名（LIANXIN_USER）")
@click.option("--password", envvar="LIANXIN_PASSWORD", help="口令；不写就问（LIANXIN_PASSWORD）")
@click.pass_context
def main(context: click.Context, data: Path | None, user: str | None, password: str | None) -> None:
    """连心：社区的人、事、诺，一本账。"""
    context.obj = Office(data, user, password)


@main.command()
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


@main.command()
@click.pass_obj
@said
def demo(office: Office) -> None:
    """建演练社区：滨海社区的一年，人都是编的。"""
    from desktop.demo.world_ledgers import PASSWORD, rehearsal

    desk = rehearsal(office.data)
    click.echo(f"演练社区已建在 {office.data}，登录名 {desk.who.login}，口令 {PASSWORD}")
    desk.books.ledger.close()


@main.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("build/tour"), show_default=True)
@click.option("--communities", type=int, default=99, show_default=True, help="合并几个社区的批次")
@said
def tour(out: Path, communities: int) -> None:
    """把整个圈走一遍：导入、登记、打印、封批、区里合并、回执回来。"""
    from desktop.demo.tour import walk

    sys.exit(walk(out, communities=communities))


@main.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("build/screens"), show_default=True)
@click.option("--only", multiple=True, help="只画这一页，如 people；可多次")
@said
def screens(out: Path, only: tuple[str, ...]) -> None:
    """给每一页拍照：四档字号、三种配色、两种窗口，一张表翻完。"""
    from desktop.demo.screens import render

    render(out, only=only)


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--type", "kind", default="person", show_default=True, help="导入成哪类记录")
@click.option("--sheet", default=0, help="第几张表，从 1 数；0 为自动")
@click.option("--head", default=None, type=int, help="表头在第几行；不写就自动找")
@click.option("--fixed", multiple=True, help="整份表都填的值，如 roles=机关党员")
@click.option("--file-password", default=None)
@click.option("--dry-run", is_flag=True, help="只看结果，不写入")
@click.option("--create", is_flag=True, help="表里有、账里没有的单位和小区一并新建")
@click.option("--refused", type=click.Path(path_type=Path), help="退回的行写到这个文件")
@click.pass_obj
@said
def import_(
    office: Office, file: Path, kind: str, sheet: int, head: int | None, fixed: tuple[str, ...], file_password: str | None,
    dry_run: bool, create: bool, refused: Path | None,
) -> None:  # fmt: skip
    """从电子表格导入。"""
    from desktop.exchange.importing import Fate
    from desktop.exchange.importing import dry_run as rehearse
    from desktop.exchange.mapping import choose_sheet, propose
    from desktop.exchange.reading import read
    from desktop.exchange.running import remembered, run_import
    from desktop.exchange.writing import write_refused
    from desktop.model.contents import record_type
    from desktop.office.backups import back_up

    record = record_type(kind)
    with office.desk() as desk:
        sheets = read(file, password=file_password)
        chosen = sheets[sheet - 1 if sheet else choose_sheet(sheets, record)]
        proposal = propose(chosen, record, remembered=remembered(desk, record), head_row=head)
        run = rehearse(desk, record, chosen, proposal, fixed=dict(part.split("=", 1) for part in fixed), create=create)
        for fate in Fate:
            click.echo(f"{fate.value} {run.count(fate)}")
        for line in run.of(Fate.REFUSED):
            for problem in line.problems:
                click.echo(f"  第 {line.row} 行 {problem}")
        if refused is not None and run.of(Fate.REFUSED):
            write_refused(refused, run)
        if not dry_run:
            back_up(desk, reason="导入前")
            done = run_import(desk, record, run)
            click.echo(f"已导入：新增 {done.added}，更新 {done.changed}，退回 {done.refused}（导入号 {done.run}）")


@main.command()
@click.argument("stick", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", default="441502000000", show_default=True, help="区的代码")
@click.pass_obj
@said
def enrol(office: Office, stick: Path, to: str) -> None:
    """写入网申请，指纹另抄在纸上。"""
    from desktop.sync.offices import our_card, request_enrolment

    with office.desk() as desk:
        click.echo(f"入网申请：{request_enrolment(desk, stick, to=to)}")
        click.echo(f"本机指纹：{our_card(desk).fingerprint}")


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.argument("stick", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--fingerprint", prompt="照纸上输入对方指纹")
@click.pass_obj
@said
def accept(office: Office, file: Path, stick: Path, fingerprint: str) -> None:
    """区里：接受入网申请，写入网通知。"""
    from desktop.sync.offices import accept_enrolment, our_card

    with office.desk() as desk:
        guest, path = accept_enrolment(desk, file, fingerprint, stick)
        click.echo(f"{guest.name} 已登记；入网通知：{path}")
        click.echo(f"本机指纹：{our_card(desk).fingerprint}")


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--fingerprint", prompt="照纸上输入区里的指纹")
@click.pass_obj
@said
def welcome(office: Office, file: Path, fingerprint: str) -> None:
    """社区：读入区里的入网通知。"""
    from desktop.sync.offices import accept_welcome

    with office.desk() as desk:
        for card in accept_welcome(desk, file, fingerprint):
            click.echo(f"已登记：{card.name}（{card.code}）")


@main.command()
@click.argument("stick", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="只看这一批会带什么，不写")
@click.pass_obj
@said
def seal(office: Office, stick: Path, only_list: bool) -> None:
    """封一批写到 U 盘，写完读回核对。"""
    from desktop.model.contents import record_type
    from desktop.sync.sending import preview, write_batch

    with office.desk() as desk:
        if only_list:
            contents = preview(desk)
            for line in contents.lines:
                words = "；".join(f"{label} {text}" for label, text in line.fields)
                click.echo(f"{'新' if line.is_new else '改'} {record_type(line.kind).label} {line.title}：{words}")
            click.echo(f"第 {contents.number} 批，共 {contents.total} 条")
            return
        sent = write_batch(desk, stick)
        click.echo(f"第 {sent.number} 批 {sum(sent.counts.values())} 条：{sent.path}")
        click.echo(f"摘要：{' '.join(sent.groups)}")
        click.echo("已读回核对，可以拔出")


@main.command("open")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.pass_obj
@said
def open_(office: Office, files: tuple[Path, ...]) -> None:
    """区里：收下批次（文件，或整支 U 盘）。"""
    from desktop.sync.merging import merge
    from desktop.sync.stick import list_stick

    paths = [path for file in files for path in ([file] if file.is_file() else [one.path for one in list_stick(file) if one.kind == "up"])]
    with office.desk() as desk:
        failed = 0
        for path in paths:
            try:
                merged = merge(desk, path)
            except Said as refusal:
                failed += 1
                click.echo(f"{path.name}：{refusal}", err=True)
                continue
            words = "已收过，没有变化" if merged.already else "，".join(f"{fate} {count}" for fate, count in merged.fates.items())
            missing = f"；未见第 {'、'.join(map(str, merged.unseen))} 批" if merged.unseen else ""
            click.echo(f"{path.name}：{merged.verdict}，{words}{missing}")
    sys.exit(1 if failed else 0)


@main.group()
def receipt() -> None:
    """回执：区里写，社区读。"""


@receipt.command("write")
@click.argument("community")
@click.argument("stick", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
@said
def receipt_write(office: Office, community: str, stick: Path) -> None:
    """区里：给一个社区写回执。"""
    from desktop.sync.receipts import write_receipt

    with office.desk() as desk:
        click.echo(f"回执：{write_receipt(desk, community, stick)}")


@receipt.command("read")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
@said
def receipt_read(office: Office, file: Path) -> None:
    """社区：读入回执，批次和记录随它走。"""
    from desktop.sync.receipts import read_receipt

    with office.desk() as desk:
        heard = read_receipt(desk, file)
        click.echo("早已读过" if heard.already else f"回执 {heard.number}：" + "，".join(f"第 {n} 批 {s}" for n, s in heard.moved.items()))
        for one in heard.open:
            click.echo(f"  {one.fate} {one.kind} {one.id} {one.field} {one.reason}")


@main.command("print")
@click.argument("paper")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--id", "ids", multiple=True, help="记录编号；可多次")
@click.option("--since", default="")
@click.option("--until", default="")
@click.option("--full", is_flag=True, help="不遮蔽证件和电话（要权限，留痕）")
@click.pass_obj
@said
def print_(office: Office, paper: str, out: Path, ids: tuple[str, ...], since: str, until: str, full: bool) -> None:
    """打印一种表到 PDF；`lianxin papers` 列出表名。"""
    from desktop.office.selections import Selection
    from desktop.reports.producing import produce

    with office.desk() as desk:
        made = produce(desk, paper, Selection(ids=ids, since=since, until=until, masked=not full))
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(made.pdf)
        click.echo(f"{out}：{made.pages} 页")
        for missing in made.missing:
            click.echo(f"  缺字：{missing}", err=True)


@main.command()
def papers() -> None:
    """列出能打印的表。"""
    from desktop.reports import PAPERS

    for paper in PAPERS:
        click.echo(f"{paper.key:16} {paper.group} · {paper.title}")


@main.command()
@click.option("--since", required=True)
@click.option("--until", required=True)
@click.option("--scope", default="", help="区划代码；不写为本单位")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
@said
def figures(office: Office, since: str, until: str, scope: str, as_json: bool) -> None:
    """数一个时期的各项指标，带口径。"""
    from desktop.office.figure_lines import Span
    from desktop.office.figures import count

    with office.desk() as desk:
        counted = count(desk, Span(scope or desk.community, since, until))
    if as_json:
        click.echo(json.dumps({one.key: one.value for one in counted}, ensure_ascii=False, indent=1))
        return
    for one in counted:
        click.echo(f"{one.key:12} {one.label} {one.value} {one.unit}（{one.definition}）")


@main.command()
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


@main.command()
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


@main.command()
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


@main.command()
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


if __name__ == "__main__":
    main()
