"""People, regions, products and the like by what a sheet calls them, read once per check."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model

from crm.importing.cells import folded
from crm.importing.parsers import near
from crm.models import Competitor, Currency, PriceList, Product, ProductLine, Region, Team, Unit, User


@dataclass(frozen=True)
class PersonEntry:
    """A colleague as the parsers need one."""

    pk: int
    name: str
    username: str
    active: bool


KINDS: dict[str, type[Model]] = {
    "region": Region,
    "team": Team,
    "product_line": ProductLine,
    "product": Product,
    "unit": Unit,
    "currency": Currency,
    "price_list": PriceList,
    "competitor": Competitor,
}


class Lookups:
    """Answers the parsers' questions from memory."""

    def __init__(self) -> None:
        self._read: dict[str, list[tuple[Any, str, list[str]]]] = {}
        self._by_name: dict[str, dict[str, list[Any]]] = {}

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

    def _rows(self, kind: str) -> list[tuple[Any, str, list[str]]]:
        """Key, code and names of every row of a kind, read once."""
        if kind not in self._read:
            model = KINDS[kind]
            fields = {field.name for field in model._meta.concrete_fields}
            names = [name for name in ("name", "short_name", "name_en") if name in fields]
            rows = model._base_manager.order_by("pk").values_list("pk", "code", *names)
            self._read[kind] = [(pk, code, list(words)) for pk, code, *words in rows]
        return self._read[kind]

    def _named(self, kind: str) -> dict[str, list[Any]]:
        if kind not in self._by_name:
            found: dict[str, list[Any]] = defaultdict(list)
            codes: dict[str, list[Any]] = {}
            for pk, code, words in self._rows(kind):
                codes[folded(code)] = [pk]
                for word in {folded(word) for word in words} - {""}:
                    found[word].append(pk)
            self._by_name[kind] = {**found, **codes}
        return self._by_name[kind]

    def references(self, kind: str, folded_name: str) -> list[Any]:
        """Keys of the rows of a kind with this code or name."""
        return self._named(kind).get(folded_name, [])

    def near_reference(self, kind: str, text: str) -> str | None:
        """The name of a row that is most like the text."""
        return near(text, (words[0] for _pk, _code, words in self._rows(kind) if words))
