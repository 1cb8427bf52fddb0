"""Who may do what: every deed of the program with the roles that may do it. What is not named here nobody may do.

Plain records add three deeds each (`person.add`, `.correct`, `.end`), flows one for each move (`opinion.close`); they are read
from the definitions, so that a new record type is guarded the moment it is written.
"""

from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.roles import ADMINS, EVERYBODY, REVIEWERS, WRITERS, Role

PLAIN_DEEDS = ("add", "correct", "end", "take_back", "revert")

DEEDS: dict[str, frozenset[Role]] = {
    "ledger.sign_in": EVERYBODY,
    "ledger.change_password": EVERYBODY,
    "ledger.back_up": WRITERS,
    "ledger.restore": ADMINS,
    "ledger.check": EVERYBODY,
    "user.reset": ADMINS,
    "setting.choose": ADMINS,
    "setting.look": WRITERS,
    "record.unmask": WRITERS,
    "record.erase": ADMINS,
    "record.import": WRITERS,
    "record.undo_import": WRITERS,
    "record.export": WRITERS,
    "attachment.attach": WRITERS,
    "attachment.take_out": WRITERS,
    "draft.keep": WRITERS,
    "draft.drop": WRITERS,
    "filter.keep": WRITERS,
    "filter.drop": WRITERS,
    "paper.print": WRITERS,
    "paper.print_unmasked": REVIEWERS,
    "checkin.check_in": WRITERS,
    "activity.record": WRITERS,
    "opinion.register": WRITERS,
    "opinion.note": WRITERS,
    "project.link": WRITERS,
    "project.from_opinion": WRITERS,
    "inspection.start": WRITERS,
    "inspection.mark": WRITERS,
    "inspection.danger": WRITERS,
    "template.write": REVIEWERS,
    "batch.seal": WRITERS,
    "batch.hand_over": WRITERS,
    "batch.report_lost": WRITERS,
    "batch.merge": WRITERS,
    "receipt.write": WRITERS,
    "receipt.read": WRITERS,
    "conflict.decide": WRITERS,
    "keys.enrol": ADMINS,
    "keys.trust": ADMINS,
    "keys.revoke": ADMINS,
}


def rights() -> dict[str, frozenset[Role]]:
    """Deed → roles, for every deed there is."""
    found = dict(DEEDS)
    for record in RECORD_TYPES:
        for deed in PLAIN_DEEDS:
            found[f"{record.__tablename__}.{deed}"] = record.written_by
        for move in record.flow.moves if record.flow else ():
            found[f"{record.__tablename__}.{move.deed}"] = move.by
    return found


def may(role: Role, deed: str) -> bool:
    """Whether a role may do a deed; no for a deed that nobody declared."""
    if deed in DEEDS:
        return role in DEEDS[deed]
    kind, _dot, verb = deed.partition(".")
    try:
        record = record_type(kind)
    except KeyError:
        return False
    if verb in PLAIN_DEEDS:
        return role in record.written_by
    moves = record.flow.moves if record.flow else ()
    return any(move.deed == verb and role in move.by for move in moves)
