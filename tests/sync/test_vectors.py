"""The files in tests/vectors mean for ever what the JSON beside them says, to us and to a reader that is not ours."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.model.digest import hash_groups
from desktop.sync.keys import fingerprint, from_base64, hmac_id, key_id
from tests.sync.offices import DISTRICT, ENROLLED, HARBOUR
from tests.sync.reading import meaning

VECTORS = Path(__file__).parents[1] / "vectors"
FORMAT_1 = VECTORS / "format-1"
BY_HAND = VECTORS / "read_by_hand.py"
FILES = [("up", HARBOUR, DISTRICT), ("down", DISTRICT, HARBOUR), ("contested", DISTRICT, HARBOUR), ("decided", HARBOUR, DISTRICT)]
MISSING = [program for program in ("age", "tar", "zstd") if shutil.which(program) is None]


@pytest.mark.parametrize(("name", "sender", "reader"), FILES)
def test_we_read_what_the_vector_says(name, sender, reader):
    told = json.loads((FORMAT_1 / f"{name}.json").read_text("utf-8"))
    assert meaning(FORMAT_1 / f"{name}.lxb", reader.key, reader.code) == told
    assert told["header"]["from"] == sender.code


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (apt-get install age zstd tar)")
@pytest.mark.parametrize(("name", "sender", "reader"), FILES)
def test_a_reader_made_of_age_tar_and_zstd_reads_the_same(tmp_path, name, sender, reader):
    identity = tmp_path / "identity.txt"
    identity.write_text(str(reader.key.identity))
    command = [sys.executable, "-I", str(BY_HAND), str(FORMAT_1 / f"{name}.lxb"), str(identity), sender.desk.sign]
    told = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(told) == json.loads((FORMAT_1 / f"{name}.json").read_text("utf-8"))


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (apt-get install age zstd tar)")
def test_the_reader_by_hand_refuses_a_changed_header(tmp_path):
    identity, forged = tmp_path / "identity.txt", tmp_path / "forged.lxb"
    identity.write_text(str(DISTRICT.key.identity))
    forged.write_bytes((FORMAT_1 / "up.lxb").read_bytes().replace(b'"number":46', b'"number":47', 1))
    command = [sys.executable, "-I", str(BY_HAND), str(forged), str(identity), HARBOUR.desk.sign]
    assert b"signed_by" in subprocess.run(command, capture_output=True, check=False).stderr


def test_the_reader_by_hand_is_short_and_not_ours():
    lines = BY_HAND.read_text("utf-8").splitlines()
    assert len(lines) <= 100
    assert not any("desktop" in line for line in lines)


def test_the_keys_of_the_vectors_are_the_keys_of_these_tests():
    known = json.loads((FORMAT_1 / "keys.json").read_text("utf-8"))
    for office in known["offices"]:
        assert ENROLLED[key_id(from_base64(office["sign"], 32))].recipient == office["recipient"]


def test_digits_that_people_compare_never_change():
    assert fingerprint(HARBOUR.key.public) == "79056 07071 17098 60512 55098 84568 62947 86383"
    assert hash_groups("00" * 31 + "ff") == ["0000-0", "0000-2", "0000-3", "0000-9", "0000-1", "0000-8", "0000-7", "0255-1"]
    assert hmac_id(bytes(32), "11010519491231002X") == "51252b5b149fa5e29dae30a60a411d3675cf25f2b7e5d1ad65797b86094b63b7"
