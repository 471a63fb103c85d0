"""A person's account: who may sign in, from which office, in which roles and for which units."""

from dataclasses import dataclass

from digitize.access.actor import Actor, Agency, Role

SHORTEST_PASSWORD = 12  # characters


@dataclass(frozen=True, slots=True)
class Account:
    """One person. The password lives in the store alone, as an Argon2id hash."""

    name: str  # what the person signs in with
    full_name: str
    agency: Agency
    unit: str
    roles: frozenset[Role]
    scope: frozenset[str]
    active: bool = True
    demo: bool = False  # made by the demonstration; marked as such wherever it is shown

    def actor(self) -> Actor:
        return Actor(self.name, self.agency, self.unit, self.roles, self.scope)
