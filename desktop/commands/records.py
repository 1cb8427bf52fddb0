"""Commands about what stands in the ledger: spreadsheets in, paper and figures out."""

import json
from pathlib import Path

import click

from desktop.commands.office import Office, said


@click.command("import")
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


@click.command("print")
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


@click.command()
def papers() -> None:
    """列出能打印的表。"""
    from desktop.reports import PAPERS

    for paper in PAPERS:
        click.echo(f"{paper.key:16} {paper.group} · {paper.title}")


@click.command()
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
