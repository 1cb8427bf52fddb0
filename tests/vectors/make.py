"""Makes the vectors that are not there yet: `python -m tests.vectors.make`.

A vector is made once and stays for ever: it stands for the files that lie on sticks and in safes. So nothing here
overwrites. A later format gets its own folder, and the readers of that day must still read this one.
"""

import hashlib
from pathlib import Path

import msgspec

from desktop.sync.batch import BatchVerdict, Manifest, OpenRecord, Receipt, Revocations, Revoked
from desktop.sync.contents import pack
from desktop.sync.knowledge import Fate, Masked
from desktop.sync.seal import draft, seal
from tests.sync.offices import DISTRICT, EARLIER, HARBOUR, NEIGHBOUR, OPINION, SITTING, STREET, an_attachment, an_opinion
from tests.sync.reading import meaning

HERE = Path(__file__).parent / "format-1"
PHOTO = "路灯照片（代替真实的图像）".encode()


def keys() -> bytes:
    known = {
        "offices": [msgspec.to_builtins(office.desk) for office in (HARBOUR, STREET, DISTRICT)],
        "identities": {office.code: str(office.key.identity) for office in (HARBOUR, STREET, DISTRICT)},
    }
    return msgspec.json.format(msgspec.json.encode(known))


def up(path: Path) -> None:
    lines = [
        an_opinion(),
        an_opinion(
            id="0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e60", s=(EARLIER, 8), f={"text": '𬭊𪻐家门口积水 <b>\u0007\\"', "households": -1}, m={}
        ),
        an_opinion(
            id="0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e61",
            f={"text": "井盖松动", "state": "办理中"},
            m={"text": [(EARLIER, 7, "井盖"), (SITTING, 46, "井盖松动")]},
        ),
        an_opinion(id="0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e62", f={}, m={}, erased="subject"),
    ]
    person = an_opinion(k="person", id="0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e63", f={"name": Masked("李*芳"), "born_on": "1990-03"}, m={})
    manifest = Manifest(
        HARBOUR.code,
        (STREET.code, DISTRICT.code),
        46,
        knowledge={SITTING: 47, EARLIER: 9},
        since={EARLIER: 3},
        scope="up-1",
        period="2021-11",
        made="2021-11-19 16:20",
        tables={"gb3304": "1991"},
        unanswered=(44, 45),
        quoted=11,
    )
    header = draft("up", sender=HARBOUR.code, to=manifest.to, number=46, schema=1)
    with path.open("xb") as out:
        members = pack(manifest, {"person": [person], "opinion": lines}, [an_attachment(PHOTO)])
        seal(header, members, HARBOUR.key, [STREET.recipient, DISTRICT.recipient], out)


def down(path: Path, answered: bytes) -> None:
    number, sha256 = 46, msgspec.json.decode(answered.split(b"\n", 2)[1])["sha256"]
    receipt = Receipt(
        HARBOUR.code,
        12,
        1,
        {SITTING: 47, EARLIER: 9},
        (
            BatchVerdict(44, hashlib.sha256(b"44").hexdigest(), "待前批"),
            BatchVerdict(number, sha256, "已入库", 5, {Fate.TAKEN: 2, Fate.SAME: 1, Fate.WAITING: 1, Fate.UNDECIDED: 1}),
        ),
        (
            OpenRecord("person", "0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e63", Fate.WAITING, "place", "no-reference"),
            OpenRecord("opinion", "0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e61", Fate.UNDECIDED, "text", "conflict", "井盖"),
        ),
        (45,),
    )
    revoked = Revocations(3, (Revoked(NEIGHBOUR.desk.key, 17, hashlib.sha256(b"17").hexdigest()),))
    manifest = Manifest(
        DISTRICT.code, (HARBOUR.code,), 12, knowledge={"00c0ffee00c0ffee": 5}, want=(("opinion", OPINION),), revocations=revoked
    )
    proposal = an_opinion(
        k="proposal", id="0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e64", s=("00c0ffee00c0ffee", 5), f={"text": "请改为立案"}, m={}
    )
    with path.open("xb") as out:
        header = draft("down", sender=DISTRICT.code, to=[HARBOUR.code], number=12, schema=1)
        seal(header, pack(manifest, {"proposal": [proposal]}, receipt=receipt), DISTRICT.key, [HARBOUR.recipient], out)


CONTESTED = "0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e61"
FORGOTTEN = "f0f0f0f0f0f0f0f0"  # a sitting that a restore took from the community


def contested(path: Path, answered: bytes) -> None:
    """A receipt that tells both values of a field in conflict."""
    sha256 = msgspec.json.decode(answered.split(b"\n", 2)[1])["sha256"]
    verdict = BatchVerdict(46, sha256, "已入库", 5, {Fate.TAKEN: 4, Fate.UNDECIDED: 1})
    known = {SITTING: 47, EARLIER: 9, FORGOTTEN: 6}
    open_record = OpenRecord("opinion", CONTESTED, Fate.UNDECIDED, "text", "conflict", "井盖松动")
    receipt = Receipt(HARBOUR.code, 13, 1, known, (verdict,), (open_record,))
    both = [(SITTING, 46, "井盖松动"), (FORGOTTEN, 6, "井盖")]
    line = an_opinion(id=CONTESTED, s=(SITTING, 47), f={"text": "井盖松动"}, m={"text": both})
    manifest = Manifest(DISTRICT.code, (HARBOUR.code,), 13, knowledge=known, made="2021-11-25 10:00")
    with path.open("xb") as out:
        header = draft("down", sender=DISTRICT.code, to=[HARBOUR.code], number=13, schema=1)
        seal(header, pack(manifest, {"opinion": [line]}, receipt=receipt), DISTRICT.key, [HARBOUR.recipient], out)


def decided(path: Path) -> None:
    """The decision: a change that has seen the forgotten one and replaced it, though the sender's knowledge does not cover it."""
    line = an_opinion(
        id=CONTESTED, s=(SITTING, 48), f={"text": "井盖", "state": "办理中"}, m={"state": [SITTING, 47]}, r={"text": [(FORGOTTEN, 6)]}
    )
    manifest = Manifest(
        HARBOUR.code, (STREET.code, DISTRICT.code), 47, knowledge={SITTING: 48, EARLIER: 9}, since={SITTING: 47, EARLIER: 9},
        scope="up-1", made="2021-11-25 11:00", quoted=13,
    )  # fmt: skip
    with path.open("xb") as out:
        header = draft("up", sender=HARBOUR.code, to=manifest.to, number=47, schema=1)
        seal(header, pack(manifest, {"opinion": [line]}), HARBOUR.key, [STREET.recipient, DISTRICT.recipient], out)


def main() -> None:
    HERE.mkdir(exist_ok=True)
    if not (HERE / "keys.json").exists():
        (HERE / "keys.json").write_bytes(keys())
    made = {
        "up": (DISTRICT, up),
        "down": (HARBOUR, lambda path: down(path, (HERE / "up.lxb").read_bytes())),
        "contested": (HARBOUR, lambda path: contested(path, (HERE / "up.lxb").read_bytes())),
        "decided": (DISTRICT, decided),
    }
    for name, (reader, make) in made.items():
        if (HERE / f"{name}.lxb").exists():
            continue
        make(HERE / f"{name}.lxb")
        told = meaning(HERE / f"{name}.lxb", reader.key, reader.code)
        (HERE / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(told)) + b"\n")


if __name__ == "__main__":
    main()
