"""A ledger's beginning and every day's opening: found the office, sign in, give out and take back the right to.

The password opens the keyring, the keyring opens the file, the file says who may do what. Signing in is itself a deed.
"""

import secrets
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import insert, select

from desktop.model.codes import office_name
from desktop.model.errors import Refusal
from desktop.model.keeping import User
from desktop.model.language import _
from desktop.model.place import Place
from desktop.model.roles import Role
from desktop.office.desk import Desk, Who, clock
from desktop.store import tries
from desktop.store.file import create_ledger, open_ledger
from desktop.store.key import Cost, Keyring
from desktop.store.tables import SCHEMA, build, meta, object_names
from desktop.store.work import Books

TIERS = ("社区", "镇街", "区")
SHORTEST_PASSWORD = 8


def found_office(
    folder: Path, *, community: str, tier: str = "社区", name: str = "", admin: str, login: str, password: str,
    post: str = "", now: Callable[[], str] = clock, cost: Cost | None = None, removable_agreed: bool = False,
) -> tuple[Desk, str]:  # fmt: skip
    """A new, empty ledger of one office with its first user, open; and the recovery key to be printed.

    Raises Refusal for a weak password or a code that is not twelve digits, Trouble for a bad place.
    """
    refuse_weak(password, login)
    if len(community) != 12 or not community.isdigit():
        raise Refusal(_("区划代码应为12位数字"), record=community)
    raw_key = secrets.token_bytes(32)
    keyring, recovery = Keyring.new({login: password}, raw_key, cost)
    ledger = create_ledger(folder, raw_key, build, SCHEMA, removable_agreed=removable_agreed)
    try:
        keyring.save(folder)
        known, above = office_name(community)
        facts = {"community": community, "tier": tier, "name": name or known, "above": above, "founded_at": now()}
        with ledger.write() as conn:
            conn.execute(insert(meta), [{"key": key, "value": value} for key, value in facts.items()])
        books = Books(ledger)
        with books.work(who=login, deed="ledger.found", at=now()) as work:
            user = work.add(User, name=admin, login=login, role=Role.ADMIN.value, post=post or None, active=1)
            if tier == "社区":
                work.add(Place, name=name or known, kind="社区")
    except BaseException:
        ledger.close()
        raise
    return Desk(books, Who(user, admin, login, Role.ADMIN), now), recovery


def sign_in(folder: Path, login: str, password: str, *, now: Callable[[], str] = clock) -> Desk:
    """The ledger is open and somebody sits at it. Raises WrongPassword, WaitFirst after too many wrong ones, and what opening may raise."""
    return open_desk(folder, login.strip(), tries.sign_in(folder, login, password, now=time.time()), now=now)


def open_desk(folder: Path, login: str, raw_key: bytes, *, now: Callable[[], str] = clock) -> Desk:
    """The ledger is open with a key that stands already; the sign-in is written down."""
    ledger = open_ledger(folder, raw_key, version=SCHEMA, names=object_names())
    try:
        books = Books(ledger)
        still = books.fact("rehearsal")
        if still is not None:  # a rehearsal stands at its hour, or everything in it would be overdue by years
            now = partial(str, still)
        table = User.table()
        with books.read() as conn:
            row = conn.execute(
                select(table).where(table.c.login == login, table.c.ended_on.is_(None), table.c.community == books.community)
            ).mappings().first()  # fmt: skip
        if row is None or not row["active"]:
            raise Refusal(_("这个用户已停用"), record=login, todo=_("请管理员在“设置 · 用户”里启用"))
        desk = Desk(books, Who(row["id"], row["name"], row["login"], Role(row["role"])), now)
        with desk.deed("ledger.sign_in") as work:
            work.change(User, row["id"], last_seen_on=work.today)
    except BaseException:
        ledger.close()
        raise
    return desk


def add_user(desk: Desk, *, name: str, login: str, password: str, role: Role, post: str | None = None) -> str:
    """Somebody else may open this ledger; the id of the user."""
    refuse_weak(password, login)
    folder, raw_key = desk.books.ledger.folder, desk.books.ledger.raw_key
    keyring = Keyring.load(folder).add_user(login, password, raw_key)
    with desk.deed("user.add") as work:
        key = work.add(User, name=name, login=login, role=role.value, post=post, active=1)
        keyring.save(folder)
        return key


def set_active(desk: Desk, user: str, *, active: bool) -> None:
    """A user may sign in, or may not; the last active 管理 stays."""
    with desk.deed("user.correct") as work:
        row = work.get(User, user)
        if not active and row["role"] == Role.ADMIN.value:
            others = [one for one in work.rows(User, role=Role.ADMIN.value, active=1) if one["id"] != user]
            if not others:
                raise Refusal(_("最后一个管理员不能停用"), record=row["name"], todo=_("先给别人“管理”权限"))
        work.change(User, user, active=int(active))


def set_role(desk: Desk, user: str, role: Role) -> None:
    """A user has another role; the last active 管理 stays."""
    with desk.deed("user.correct") as work:
        row = work.get(User, user)
        if row["role"] == Role.ADMIN.value and role is not Role.ADMIN:
            others = [one for one in work.rows(User, role=Role.ADMIN.value, active=1) if one["id"] != user]
            if not others:
                raise Refusal(_("最后一个管理员不能改成别的权限"), record=row["name"], todo=_("先给别人“管理”权限"))
        work.change(User, user, role=role.value)


def change_password(desk: Desk, old: str, new: str) -> None:
    """The person at this desk signs in with another password from now on; the old one or the new one works, never neither."""
    refuse_weak(new, desk.who.login)
    folder = desk.books.ledger.folder
    keyring = Keyring.load(folder).change_password(desk.who.login, old, new)
    with desk.deed("ledger.change_password") as work:
        work.remark(desk.who.login)
    keyring.save(folder)


def reset_with_recovery(folder: Path, recovery: str, login: str, new: str, *, now: Callable[[], str] = clock) -> Desk:
    """Somebody who forgot the password opens the ledger with the printed recovery key and a new password."""
    refuse_weak(new, login)
    keyring = Keyring.load(folder)
    raw_key = tries.sign_in_with_recovery(folder, recovery, now=time.time())
    keyring.reset_password(login, new, raw_key).save(folder)
    return open_desk(folder, login, raw_key, now=now)


def refuse_weak(password: str, login: str) -> None:
    """Refuse what is guessed at once: too short, the sign-in name, one character repeated."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(_("口令至少 {count} 位").format(count=SHORTEST_PASSWORD))
    if password.lower() == login.lower() or len(set(password)) < 3:
        raise Refusal(_("口令太容易猜"), todo=_("混用字母、数字，不要用登录名"))
