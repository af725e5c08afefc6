"""People, regions and teams by what a sheet calls them, read once per check."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from crm.importing.cells import folded
from crm.importing.parsers import near
from crm.models import Region, Team, User


@dataclass(frozen=True)
class PersonEntry:
    """A colleague as the parsers need one."""

    pk: int
    name: str
    username: str
    active: bool


class Lookups:
    """Answers the parsers' questions from memory."""

    @cached_property
    def everybody(self) -> list[PersonEntry]:
        """All colleagues."""
        fields = ("pk", "display_name", "username", "is_active")
        people = User.objects.order_by("pk").values_list(*fields)
        return [PersonEntry(pk, name, username, active) for pk, name, username, active in people]

    @cached_property
    def _people(self) -> dict[str, list[PersonEntry]]:
        found: dict[str, list[PersonEntry]] = defaultdict(list)
        for person in self.everybody:
            for name in {folded(person.name), folded(person.username)}:
                found[name].append(person)
        return found

    def people(self, folded_name: str) -> list[PersonEntry]:
        """Those with this name; a user name comes before a display name that reads the same."""
        found = self._people.get(folded_name, [])
        exact = [person for person in found if folded(person.username) == folded_name]
        return exact or found

    def near_person(self, text: str) -> str | None:
        """The name of an active colleague that is most like the text."""
        return near(text, (person.name for person in self.everybody if person.active))

    @cached_property
    def _references(self) -> dict[str, dict[str, list[int]]]:
        return {"region": self._named(Region), "team": self._named(Team)}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        return {
            "region": list(Region.objects.order_by("pk").values_list("name", flat=True)),
            "team": list(Team.objects.order_by("pk").values_list("name", flat=True)),
        }

    @staticmethod
    def _named(model: type[Region] | type[Team]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        codes: dict[str, list[int]] = {}
        for pk, code, name, name_en in model.objects.order_by("pk").values_list("pk", "code", "name", "name_en"):
            codes[folded(code)] = [pk]
            for word in {folded(name), folded(name_en)} - {""}:
                found[word].append(pk)
        return {**found, **codes}

    def references(self, kind: str, folded_name: str) -> list[int]:
        """Ids of the regions or teams with this code or name."""
        return self._references[kind].get(folded_name, [])

    def near_reference(self, kind: str, text: str) -> str | None:
        """The name of a region or team that is most like the text."""
        return near(text, self._names[kind])
