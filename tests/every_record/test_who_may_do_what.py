"""Every deed against every role: deny by default, and whoever tried in vain is written down."""

import re
from pathlib import Path

import pytest

import desktop
from desktop.model.access import DEEDS, PLAIN_DEEDS, may, rights
from desktop.model.contents import RECORD_TYPES
from desktop.model.errors import NotAllowed
from desktop.model.roles import ADMINS, EVERYBODY, REVIEWERS, WRITERS, Role
from desktop.office.desk import Desk
from tests.builders import audited, everything, seen_as

SOURCES = sorted(path for path in Path(desktop.__file__).parent.rglob("*.py") if "demo" not in path.parts)
NAMED = re.compile(r'(?:\.deed|\.require|\.refuse|deed=)\(?"([a-z_]+\.[a-z_]+)"')
FOUNDING = {"ledger.found"}  # done before anybody may be refused

# Written down by hand once more, so that a right is never widened by a slip in a definition.
ONLY_REVIEWERS = {
    "check_in.resume", "service.confirm", "service.send_back", "opinion.strike_off", "opinion.decline", "opinion.reopen",
    "livelihood_project.approve", "livelihood_project.accept", "livelihood_project.strike_off", "danger.reopen",
    "paper.print_unmasked", "template.write",
}  # fmt: skip
ONLY_ADMINS = {"ledger.restore", "user.reset", "setting.choose", "record.erase", "keys.enrol", "keys.trust", "keys.revoke"} | {
    f"{kind}.{deed}" for kind in ("user", "setting") for deed in PLAIN_DEEDS
}
FOR_ALL = {"ledger.sign_in", "ledger.change_password", "ledger.check"}


def expected(deed: str) -> frozenset[Role]:
    if deed in FOR_ALL:
        return EVERYBODY
    if deed in ONLY_ADMINS:
        return ADMINS
    return REVIEWERS if deed in ONLY_REVIEWERS else WRITERS


every_role = pytest.mark.parametrize("role", Role, ids=lambda role: role.name.lower())


@every_role
@pytest.mark.parametrize("deed", sorted(rights()))
def test_the_matrix(deed: str, role: Role) -> None:
    assert may(role, deed) is (role in expected(deed))
    assert rights()[deed] == expected(deed)


def test_the_lists_of_this_page_name_deeds_that_exist() -> None:
    assert set(rights()) >= ONLY_REVIEWERS | ONLY_ADMINS | FOR_ALL


@every_role
@pytest.mark.parametrize("deed", ["", ".", "person", "person.", "person.fly", "nobody.add", "opinion.rewrite", "Person.add", "user.add."])
def test_what_nobody_declared_nobody_may_do(deed: str, role: Role) -> None:
    assert not may(role, deed)


def test_every_record_type_is_guarded_the_moment_it_is_written() -> None:
    for record in RECORD_TYPES:
        assert {f"{record.__tablename__}.{deed}" for deed in PLAIN_DEEDS} <= set(rights())


def test_the_deeds_that_the_program_does_are_all_declared() -> None:
    """A name that is spelt wrong in a deed would be refused to everybody."""
    done = {name for path in SOURCES for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert len(done) >= 20
    assert done - FOUNDING <= set(rights())


def test_no_declared_deed_is_named_like_a_plain_one_with_other_rights() -> None:
    for deed, roles in DEEDS.items():
        assert rights()[deed] == roles


@every_role
def test_whoever_tries_in_vain_is_refused_and_written_down(role: Role, desk: Desk) -> None:
    here = seen_as(desk, role)
    for deed in sorted(rights()):
        if here.may(deed):
            continue
        before = everything(desk)
        with pytest.raises(NotAllowed, match=role.value), here.deed(deed) as work:
            work.conn.exec_driver_sql("DELETE FROM person")
        after = everything(desk)
        assert audited(desk)[-1] == (deed, False)
        assert {table for table in after if after[table] != before[table]} == {"audit"}


def test_a_reader_may_sign_in_change_the_password_and_check_the_ledger_and_nothing_else() -> None:
    assert {deed for deed in rights() if may(Role.READER, deed)} == FOR_ALL
