"""How a story is told: steps at their hours, each one real deed by one of the people who sit at this desk."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from desktop.demo.world import CommunityPlan
from desktop.demo.world_people import Town
from desktop.demo.world_rows import Sheaf
from desktop.model.keeping import User
from desktop.model.roles import Role
from desktop.office.desk import Desk


@dataclass(frozen=True)
class Step:
    """Something that is done at this hour."""

    at: str
    do: Callable[[], object]

    def clock(self) -> str:
        """The hour of the step, as a desk asks for it."""
        return self.at


@dataclass
class Stage:
    """Where a story is played: the desk, the community, and what the story has made so far, by its own names."""

    desk: Desk
    plan: CommunityPlan
    town: Town
    sheaf: Sheaf
    campaigns: dict[str, str]
    template: str
    items: list[str]
    made: dict[str, str] = field(default_factory=dict)

    def sit(self, name: str) -> Desk:
        """The desk with this person at it: a user of that name, or the founder signing for him. The story has every right."""
        for row in self.desk.rows(User):
            if row["name"] == name:
                self.desk.who = replace(self.desk.who, id=row["id"], name=name, login=row["login"], role=Role.ADMIN)
                return self.desk
        self.desk.who = replace(self.desk.who, name=name)
        return self.desk

    def keep(self, name: str, do: Callable[[], str]) -> Callable[[], None]:
        """A deed whose record is remembered by a name."""

        def step() -> None:
            self.made[name] = do()

        return step
