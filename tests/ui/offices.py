"""A community and its district for the tests of the exchange page, each with a real ledger, and a stick between them."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from desktop.office.desk import Desk
from desktop.store.tables import fate
from desktop.sync import merging, offices, receipts
from desktop.sync.merging import Merged
from tests.builders import DISTRICT, a_desk, moved


@dataclass
class TwoOffices:
    """滨海社区 and 城区, and the stick that goes between them."""

    community: Desk
    district: Desk
    stick: Path

    def welcome(self) -> Path:
        """The district has accepted the request on the stick; its 入网通知 lies there."""
        request = next(path for path in (self.stick / "连心").iterdir() if "入网申请" in path.name)
        _guest, path = offices.accept_enrolment(self.district, request, offices.our_card(self.community).fingerprint, self.stick)
        return path

    def enrol(self) -> None:
        """Both know each other, by the deeds that the page calls."""
        offices.request_enrolment(self.community, self.stick, to=DISTRICT)
        offices.accept_welcome(self.community, self.welcome(), self.their_fingerprint)

    @property
    def their_fingerprint(self) -> str:
        """What the district's sheet shows."""
        return offices.our_card(self.district).fingerprint

    def answer(self, batch: Path, *returned: tuple[str, str, str, str]) -> Merged:
        """The district merges a batch and writes its receipt; `returned`: (type, id, field, reason) that it could not show."""
        merged = merging.merge(self.district, batch)
        with self.district.books.ledger.write() as conn:
            for kind, record, field, reason in returned:
                line = {"office": self.community.community, "kind": kind, "record": record, "batch": merged.number, "value": None}
                conn.execute(insert(fate), {**line, "fate": "退回", "field": field, "reason": reason})
        receipts.write_receipt(self.district, self.community.community, self.stick)
        return merged

    def next_day(self) -> str:
        """A day later in both offices."""
        moved(self.district, 1)
        return moved(self.community, 1)


def two_offices(ground: Path) -> TwoOffices:
    """Two ledgers that do not know each other yet."""
    stick = ground / "U盘"
    stick.mkdir()
    community = a_desk(ground / "community")
    return TwoOffices(community, a_desk(ground / "district", community=DISTRICT, tier="区"), stick)
