"""附件: what hangs on a record lies in the ledger, once, comes out as it went in, and goes with the record that is erased."""

from pathlib import Path

import pytest

from desktop.model.errors import NotAllowed, Refusal, Trouble
from desktop.model.inspection import ChecklistItem, Danger
from desktop.model.keeping import Attachment
from desktop.model.opinion import Handling, Opinion
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import attachments, records
from desktop.office.desk import Desk
from desktop.office.inspections import dangers_of, register_danger
from desktop.office.opinions import diary_of, note_handling
from tests.builders import a_person, an_inspection, an_opinion, audited, everything, seen_as

SCAN = b"%PDF-1.7 \xe4\xbf\xa1\xe8\xae\xbf\x00\xff" * 100


def scan(ground: Path, name: str = "答复意见书 𬭊.pdf", content: bytes = SCAN) -> Path:
    path = ground / name
    path.write_bytes(content)
    return path


def blobs(desk: Desk) -> int:
    with desk.books.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM blob").scalar_one())


def test_a_scan_hangs_on_its_record_and_comes_out_as_it_went_in(desk: Desk, tmp_path: Path) -> None:
    key = an_opinion(desk)
    path = scan(tmp_path)
    attachment = attachments.attach(desk, Opinion, key, path)
    path.unlink()
    (row,) = attachments.attachments_of(desk, Opinion, key)
    assert (row["name"], row["size"], row["added_on"]) == ("答复意见书 𬭊.pdf", len(SCAN), desk.today)
    assert attachments.save_copy(desk, attachment, tmp_path / "另存.pdf").read_bytes() == SCAN
    assert [deed for deed, _ok in audited(desk)[-2:]] == ["attachment.attach", "attachment.take_out"]


def test_the_same_file_is_kept_once_and_hangs_on_a_record_once(desk: Desk, tmp_path: Path) -> None:
    first, second = an_opinion(desk), an_opinion(desk)
    attachments.attach(desk, Opinion, first, scan(tmp_path))
    attachments.attach(desk, Opinion, second, scan(tmp_path, "又一份.pdf"))
    assert blobs(desk) == 1
    with pytest.raises(Refusal, match="早已附上"):
        attachments.attach(desk, Opinion, first, scan(tmp_path, "换个名字.pdf"))
    records.erase(desk, Opinion, first, reason="本人申请")
    assert blobs(desk) == 1, "the other still shows it"
    assert attachments.attachments_of(desk, Opinion, first) == []
    records.erase(desk, Opinion, second, reason="本人申请")
    assert blobs(desk) == 0


def test_what_hung_on_somebody_who_is_erased_is_nowhere_any_more_even_out_of_the_bin(desk: Desk, tmp_path: Path) -> None:
    key = a_person(desk)
    attachment = attachments.attach(desk, Person, key, scan(tmp_path, "张三身份证.jpg"))
    records.end(desk, Attachment, attachment, because="附错")
    records.erase(desk, Person, key, reason="本人申请")
    assert "张三身份证" not in str({name: rows for name, rows in everything(desk).items() if name != "audit"})
    assert blobs(desk) == 0


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [("空.pdf", b"", "文件是空的"), ("整改通知.pdf.exe", b"MZ", "这是程序"), ("大.tif", b"x" * (attachments.LARGEST + 1), "超过 20 MB")],
)
def test_what_is_no_paper_is_refused(desk: Desk, tmp_path: Path, name: str, content: bytes, why: str) -> None:
    key = an_opinion(desk)
    with pytest.raises(Refusal, match=why):
        attachments.attach(desk, Opinion, key, scan(tmp_path, name, content))
    assert attachments.attachments_of(desk, Opinion, key) == []


def test_a_file_that_is_gone_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        attachments.attach(desk, Opinion, an_opinion(desk), tmp_path / "没有.pdf")


def test_who_may_only_read_attaches_nothing_and_takes_nothing_out(desk: Desk, tmp_path: Path) -> None:
    key = an_opinion(desk)
    attachment = attachments.attach(desk, Opinion, key, scan(tmp_path))
    reader = seen_as(desk, Role.READER)
    with pytest.raises(NotAllowed):
        attachments.attach(reader, Opinion, key, scan(tmp_path, "乙.pdf", b"%PDF-2"))
    with pytest.raises(NotAllowed):
        attachments.save_copy(reader, attachment, tmp_path / "偷.pdf")
    assert not (tmp_path / "偷.pdf").exists()


def test_no_name_of_a_file_leaves_the_community() -> None:
    from desktop.sync.travel import rules

    assert not {"name", "said"} & {rule.key for rule in rules(Attachment)}


def test_several_files_hang_together_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    key = an_opinion(desk)
    good, empty = scan(tmp_path, "甲.jpg", b"one"), scan(tmp_path, "空.jpg", b"")
    with pytest.raises(Refusal, match=r"空\.jpg"):
        attachments.attach_all(desk, Opinion, key, [good, empty])
    with pytest.raises(Refusal, match=r"乙\.jpg"):
        attachments.attach_all(desk, Opinion, key, [good, scan(tmp_path, "乙.jpg", b"one")])
    assert attachments.attachments_of(desk, Opinion, key) == []
    attachments.attach_all(desk, Opinion, key, [good, attachments.Enclosed("粘贴的图片.png", b"two")])
    assert attachments.hanging_on(desk, Opinion, [key, an_opinion(desk)]) == {key: ["甲.jpg", "粘贴的图片.png"]}


def test_a_line_of_the_diary_is_written_with_its_pictures_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    key = an_opinion(desk)
    before = len(diary_of(desk, key))
    with pytest.raises(Refusal, match="文件是空的"):
        note_handling(desk, key, text="沟槽回填完成", files=[scan(tmp_path, "现场.jpg", b"")])
    assert len(diary_of(desk, key)) == before
    line = note_handling(desk, key, text="沟槽回填完成", files=[scan(tmp_path, "现场.jpg", b"\xff\xd8")])
    assert attachments.hanging_on(desk, Handling, [line]) == {line: ["现场.jpg"]}


def test_a_danger_comes_with_its_pictures_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    run = an_inspection(desk)
    item = desk.rows(ChecklistItem)[0]["id"]
    with pytest.raises(Refusal, match="这是程序"):
        register_danger(desk, inspection=run, item=item, situation="后门堵死", files=[scan(tmp_path, "照片.scr", b"MZ")])
    assert dangers_of(desk, run) == []
    danger = register_danger(desk, inspection=run, item=item, situation="后门堵死", files=[scan(tmp_path, "后门.jpg", b"\xff\xd8")])
    assert attachments.hanging_on(desk, Danger, [danger]) == {danger: ["后门.jpg"]}
