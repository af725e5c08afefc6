"""What a fact, a measure and an indicator are. Plain data: nothing here reads the database."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from analytics.enums import Aggregate, Direction, Kind, Role, Tier, Unit

Label = str | Promise


@dataclass(frozen=True)
class Fact:
    """Rows of one table that measures are taken from.

    `model` is a model's label, `permission` what one needs to be shown its rows; `rows` names methods of its query set that
    say which rows count ("valid"), none for all of them. `date` is the field (a day or a moment) whose month they count in,
    `dimensions` maps dimension keys to columns. `source` is the name under which writers report changes
    (crm.events.facts_changed). With `until_today` rows dated after today do not count yet. A fact of states has `at`: its
    methods take the day; `date` is then
    the day from which an item may count.
    """

    key: str
    label: Label
    model: str
    permission: str
    source: str
    date: str
    dimensions: dict[str, str]
    rows: tuple[str, ...] = ()
    until_today: bool = False
    at: str = ""
    live_only: tuple[
        str, ...
    ] = ()  # dimensions that are never stored, because they would fill the table for little use

    @property
    def is_state(self) -> bool:
        """Whether its measures are states at a day."""
        return bool(self.at)

    @property
    def stored(self) -> list[str]:
        """The dimensions that sums are stored for."""
        return [key for key in self.dimensions if key not in self.live_only]


@dataclass(frozen=True)
class Measure:
    """An aggregate over a fact.

    `value` is the field summed (SUM, STATE) or the foreign key counted once (DISTINCT, UNIQUE); `keep` names a method of the
    fact's query set that narrows the rows ("won") and `keep_args` what it takes, after the day for states; `sign` -1 turns
    amounts that are kept negative. `places`: the value is no column, a method of the fact works it out with so many decimals.
    """

    key: str
    label: Label
    fact: str
    aggregate: Aggregate
    value: str = ""
    keep: str = ""
    keep_args: tuple[Any, ...] = ()
    sign: int = 1
    places: int | None = None


@dataclass(frozen=True)
class Text:
    """A text in both languages: the catalogue's Chinese wording is the company's own and not a translation."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


@dataclass(frozen=True)
class Stage:
    """What an indicator is for in a stage of the programme: the catalogue's attribute and its type."""

    attribute: str
    type: Role


@dataclass(frozen=True)
class Indicator:
    """A row of the catalogue that is computed.

    Numerator and denominator name measures; `target:61` is the target of indicator 61. `of_whole`: the denominator is the
    figure of the whole, whatever member or filter is looked at. `divide` turns the measure's unit into the indicator's.
    `permission` is the right that it takes beside that to see figures.
    """

    number: int
    name: Text
    process: Text
    theme: Text
    unit: Unit
    unit_text: Text
    kind: Kind
    direction: Direction
    tiers: tuple[Tier, ...]
    formula: Text
    reading: Text
    stages: tuple[Stage, Stage]
    cycle: Text
    system: str
    priority: int
    dimensions: tuple[str, ...]
    numerator: str
    denominator: str = ""
    of_whole: bool = False
    divide: Decimal = Decimal(1)
    permission: str = ""

    @property
    def role(self) -> Role:
        """BOI, KPI or CPI as it stands in the second stage, which is the one in force."""
        return self.stages[1].type

    @property
    def target_of(self) -> int | None:
        """The indicator whose target is the denominator."""
        head, _colon, number = self.denominator.partition(":")
        return int(number) if head == "target" else None

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures its formula names."""
        return tuple(key for key in (self.numerator, self.denominator) if key and ":" not in key)
