"""What a file of the exchange means, as plain JSON: by our own reader."""

import base64
from pathlib import Path
from typing import Any

import msgspec

from desktop.sync.keys import DeskKey
from desktop.sync.seal import inspect, unseal
from tests.sync.offices import ENROLLED


def meaning(path: Path, key: DeskKey, us: str) -> dict[str, Any]:
    """Header, manifest, receipt, lines and attachments, in the names that stand in the file."""
    batch = unseal(path, [key.identity], ENROLLED.get, us, schema=inspect(path).schema)
    told = {
        "header": batch.header,
        "manifest": batch.manifest,
        "receipt": batch.receipt,
        "lines": list(batch.lines()),
        "attachments": {sha256: base64.b64encode(data).decode() for sha256, data in batch.attachments()},
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(told))
    return plain
