"""What lies inside the seal is read as the format says, and nothing else is read at all.

The reader behind signature and age is what a broken or hostile *sender's* program can reach; every test here goes
through that entry, with tars and lines as no program of ours writes them.
"""

import io
import json
import tarfile
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

import desktop.sync.contents
from desktop.sync.batch import (
    LINE_MOST,
    MIB,
    BatchVerdict,
    Manifest,
    OpenRecord,
    Receipt,
    Trailer,
    decode,
    encode,
)
from desktop.sync.contents import Contents, outline, pack
from desktop.sync.knowledge import Entry, Fate, Masked
from desktop.sync.lines import fields_of, line_of, pack_lines, unpack_lines
from desktop.sync.refused import BadShape, BatchRefused, TooLarge
from desktop.sync.ustar import Member, read_tar, write_tar
from tests.sync.offices import EARLIER, OPINION, SITTING, a_header, a_manifest, an_attachment, an_opinion

MANIFEST = encode(a_manifest(lines={"opinion": 1}))
LINES = pack_lines([an_opinion()])
TRAILER = encode(Trailer({"opinion": 1}, 0))
MEMBERS = [("manifest.json", MANIFEST), ("records/opinion.jsonl.zst", LINES[0]), ("trailer.json", TRAILER)]


def contents(tar: bytes, *, plain: int | None = None) -> Contents:
    """What the reader makes of a tar, as if signature and age had been passed."""
    announced = plain if plain is not None else len(MANIFEST) + LINES[2] + len(TRAILER)
    return outline(a_header(plain=announced), read_tar(memoryview(tar)))


def tar_of(members: list[tuple[str, bytes]]) -> bytes:
    return b"".join(write_tar(Member(name, len(data), [data], 0) for name, data in members))


def tar_with(raw_lines: bytes, *, count: int = 1, **compression: Any) -> bytes:
    """A batch whose opinions are exactly these bytes."""
    packed = zstandard.ZstdCompressor(**compression).compress(raw_lines)
    return tar_of(
        [
            ("manifest.json", encode(a_manifest(lines={"opinion": count}))),
            ("records/opinion.jsonl.zst", packed),
            ("trailer.json", encode(Trailer({"opinion": count}, 0))),
        ]
    )


def read(tar: bytes) -> list[Any]:
    """The opinions of a tar, however long they are: the length that the header announces has its own test."""
    found = contents(tar)
    [part] = [part for part in found.parts if part.name.startswith("records/")]
    known = found.manifest.knowledge
    return list(unpack_lines(part.data, "opinion", count=found.manifest.lines["opinion"], most=2**31, known=known))


def test_the_tar_is_one_that_any_program_reads():
    with tarfile.open(fileobj=io.BytesIO(tar_of(MEMBERS))) as tar:
        assert [(member.name, member.isfile(), member.mode) for member in tar] == [(name, True, 0o644) for name, _ in MEMBERS]


def test_what_was_packed_is_read_back():
    found = contents(tar_of(MEMBERS))
    assert list(found.lines()) == [an_opinion()]
    assert found.manifest.lines == {"opinion": 1}


@pytest.mark.parametrize(
    "name",
    [
        "../manifest.json", "/etc/passwd", "C:/x", "C:\\x", "manifest.json:stream", "CON", "NUL", "records/con.jsonl.zst/..",
        "records/../trailer.json", "records/opinion.jsonl.zst.", "records/Opinion.jsonl.zst", "attachments/../../x",
        "attachments/" + "A" * 64, "attachments/" + "a" * 63, "./manifest.json", "manifest.json/", "records/意见.jsonl.zst",
        "records/opinion.jsonl.zst\n", "",
    ],
)  # fmt: skip
def test_a_member_by_any_other_name_is_refused(name):  # fault 75
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as out:
        out.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(BadShape):
        read_tar(memoryview(tar.getvalue()))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_a_member_that_is_no_plain_file_is_refused(kind):  # fault 76
    member = tarfile.TarInfo("manifest.json")
    member.type, member.linkname = kind, "trailer.json"
    with pytest.raises(BadShape):
        read_tar(memoryview(member.tobuf(tarfile.USTAR_FORMAT) + bytes(1024)))


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_headers_that_only_some_programs_understand_are_refused(form):  # fault 76
    member = tarfile.TarInfo("manifest.json")
    member.pax_headers = {"path": "../x"}
    raw = member.tobuf(form)
    if form == tarfile.GNU_FORMAT:
        assert b"ustar  \0" in raw
    with pytest.raises(BadShape):
        read_tar(memoryview(raw + bytes(1024)))


@pytest.mark.parametrize(
    ("at", "byte"), [(100, b"7"), (108, b"1"), (116, b"1"), (136, b"1"), (156, b"5"), (157, b"x"), (265, b"r"), (345, b"/")]
)
def test_a_tar_header_with_anything_more_to_say_is_refused(at, byte):
    tar = bytearray(tar_of(MEMBERS))
    tar[at : at + 1] = byte
    with pytest.raises(BadShape):
        read_tar(memoryview(tar))


@pytest.mark.parametrize(
    "names",
    [
        ["manifest.json", "manifest.json"], ["trailer.json", "manifest.json"], ["records/a.jsonl.zst", "manifest.json"],
        ["records/a.jsonl.zst", "records/b.jsonl.zst", "records/a.jsonl.zst"], ["manifest.json", "records/a.jsonl.zst", "receipt.json"],
    ],
)  # fmt: skip
def test_a_member_twice_or_out_of_order_is_refused(names):
    with pytest.raises(BadShape):
        read_tar(memoryview(tar_of([(name, b"") for name in names])))


def test_every_cut_and_every_addition_to_the_tar_is_refused():
    tar = tar_of(MEMBERS)
    for length in range(len(tar)):
        with pytest.raises(BadShape):
            contents(tar[:length])
    with pytest.raises(BadShape):
        contents(tar + b"\0")


def test_bytes_between_the_members_are_refused():
    tar = bytearray(tar_of(MEMBERS))
    tar[512 + len(MANIFEST)] = 1
    with pytest.raises(BadShape):
        contents(bytes(tar))


@given(st.integers(0, 8 * len(tar_of(MEMBERS)) - 1))
def test_a_tar_with_one_wrong_bit_is_read_the_same_or_refused(bit):
    tar = bytearray(tar_of(MEMBERS))
    tar[bit // 8] ^= 1 << bit % 8
    try:
        lines = list(contents(bytes(tar)).lines())
    except BatchRefused:
        return
    assert lines == [an_opinion()]


@given(st.binary(max_size=3000))
def test_any_bytes_behind_signature_and_age_end_in_a_refusal(raw):
    with pytest.raises(BatchRefused):
        contents(raw + bytes(1024))


@given(st.binary(max_size=600))
def test_any_bytes_as_lines_end_in_a_refusal(raw):
    with pytest.raises(BatchRefused):
        read(tar_with(raw))
    with pytest.raises(BatchRefused):
        list(unpack_lines(raw, "opinion", count=1, most=MIB, known={}))


def test_a_small_file_that_unpacks_to_gigabytes_stops_at_what_was_announced():  # fault 77
    bomb = zstandard.ZstdCompressor(level=3).compress(bytes(300 * MIB))
    assert len(bomb) < 20_000
    with pytest.raises(TooLarge):
        list(unpack_lines(bomb, "opinion", count=1, most=1000, known={}))


def test_a_line_that_never_ends_stops_at_its_limit():  # fault 77
    with pytest.raises(TooLarge):
        read(tar_with(b'{"k":"opinion","id":"' + b"x" * 100 * MIB))


def test_more_lines_than_announced_stop_at_the_first_of_them():  # fault 77
    line = encode(an_opinion()) + b"\n"
    with pytest.raises(TooLarge):
        read(tar_with(line * 2))


def test_fewer_lines_than_announced_are_noticed():
    with pytest.raises(BadShape):
        read(tar_with(encode(an_opinion()) + b"\n", count=2))


def test_lines_cut_off_within_their_frame_are_noticed():
    packed, count, plain = pack_lines(an_opinion(id=str(n)) for n in range(300))
    checksum = 4  # without it the lines are whole, and the signature has vouched for them
    for length in range(len(packed) - checksum):
        with pytest.raises(BadShape):
            list(unpack_lines(packed[:length], "opinion", count=count, most=plain, known=a_manifest().knowledge))


def test_a_frame_that_wants_much_memory_is_refused():  # fault 77
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    frame = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = frame.compress(encode(an_opinion()) + b"\n") + frame.flush()
    with pytest.raises(BadShape, match="不合格式"):
        list(unpack_lines(packed, "opinion", count=1, most=MIB, known=a_manifest().knowledge))


def test_a_batch_that_unpacks_to_less_than_announced_is_refused():
    with pytest.raises(BadShape):
        list(contents(tar_of(MEMBERS), plain=10**6).lines())


def test_a_line_over_its_limit_is_not_written():
    with pytest.raises(TooLarge):
        pack_lines([an_opinion(f={"text": "长" * LINE_MOST}, m={})])


GOOD = '{"k":"opinion","id":"x","s":["9f3ac07be21d4455",47],"f":{"text":%s}}\n'


@pytest.mark.parametrize("value", ['"路灯"', "12", "-3", "null", '{"~":"李*芳"}', '"\\u8def\\u706f"', '"a\\/b"', "9007199254740991"])
def test_a_value_is_a_text_a_whole_number_a_mask_or_nothing(value):
    [line] = read(tar_with((GOOD % value).encode()))
    assert line.f["text"] == (Masked("李*芳") if value.startswith("{") else json.loads(value))


@pytest.mark.parametrize(
    "value",
    [
        "true", "1.0", "1.5", "1e3", "1e400", "NaN", "Infinity", "-Infinity", "9007199254740993", "1" * 400, "[]", "[1]", "{}",
        '{"~":1}', '{"~":"a","~":"b"}', '{"~":"a","x":1}', '{"~":{"~":"a"}}', '"\\ud800"', '"\\ud800x"', '"\\udc00\\ud800"', "'a'",
        "[" * 5000 + "]" * 5000, '{"a":' * 3000 + "1" + "}" * 3000, '"a', "01", "+1", "", "// c\n1",
    ],
)  # fmt: skip
def test_any_other_value_is_refused(value):  # faults 78, 79
    with pytest.raises(BadShape):
        read(tar_with((GOOD % value).encode()))


@pytest.mark.parametrize(
    "raw",
    [
        b'{"k":"opinion","id":"x","id":"y","s":["9f3ac07be21d4455",47]}',
        b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",47],"f":{"text":"a","text":"b"}}',
        b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",47],"f":{"a":1,"a":1},"m":{}}',
        b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",47],"f":{"text":"a","\\u0074ext":"b"}}',
    ],
)
def test_a_line_that_says_a_thing_twice_is_refused(raw):  # fault 79
    with pytest.raises(BadShape):
        read(tar_with(raw + b"\n"))


@pytest.mark.parametrize(
    "raw",
    [
        b"", b" ", b"[]", b"null", b'{"k":"opinion","id":"x"}', b'{"k":"opinion","id":"","s":["9f3ac07be21d4455",47]}',
        b'{"k":"person","id":"x","s":["9f3ac07be21d4455",47]}', b'{"k":"opinion","id":"x","s":["9f3a",47]}',
        b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",0]}', b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",47,1]}',
        b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",true]}', b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",-1]}',
        b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",47],"z":1}', b'{"k":"opinion","id":"x","s":["9f3ac07be21d4455",47]}{}',
        b'\xef\xbb\xbf{"k":"opinion","id":"x","s":["9f3ac07be21d4455",47]}', b'{"k":"opinion","id":"\xff","s":["9f3ac07be21d4455",47]}',
    ],
)  # fmt: skip
def test_a_line_of_another_shape_is_refused(raw):
    with pytest.raises(BadShape):
        read(tar_with(raw + b"\n"))


OTHER = "0" * 16


@pytest.mark.parametrize(
    "change",
    [
        {"erased": "本人要求"},
        {"s": (SITTING, 48)},
        {"s": (OTHER, 1)},
        {"m": {"text": [OTHER, 1]}},
        {"m": {"text": [SITTING, 48]}},
        {"m": {"gone": [EARLIER, 9]}},
        {"m": {"text": []}},
        {"m": {"text": [EARLIER]}},
        {"m": {"text": [EARLIER, 9, 9]}},
        {"m": {"text": [9, EARLIER]}},
        {"m": {"text": ["a1", 9]}},
        {"m": {"text": [EARLIER, 0]}},
        {"m": {"text": [(EARLIER, 9, "楼下路灯不亮")]}},
        {"m": {"text": [(EARLIER, 9, "甲"), (SITTING, 47, "乙")]}},
        {"m": {"text": [(EARLIER, 9, "楼下路灯不亮"), (EARLIER, 9, "乙")]}},
        {"m": {"text": [(EARLIER, 9, "楼下路灯不亮"), EARLIER, 9]}},
        {"m": {"text": [(EARLIER, 9, "楼下路灯不亮"), (OTHER, 1, "乙")]}},
        {"erased": "本人要求", "f": {}, "m": {}, "r": {"text": [(OTHER, 1)]}},
        {"r": {"gone": [(OTHER, 1)]}},
        {"r": {"text": []}},
        {"r": {"text": [(OTHER, 1), (OTHER, 1)]}},
        {"r": {"text": [(EARLIER, 9)]}},
        {"r": {"heard_on": [(SITTING, 47)]}},
        {"r": {"text": [(OTHER, nth) for nth in range(1, 1002)]}},
        {"m": {"text": [(EARLIER, 9, "楼下路灯不亮"), (SITTING, 46, "乙")]}, "r": {"text": [(SITTING, 46)]}},
    ],
)
def test_a_line_that_contradicts_itself_or_its_senders_knowledge_is_refused(change):
    with pytest.raises(BadShape):
        read(tar_with(encode(an_opinion(**change)) + b"\n"))


def test_an_erased_record_travels_without_values():
    erased = an_opinion(f={}, m={}, erased="subject")
    assert encode(erased) == b'{"k":"opinion","id":"%s","s":["%s",47],"erased":"subject"}' % (OPINION.encode(), SITTING.encode())
    assert read(tar_with(encode(erased) + b"\n")) == [erased]


def test_a_conflict_travels_with_all_its_values():
    line = an_opinion(m={"text": [(EARLIER, 9, "路灯坏了"), (SITTING, 46, "楼下路灯不亮")]})
    [back] = read(tar_with(encode(line) + b"\n"))
    assert fields_of(back)["text"] == (Entry((SITTING, 46), "楼下路灯不亮"), Entry((EARLIER, 9), "路灯坏了"))


def test_a_decision_names_what_it_replaced_although_its_sender_does_not_know_it():
    decided = an_opinion(r={"text": [(OTHER, 1)]})
    assert b',"r":{"text":[["%s",1]]}' % OTHER.encode() in encode(decided)
    assert read(tar_with(encode(decided) + b"\n")) == [decided]


VALUE = st.none() | st.text(max_size=20) | st.integers(-(2**53) + 1, 2**53 - 1) | st.builds(Masked, st.text(max_size=5))
STAMP = st.tuples(st.sampled_from([SITTING, EARLIER, OTHER]), st.integers(1, 9))
FIELD = st.dictionaries(STAMP, VALUE, min_size=1, max_size=3).map(
    lambda known: tuple(Entry(*pair) for pair in sorted(known.items(), key=lambda p: p[0]))
)


@given(STAMP, st.dictionaries(st.text(min_size=1, max_size=8), FIELD, max_size=5))
def test_a_record_becomes_a_line_and_comes_back_with_every_stamp(stamp, fields):
    line = line_of("opinion", OPINION, stamp, fields)
    packed, count, plain = pack_lines([line])
    [back] = unpack_lines(packed, "opinion", count=count, most=plain, known={SITTING: 9, EARLIER: 9, OTHER: 9})
    assert fields_of(back) == fields


def test_a_line_taken_apart_and_put_together_is_the_same_line():
    assert line_of("opinion", OPINION, (SITTING, 47), fields_of(an_opinion())) == an_opinion()


def test_twenty_thousand_lines_come_back_in_their_order():
    packed, count, plain = pack_lines(an_opinion(id=str(n)) for n in range(20_000))
    assert plain > 3 * MIB
    back = unpack_lines(packed, "opinion", count=count, most=plain, known=a_manifest().knowledge)
    assert [int(line.id) for line in back] == list(range(20_000))


def test_a_batch_of_too_many_lines_is_not_written(monkeypatch):
    monkeypatch.setattr(desktop.sync.contents, "LINES_MOST", 1)
    with pytest.raises(TooLarge):
        list(pack(a_manifest(), {"opinion": [an_opinion()] * 2}))


def test_a_document_over_its_limit_is_not_even_parsed(monkeypatch):
    monkeypatch.setattr(desktop.sync.batch, "JSON_MOST", len(MANIFEST) - 1)
    with pytest.raises(TooLarge):
        decode(MANIFEST, Manifest, "manifest")


def test_a_conflict_shows_the_value_that_the_sender_shows():
    fields = {"text": (Entry((SITTING, 1), "甲"), Entry((EARLIER, 2), "乙"))}
    assert line_of("opinion", OPINION, (SITTING, 1), fields, shown={"text": "乙"}).f == {"text": "乙"}


@pytest.mark.parametrize("field", ["manifest.json", "trailer.json"])
def test_a_batch_without_manifest_or_trailer_is_refused(field):
    with pytest.raises(BadShape):
        contents(tar_of([member for member in MEMBERS if member[0] != field]))


@pytest.mark.parametrize(
    ("manifest", "trailer"),
    [
        ({"lines": {"opinion": 2}}, Trailer({"opinion": 1}, 0)),
        ({"lines": {"opinion": 1}}, Trailer({"opinion": 1}, 1)),
        ({"lines": {"opinion": 1, "person": 0}}, Trailer({"opinion": 1, "person": 0}, 0)),
        ({"lines": {"opinion": 1}, "attachments": 1}, Trailer({"opinion": 1}, 1)),
        ({"lines": {}}, Trailer({}, 0)),
    ],
)
def test_counts_that_do_not_agree_are_refused(manifest, trailer):  # fault 78
    tar = tar_of([("manifest.json", encode(a_manifest(**manifest))), MEMBERS[1], ("trailer.json", encode(trailer))])
    with pytest.raises(BadShape):
        contents(tar)


@pytest.mark.parametrize("count", ["-1", "1.0", "true", "1000000000", "null", '"1"', "1e9"])
def test_a_count_that_cannot_be_is_refused_before_anything_is_made_room_for(count):  # fault 78
    raw = MANIFEST.replace(b'"opinion":1', b'"opinion":' + count.encode())
    with pytest.raises(BadShape):
        contents(tar_of([("manifest.json", raw), *MEMBERS[1:]]))


def test_counts_that_together_pass_the_limit_are_refused():
    counts = {"opinion": 2_000_000, "person": 1}
    empty = pack_lines([])[0]
    tar = tar_of(
        [
            ("manifest.json", encode(a_manifest(lines=counts))),
            ("records/opinion.jsonl.zst", empty),
            ("records/person.jsonl.zst", empty),
            ("trailer.json", encode(Trailer(counts, 0))),
        ]
    )
    with pytest.raises(TooLarge):
        contents(tar)


def test_an_attachment_that_is_not_what_its_name_says_is_refused():
    members = list(pack(a_manifest(), {}, [an_attachment(b"photo")]))
    raw = b"".join(write_tar(members)).replace(b"photo", b"phot0")
    with pytest.raises(BadShape):
        list(contents(raw).attachments())


def test_an_attachment_over_twenty_megabytes_is_neither_written_nor_read():
    with pytest.raises(TooLarge):
        list(pack(a_manifest(), {}, [an_attachment(bytes(20 * MIB + 1))]))
    with pytest.raises(TooLarge):
        read_tar(memoryview(tar_of([("attachments/" + "a" * 64, bytes(20 * MIB + 1))])))


def test_a_receipt_says_the_fate_of_every_line():
    receipt = Receipt(
        "441502003007",
        12,
        12,
        {SITTING: 47},
        (BatchVerdict(46, "0" * 64, "已入库", 120, {Fate.TAKEN: 100, Fate.SAME: 18, Fate.UNDECIDED: 2}),),
        (OpenRecord("opinion", OPINION, Fate.UNDECIDED, "text", "conflict", "路灯坏了"),),
        (45,),
    )
    assert decode(encode(receipt), Receipt, "receipt") == receipt


@pytest.mark.parametrize("fates", [{"已入库": 1}, {"已入库": 3}, {"已入库": 3, "相同": -1}, {"丢失": 2}, {}])
def test_a_verdict_whose_fates_do_not_add_up_is_refused(fates):
    raw = encode({"number": 46, "sha256": "0" * 64, "verdict": "已入库", "lines": 2, "fates": fates})
    with pytest.raises(BadShape):
        decode(raw, BatchVerdict, "verdict")


@pytest.mark.parametrize("fate", ["已入库", "相同", "其他"])
def test_a_record_that_was_taken_is_not_open(fate):
    with pytest.raises(BadShape):
        decode(encode({"kind": "opinion", "id": OPINION, "fate": fate}), OpenRecord, "open")


def test_more_sittings_than_a_lifetime_has_are_refused():
    known = {f"{n:016x}": 1 for n in range(20_001)}
    with pytest.raises(BadShape):
        decode(encode(a_manifest(knowledge=known)), Manifest, "manifest")
    assert decode(encode(a_manifest(knowledge=dict(list(known.items())[:-1]))), Manifest, "manifest")


def test_no_document_can_be_changed_after_it_was_read():
    with pytest.raises(AttributeError):
        a_header().number = 47  # type: ignore[misc]
    with pytest.raises(AttributeError):
        an_opinion().k = "person"  # type: ignore[misc]
