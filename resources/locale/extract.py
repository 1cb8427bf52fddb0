"""The words of the screen for the English catalogue: `make words` finds them, brings the catalogue up to date and compiles it.

Chinese is the source language, so a word is its own key. Two roads lead to the screen: `_("…")` where it is shown, which is read out of the
source; and a definition (a field, a state, a setting), which is translated only when it is shown and is therefore found by walking the
definitions themselves. A new constant of Chinese words that is shown through `_(variable)` gets its line in SPOKEN below.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALE = Path(__file__).resolve().parent
HOUSE = LOCALE.parents[1]
PO = LOCALE / "en" / "LC_MESSAGES" / "lianxin.po"
CHINESE = re.compile("[\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

# Module constants and enums whose Chinese words are shown through `_(variable)`, wherever they stand in desktop/.
SPOKEN = frozenset({
    "AGAIN", "ALARM", "AT_ONCE", "DEEDS", "FRONT", "FULL", "Fate", "GROUPS", "IN_TIME", "KEYS", "NOT_HERE", "NOT_YET", "PAPERS",
    "PAPERS_OF", "REFERRED", "Role", "SECTIONS", "SOURCES", "STATES", "STATE_BADGES", "STEP_NAMES", "TAKEN", "THEMES", "TIERS", "TOLD",
    "UNKNOWN_AREA", "UNSAVED", "WAITS", "_PERMITS",
})  # fmt: skip
FIGURE_KEY = re.compile(r"\d+\.")  # 8.会议 is the key of a figure


def sources() -> Iterator[tuple[ast.Module, str]]:
    """Every module of the program, parsed, and where it stands."""
    for source in sorted((HOUSE / "desktop").rglob("*.py")):
        yield ast.parse(source.read_text(encoding="utf-8")), source.relative_to(HOUSE).as_posix()


def marked_words() -> Iterator[tuple[str, str]]:
    """(word, where) of every `_("…")` in the source; SyntaxError for an f-string, which no catalogue can hold."""
    for module, where in sources():
        for node in ast.walk(module):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_" and node.args):
                continue
            said = node.args[0]
            if isinstance(said, ast.JoinedStr):
                raise SyntaxError(f"{where}:{node.lineno}: _() of an f-string")
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield said.value, where


def frozen() -> Iterator[str]:
    """Where `_()` is called while a module is imported: such a word stays Chinese, because the language is chosen later."""
    for module, where in sources():
        waiting: list[ast.AST] = list(module.body)
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                yield f"{where}:{node.lineno}"
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                waiting.extend([*node.decorator_list, *node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)])
            elif not isinstance(node, ast.Lambda):
                waiting.extend(ast.iter_child_nodes(node))


def spoken_words() -> Iterator[tuple[str, str]]:
    """(word, where) of the constants in SPOKEN; LookupError for a name that nothing has any more."""
    missing = set(SPOKEN)
    for module, where in sources():
        for statement in module.body:
            if found := SPOKEN & _names(statement):
                missing -= found
                body = statement.body if isinstance(statement, ast.ClassDef) else [statement]
                values = [line.value for line in body if isinstance(line, ast.Assign | ast.AnnAssign) and line.value is not None]
                yield from ((text, where) for value in values for text in _texts(value))
    if missing:
        raise LookupError(f"SPOKEN names what is no more: {', '.join(sorted(missing))}")


def _names(statement: ast.stmt) -> set[str]:
    """What a statement of a module gives its name to."""
    if isinstance(statement, ast.ClassDef):
        return {statement.name}
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AnnAssign) else []
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def _texts(value: ast.expr) -> Iterator[str]:
    """Every text inside a value, however deep; the key of a figure is no word."""
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not FIGURE_KEY.match(node.value):
            yield node.value


def defined_words() -> Iterator[tuple[str, str]]:
    """(word, where) of what stands in definitions: record types with their fields, states and moves; settings; figures."""
    from desktop.model.contents import RECORD_TYPES
    from desktop.model.keeping import SETTINGS
    from desktop.office.figure_lines import LINES

    for record in RECORD_TYPES:
        where = record.__module__.replace(".", "/") + ".py"
        yield from ((word, where) for word in (record.label, record.unit))
        for spec in record.fields().values():
            yield from ((word, where) for word in (spec.label, spec.group, spec.help, *_kind_words(spec.kind)))
        if record.flow is not None:
            yield from ((word, where) for word in record.flow.all_states)
            yield from ((move.label, where) for move in record.flow.moves)
            yield from ((due.todo, where) for due in record.flow.due)
    for setting in SETTINGS:
        yield from ((word, "desktop/model/keeping.py") for word in (setting.label, setting.group, setting.help, *_kind_words(setting.kind)))
    for line in LINES:
        yield from ((word, "desktop/office/figure_lines.py") for word in (line.label, line.unit, line.definition))


def _kind_words(kind: Any) -> Iterator[str]:
    """The words a kind shows: the choices of a list, the entries of a national table, the unit of a number."""
    yield from getattr(kind, "words", ())
    yield getattr(kind, "unit", "")
    if (table := getattr(kind, "table", None)) is not None:
        yield table.name
        yield from table.codes.values()


def words() -> dict[str, list[str]]:
    """Every word of the screen with the files in which it stands."""
    found: dict[str, set[str]] = {}
    for word, where in (*marked_words(), *spoken_words(), *defined_words()):
        if CHINESE.search(word):
            found.setdefault(word, set()).add(where)
    return {word: sorted(places) for word, places in sorted(found.items(), key=lambda item: (min(item[1]), item[0]))}


def kept() -> Catalog:
    """The catalogue as it was last translated."""
    with PO.open("rb") as lines:
        return read_po(lines, locale="en", domain="lianxin")


def fresh(old: Catalog) -> Catalog:
    """The catalogue of the words there are now, each with the translation it had; a word that is gone is left out."""
    new = Catalog(
        locale="en", domain="lianxin", header_comment=old.header_comment, project="lianxin", version="0.1.0", fuzzy=False,
        last_translator="the house", language_team="the house", msgid_bugs_address="the house",
        creation_date=old.creation_date, revision_date=old.creation_date,  # no clock: a run without new words changes nothing
    )  # fmt: skip
    for word, places in words().items():
        had = old.get(word)
        new.add(word, had.string if had else "", locations=[(place, 0) for place in places])
    return new


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads: the .mo of a catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Bring the catalogue up to date, compile it, and name what is still to be translated."""
    catalogue = fresh(kept())
    out = io.BytesIO()
    write_po(out, catalogue, width=0, include_lineno=False)
    PO.write_bytes(out.getvalue())
    PO.with_suffix(".mo").write_bytes(compiled(kept()))
    empty = [message.id for message in catalogue if message.id and not message.string]
    sys.stdout.write(f"{len(catalogue)} words, {len(empty)} to translate\n" + "".join(f"  {word}\n" for word in empty[:40]))


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    main()
