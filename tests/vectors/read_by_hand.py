"""Reads a batch without a line of ours: the programs age, tar and zstd, and Python's standard library.

`python read_by_hand.py up.lxb <identity file> <base64 public key of the sender>` prints what the file means as JSON.
It is the second opinion on docs/exchange.md: what it prints must be what our reader says. (Ed25519: RFC 8032, 5.1.7.)
"""

import base64
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(left, right):
    (x1, y1), (x2, y2) = left, right
    k = D * x1 * x2 * y1 * y2
    return (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P


def times(scalar, point):
    total = (0, 1)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


def point_of(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (P - x if x & 1 != sign else x), y


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed_by(public, signature, message):
    scalar = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    return scalar < ORDER and times(scalar, BASE) == add(point_of(signature[:32]), times(h % ORDER, point_of(public)))


def read(path, identity_file, public):
    magic, line, signature, body = Path(path).read_bytes().split(b"\n", 3)
    assert magic == b"LIANXIN 1"
    assert signed_by(base64.b64decode(public), base64.b64decode(signature), magic + b"\n" + line + b"\n")
    header = json.loads(line)
    assert (header["size"], header["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
    with tempfile.TemporaryDirectory() as folder:
        tar = subprocess.run(["age", "-d", "-i", identity_file], input=body, capture_output=True, check=True).stdout
        names = subprocess.run(["tar", "-tf", "-"], input=tar, capture_output=True, check=True).stdout.decode().split()
        subprocess.run(["tar", "-xf", "-", "-C", folder], input=tar, capture_output=True, check=True)
        raw = {name: (Path(folder) / name).read_bytes() for name in names}
    manifest, trailer = json.loads(raw["manifest.json"]), json.loads(raw["trailer.json"])
    assert [manifest["from"], manifest["to"], manifest["number"]] == [header["from"], header["to"], header["number"]]
    lines = {}
    for name in names:
        if name.startswith("records/"):
            raw[name] = subprocess.run(["zstd", "-dc"], input=raw[name], capture_output=True, check=True).stdout
            lines[name.split("/")[1].split(".")[0]] = [json.loads(line) for line in raw[name].splitlines()]
    files = {name.split("/")[1]: content for name, content in raw.items() if name.startswith("attachments/")}
    counts = {kind: len(told) for kind, told in lines.items()}
    assert trailer == {"lines": counts, "attachments": len(files)}
    assert (manifest.get("lines", {}), manifest.get("attachments", 0)) == (counts, len(files))
    assert all(hashlib.sha256(content).hexdigest() == name for name, content in files.items())
    assert header["plain"] == sum(map(len, raw.values()))
    return {
        "header": header,
        "manifest": manifest,
        "receipt": json.loads(raw["receipt.json"]) if "receipt.json" in raw else None,
        "lines": [line for told in lines.values() for line in told],
        "attachments": {name: base64.b64encode(content).decode() for name, content in files.items()},
    }


if __name__ == "__main__":
    print(json.dumps(read(*sys.argv[1:4]), ensure_ascii=False, indent=2))  # noqa: T201 - this is its output
