"""Commands about the way to the district and back: enrolment, batches on a stick, receipts."""

import sys
from pathlib import Path

import click

from desktop.commands.office import Office, said
from desktop.model.errors import Said


@click.command()
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


@click.command()
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


@click.command()
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


@click.command()
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


@click.command("open")
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


@click.group()
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
