"""Who works here: four roles, deny by default."""

import enum


class Role(enum.Enum):
    """What a person who signs in may do. The word is what is stored."""

    CLERK = "录入"
    REVIEWER = "审核"
    ADMIN = "管理"
    READER = "只读"


WRITERS = frozenset({Role.CLERK, Role.REVIEWER, Role.ADMIN})
REVIEWERS = frozenset({Role.REVIEWER, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})
EVERYBODY = frozenset(Role)
