"""The rules of who sees which rows, read aloud in plain Python: what the database's answer is compared with."""

import datetime as dt
from dataclasses import dataclass, field

ORDER = ("own", "team", "team_below", "business_unit", "all")


@dataclass
class Person:
    """Somebody with roles (reach, exceptions), a unit, and periods in teams."""

    pk: int
    unit: int | None
    roles: list[tuple[str, dict[str, str]]]
    memberships: list[tuple[int, dt.date, dt.date | None]] = field(default_factory=list)


@dataclass
class Row:
    """A record with its three stamps; `customer` for documents."""

    pk: int
    owner: int | None
    team: int | None
    unit: int
    customer: "Row | None" = None


@dataclass
class World:
    """Everything that decides. `parent` maps a team to the one above; `deputies` are (absent, deputy, from, until);
    `shares` are (kind, key, person, level, until)."""

    today: dt.date
    people: dict[int, Person]
    parent: dict[int, int | None]
    deputies: list[tuple[int, int, dt.date, dt.date]]
    shares: list[tuple[str, int, int, str, dt.date | None]]

    def sees(self, reader: int, kind: str, row: Row, *, write: bool = False) -> bool:
        """Whether the reader, or anybody the reader stands in for today, sees the row."""
        return any(self._sees(person, kind, row, write) for person in [reader, *self.absent(reader)])

    def absent(self, reader: int) -> list[int]:
        """Whom the reader stands in for today."""
        return [who for who, deputy, first, last in self.deputies if deputy == reader and first <= self.today <= last]

    def _sees(self, pk: int, kind: str, row: Row, write: bool) -> bool:
        person = self.people[pk]
        reach = max((roles[1].get(kind, roles[0]) for roles in person.roles), key=ORDER.index, default="own")
        if reach == "all" or self._shared(pk, kind, row, write):
            return True
        if row.customer is not None and self._shared(pk, "customers.customer", row.customer, write):
            return True
        if self._stamped(person, reach, row):
            return True
        return row.customer is not None and self._stamped(person, reach, row.customer)

    def _stamped(self, person: Person, reach: str, row: Row) -> bool:
        if row.owner == person.pk:
            return True
        if reach == "business_unit":
            return person.unit is not None and row.unit == person.unit
        mine = {
            t for t, first, last in person.memberships if first <= self.today and (last is None or last >= self.today)
        }
        if reach == "team":
            return row.team in mine
        return reach == "team_below" and any(team in mine for team in self._up(row.team))

    def _up(self, team: int | None) -> list[int]:
        found = []
        while team is not None:
            found.append(team)
            team = self.parent[team]
        return found

    def _shared(self, pk: int, kind: str, row: Row, write: bool) -> bool:
        return any(
            (kind, row.pk, pk) == (k, key, who)
            and (level == "write" or not write)
            and (until is None or until >= self.today)
            for k, key, who, level, until in self.shares
        )
