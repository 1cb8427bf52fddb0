"""`Record`: what every kept thing has, and how the rest of the program reads a record type's definition.

`community` leads every key and index, so that the same tables serve one office, a district, and a shard by community.
Nothing is deleted from under its history: a row ends (`ended_on`, reason) or is erased on purpose, leaving a tombstone.
`sitting`, `tick` and `stamps` say which change of which ledger each field comes from (docs/exchange.md).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, MetaData, RowMapping, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from desktop.model.errors import Mistake, Refusal
from desktop.model.field import INFO_KEY, Field, named
from desktop.model.flow import Flow
from desktop.model.kinds import Value
from desktop.model.kinds.choices import State
from desktop.model.kinds.records import Link, Serial
from desktop.model.language import _
from desktop.model.roles import WRITERS, Role

ID_LENGTH = 32

Kept = RowMapping | Mapping[str, Any]  # a record as it stands on the disk


class Base(DeclarativeBase):
    """The metadata under which every table of a ledger stands."""

    metadata = MetaData()


class Record(Base):
    """The base of every record type."""

    __abstract__ = True

    label: ClassVar[str]
    icon: ClassVar[str] = "file-text"
    named_by: ClassVar[tuple[str, ...]] = ("name",)  # the fields that name a record in lists, links and messages
    ordered_by: ClassVar[str] = ""  # the field by which its list opens; "-" in front for the newest first
    belongs_to: ClassVar[str] = ""  # the link to the record of which it is a part: a handling belongs to its opinion
    flow: ClassVar[Flow | None] = None
    travels: ClassVar[bool] = True
    stays: ClassVar[bool] = False  # never ended and never erased
    written_by: ClassVar[frozenset[Role]] = WRITERS
    unit: ClassVar[str] = "条"
    keeps: ClassVar[tuple[str, ...]] = ()  # fields that stay for the next record after 保存并新增
    notes: ClassVar[dict[str, str]] = {}  # a small word beside a heading of the form
    begins_today: ClassVar[tuple[str, ...]] = ()  # days that a new record has before anybody types
    begins_as_last: ClassVar[tuple[str, ...]] = ()  # fields that a new record takes from the one entered last

    community: Mapped[str] = mapped_column(Text, primary_key=True)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, nullable=False)
    created_at: Mapped[str] = mapped_column(Text, nullable=False)
    created_by: Mapped[str] = mapped_column(Text, nullable=False)
    changed_at: Mapped[str] = mapped_column(Text, nullable=False)
    changed_by: Mapped[str] = mapped_column(Text, nullable=False)
    ended_on: Mapped[str | None] = mapped_column(Text)
    ended_because: Mapped[str | None] = mapped_column(Text)
    sort_key: Mapped[str | None] = mapped_column(Text)  # the title by pinyin; derived, so that lists sort as a clerk reads
    sitting: Mapped[str] = mapped_column(Text, nullable=False)
    tick: Mapped[int] = mapped_column(Integer, nullable=False)
    stamps: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[str | None] = mapped_column(Text)

    def __init_subclass__(cls, **options: Any) -> None:
        cls.__tablename__ = table_name(cls.__name__)  # a plain word: every row of every search asks for it
        super().__init_subclass__(**options)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - SQLAlchemy calls it with the class
        name = table_name(cls.__name__)
        return (
            CheckConstraint("length(community) = 12", name=f"{name}_community"),
            CheckConstraint(f"length(id) = {ID_LENGTH}", name=f"{name}_id"),
            CheckConstraint("version > 0 AND tick > 0", name=f"{name}_counted"),
            Index(f"{name}_by_stamp", "community", "sitting", "tick"),
            Index(f"{name}_by_sort_key", "community", "sort_key", "id"),
            {"sqlite_strict": True},
        )

    @classmethod
    def table(cls) -> Table:
        """The table itself, for Core statements."""
        return cls.__table__  # type: ignore[return-value]  # SQLAlchemy types it as any selectable

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """The fields in the order of the definition."""
        return _fields_of(cls)

    @classmethod
    def groups(cls) -> dict[str, list[Field]]:
        """The fields of the form under their headings, in the order of the paper form."""
        groups: dict[str, list[Field]] = {}
        for spec in cls.fields().values():
            if spec.on_form:
                groups.setdefault(spec.group, []).append(spec)
        return groups

    @classmethod
    def listed(cls) -> list[Field]:
        """The fields of the table as it opens."""
        return list(_listed_of(cls))

    @classmethod
    def links(cls) -> dict[str, str]:
        """Field → table name of the record it points to."""
        return _links_of(cls)

    @classmethod
    def called(cls, row: Kept, *, masked: bool = False) -> str:
        """A record in a few words, for links and messages."""
        parts = []
        for key in cls.named_by:
            kind = cls.fields()[key].kind
            if not isinstance(kind, Link):  # an id says nothing to a reader; `page.title_of` follows the link
                parts.append(kind.mask(row[key]) if masked else kind.show(row[key]))
        return " ".join(part for part in parts if part) or cls.label

    @classmethod
    def mistakes(cls, values: Kept, *, whole: bool = True) -> tuple[Mistake, ...]:
        """What is wrong with these values; with `whole` also what is missing."""
        found = []
        for key, required, check in _checks_of(cls):
            value = values.get(key)
            if value is None or value == "":
                if whole and required:
                    found.append(Mistake(key, _("必填")))
                continue
            try:
                check(value)
            except Refusal as refusal:
                found.append(Mistake(key, refusal.what))
        return tuple(found)

    @classmethod
    def refuse_mistakes(cls, mistakes: Iterable[Mistake], record: str = "") -> None:
        """Raise one Refusal that names every field that cannot stay."""
        found = tuple(mistakes)
        if not found:
            return
        said = "，".join(f"{_(cls.fields()[mistake.field].label)} {mistake.why}" for mistake in found)
        raise Refusal(
            _("有 {count} 处要改才能保存：{said}").format(count=len(found), said=said),
            record=record or _(cls.label),
            mistakes=found,
        )


def table_name(class_name: str) -> str:
    """LivelihoodProject → livelihood_project."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


@cache
def _fields_of(record: type[Record]) -> dict[str, Field]:
    return {column.key: named(column.info[INFO_KEY], column.key) for column in record.__table__.columns if INFO_KEY in column.info}


@cache
def _listed_of(record: type[Record]) -> tuple[Field, ...]:
    return tuple(spec for spec in record.fields().values() if spec.listed)


@cache
def _links_of(record: type[Record]) -> dict[str, str]:
    return {key: spec.kind.to for key, spec in record.fields().items() if isinstance(spec.kind, Link)}


@cache
def _checks_of(record: type[Record]) -> tuple[tuple[str, bool, Callable[[Value], None]], ...]:
    return tuple((key, spec.required, spec.kind.check) for key, spec in record.fields().items())


def index_listed(record: type[Record]) -> None:
    """Give every sortable column of a record type its index (community, column, id), so that pages go by key.

    Called once by the contents page when all classes stand; a record type declares no index itself.
    """
    table = record.table()
    for key, spec in record.fields().items():
        name = f"{table.name}_by_{key}"
        wanted = spec.listed or spec.unique or isinstance(spec.kind, Link | Serial | State)
        if wanted and not any(index.name == name for index in table.indexes):
            Index(name, table.c.community, table.c[key], table.c.id)
