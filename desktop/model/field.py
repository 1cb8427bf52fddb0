"""`field()`: everything the program knows about one thing a record keeps, said once, where it is kept.

From these words and nothing else come the table page, its filters, the form, the validation messages, the Excel
columns, the plain list print, the search entry, the change history and the line that travels to the district.
How a value is typed, checked, shown and masked is the business of its *kind* (`kinds`).
"""

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import MappedColumn, mapped_column

from desktop.model.roles import EVERYBODY, WRITERS, Role

if TYPE_CHECKING:
    from desktop.model.kinds import Kind, Value

INFO_KEY = "field"
HIDDEN = "＊＊＊"


class Upward(enum.Enum):
    """How a field travels to the tier above."""

    FULL = "full"
    MASKED = "masked"  # 李*芳: enough to talk about, not enough to find somebody
    COUNT = "count"  # a keyed hash: enough to count distinct people
    NEVER = "never"


@dataclass(frozen=True)
class Field:
    """One field of a record type; the vocabulary of the whole definition."""

    key: str
    label: str
    kind: "Kind"
    required: bool = False
    unique: bool = False
    listed: bool = False
    searched: bool = False
    imported: bool = True
    group: str = ""
    help: str = ""
    upward: Upward = Upward.FULL
    was: tuple[str, ...] = ()
    together: str = ""
    written: bool = True
    seen_by: frozenset[Role] = EVERYBODY

    @property
    def sensitive(self) -> bool:
        """Masked wherever it stands until somebody of `seen_by` asks, and that is written down."""
        return self.kind.sensitive or self.seen_by != EVERYBODY

    def mask(self, value: "Value") -> str:
        """The value in words for somebody who need not know it all; a kind that has no mask of its own shows none of it."""
        words = self.kind.mask(value)
        return HIDDEN if words and self.sensitive and not self.kind.masks and words == self.kind.show(value) else words

    @property
    def on_form(self) -> bool:
        """A clerk fills it; a serial or a state is filled by the deeds."""
        return self.written and bool(self.group)


def field(
    label: str,
    kind: "Kind",
    *,
    required: bool = False,
    unique: bool = False,
    listed: bool = False,
    searched: bool = False,
    imported: bool = True,
    group: str = "基本信息",
    help: str = "",  # noqa: A002 - the word a reader of the definition expects
    upward: Upward | None = None,
    was: tuple[str, ...] = (),
    together: str = "",
    written: bool = True,
    seen_by: frozenset[Role] | None = None,
) -> MappedColumn[Any]:
    """Declare a field of a record type.

    `required`  a record is not saved without it (a record merged from a stick may lack it: some fields never travel)
    `unique`    no two living records of one community share it
    `listed`    stands in the table as it opens, in this order; every field can be switched on there
    `searched`  its words find the record from Ctrl+K and the list's search box
    `imported`  False keeps it out of the Excel template
    `group`     the heading of the form under which it stands, in the order of the paper form; "" keeps it off the form
    `upward`    how it travels; the kind's own caution unless said
    `was`       former labels, so that last year's template still imports
    `together`  fields with the same word are one unit for merging (a state and its date)
    `written`   False: filled by deeds, never typed
    `seen_by`   the roles that may see the whole value; masked for all until one of them asks. Everybody, unless said or the
                kind is careful by itself (ID number, telephone)
    """
    spec = Field(
        key="", label=label, kind=kind, required=required, unique=unique, listed=listed, searched=searched,
        imported=imported and written, group=group, help=help, upward=upward or kind.upward, was=was,
        together=together, written=written, seen_by=seen_by or (WRITERS if kind.sensitive else EVERYBODY),
    )  # fmt: skip
    return mapped_column(kind.column, nullable=True, info={INFO_KEY: spec})


def named(spec: Field, key: str) -> Field:
    """The same field, knowing the attribute it stands under."""
    return replace(spec, key=key)
