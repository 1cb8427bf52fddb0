"""How a cell of 批量录入 is filled: what the line under the grid says of it, and what drops down under it to be chosen."""

from collections.abc import Sequence

from desktop.model.field import Field
from desktop.model.kinds.choices import Choice, Code, Flag
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Tags
from desktop.model.language import _
from desktop.ui.session import Session

OFFERED = 14  # entries of a list that drops down under a cell


def hints_of(spec: Field) -> list[str]:
    """How a cell is filled, as the line under the grid says it."""
    kind = spec.kind
    words = [_("必填") if spec.required else "", _(spec.help) if spec.help else ""]
    if isinstance(kind, Link):
        words.append(_("填账里已有的名称，Alt+↓ 列出"))
    elif isinstance(kind, Tags):
        words.append(_("可填几个，用顿号隔开：{words}").format(words=kind.hint()))
    else:
        words.append(kind.hint())
    return [word for word in words if word]


def options_of(spec: Field, session: Session, typed: str) -> Sequence[tuple[str, str]]:
    """(word, detail) of what may stand in a cell in which `typed` stands; nothing where everything may."""
    kind = spec.kind
    if isinstance(kind, Link):
        return [(word, detail) for _id, word, detail in session.search_for(kind.to)(typed)[:OFFERED]]
    if isinstance(kind, Flag):
        return [(_("是"), ""), (_("否"), "")]
    if isinstance(kind, Choice | Code):
        return [(word, "") for _stored, word in kind.options()]
    return []
