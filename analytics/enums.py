"""Fixed choices of measures and indicators."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Aggregate(StrEnum):
    """How a measure is added up."""

    SUM = "sum"  # additive over months and members
    COUNT = "count"  # additive over months and members
    DISTINCT = (
        "distinct"  # a document counts once; additive over months, over members only where a document has one member
    )
    UNIQUE = "unique"  # a thing counts once in the period, however long; additive over nothing, so it is never stored
    STATE = "state"  # the sum at the end of a month; never added over months


class Kind(TextChoices):
    """What sort of figure an indicator is."""

    FLOW = "flow", _("flow of a period")
    RATIO = "ratio", _("ratio")
    SNAPSHOT = "snapshot", _("state at the end")
    RANK = "rank", _("ranking")


class Direction(TextChoices):
    """Which way is good."""

    UP = "up", _("higher is better")
    DOWN = "down", _("lower is better")
    NONE = "none", _("no direction")


class Unit(TextChoices):
    """What an indicator's value is counted in."""

    MONEY = "money", _("amount in base currency")
    TONNE = "tonne", _("tonnes")
    COUNT = "count", pgettext_lazy("unit of an indicator", "count")
    PERCENT = "percent", "%"
    HOURS = "hours", pgettext_lazy("unit of an indicator", "hours")
    RANK = "rank", pgettext_lazy("unit of an indicator", "ranking")
    DAYS = "days", pgettext_lazy("unit of an indicator", "days")


class Tier(TextChoices):
    """Whose dashboard an indicator stands on."""

    STRATEGIC = "strategic", _("Strategic")
    MANAGEMENT = "management", _("Management")
    OPERATIONS = "operations", _("Operations")


class Role(TextChoices):
    """What an indicator is used for: a target of the business, one that people are assessed by, one that is watched."""

    BOI = "BOI", "BOI"
    KPI = "KPI", "KPI"
    CPI = "CPI", "CPI"


class Part(TextChoices):
    """One side of an indicator's formula."""

    NUMERATOR = "numerator", _("numerator")
    DENOMINATOR = "denominator", _("denominator")
