"""How the simulator describes an entity set: its service, key, properties with their types, and where it leads."""

from dataclasses import dataclass, field, replace

DATE = ("Edm.DateTime", "", "0", "")
DATE7 = ("Edm.DateTime", "", "7", "")
MOMENT = ("Edm.DateTimeOffset", "", "7", "")
CLOCK = ("Edm.Time", "", "0", "")
FLAG = ("Edm.Boolean", "", "", "")

Facets = tuple[str, str, str, str]  # type, MaxLength, Precision, Scale


def chars(length: int) -> Facets:
    """Text of at most that many characters."""
    return ("Edm.String", str(length), "", "")


def digits(precision: int, scale: int = 3) -> Facets:
    """A decimal number."""
    return ("Edm.Decimal", "", str(precision), str(scale))


@dataclass(frozen=True)
class EntityType:
    """An entity set: its service, key, properties, and the sets that can be expanded (name -> set).

    `single` are those of `expands` that lead to one entity: name -> (property here, property there). `etag` is the property that
    changes with every change. `columns` says where a property that was renamed is kept.
    """

    name: str
    service: str
    key: tuple[str, ...]
    properties: dict[str, Facets]
    expands: dict[str, str] = field(default_factory=dict)
    indexes: tuple[tuple[str, ...], ...] = ()
    single: dict[str, tuple[str, str]] = field(default_factory=dict)
    etag: str = ""
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def space(self) -> str:
        """The service's namespace: its name without the version."""
        return self.service.partition(";")[0]

    def column(self, name: str) -> str:
        """Where a property is kept."""
        return self.columns.get(name, name)

    def facets(self, column: str) -> Facets:
        """The type of what is kept in a column."""
        return next(found for name, found in self.properties.items() if self.column(name) == column)

    def changed(self, changes: dict[str, str]) -> "EntityType":
        """The set after a change of the schema: property -> its new name, or "" when it is gone."""
        named = {changes.get(name, name): facets for name, facets in self.properties.items()}
        columns = {new: old for old, new in changes.items() if new}
        return replace(self, properties={name: facets for name, facets in named.items() if name}, columns=columns)
