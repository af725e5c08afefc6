"""Fixed choices of customers."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CustomerKind(TextChoices):
    """How we sell to them."""

    DIRECT = "direct", _("direct")
    DISTRIBUTOR = "distributor", _("distributor")
    END_USER = "end_user", _("end user behind a distributor")
    AGENT = "agent", _("agent")


class CustomerState(TextChoices):
    """Where the relation stands."""

    PROSPECT = "prospect", _("prospect")
    ACTIVE = "active", pgettext_lazy("customer state", "active")
    DORMANT = "dormant", _("dormant")
    BLOCKED = "blocked", _("blocked")


class Grade(TextChoices):
    """The customer's grade, best first."""

    S = "S", "S"
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


class StrategicValue(IntegerChoices):
    """How much a customer is worth beyond its figures."""

    NONE = 1, _("1 none")
    SMALL = 2, _("2 small")
    SOME = 3, _("3 some")
    GREAT = 4, _("4 great")
    DECISIVE = 5, _("5 decisive")


class GradingState(TextChoices):
    """Where a scoring model stands."""

    DRAFT = "draft", pgettext_lazy("scoring model", "draft")
    IN_FORCE = "in_force", pgettext_lazy("scoring model", "in force")
    RETIRED = "retired", pgettext_lazy("scoring model", "retired")


class RunState(TextChoices):
    """Where a grade review stands; a preview shows what a model would do and is never approved."""

    PREVIEW = "preview", pgettext_lazy("grade review", "preview")
    OPEN = "open", pgettext_lazy("grade review", "to review")
    APPLIED = "applied", pgettext_lazy("grade review", "applied")
    REJECTED = "rejected", pgettext_lazy("grade review", "rejected")
    SUPERSEDED = "superseded", pgettext_lazy("grade review", "superseded")


class Move(TextChoices):
    """What a proposal does to a customer's grade."""

    UP = "up", pgettext_lazy("grade", "up")
    DOWN = "down", pgettext_lazy("grade", "down")
    NEW = "new", pgettext_lazy("grade", "first grade")
    SAME = "same", pgettext_lazy("grade", "unchanged")


class GradeRule(TextChoices):
    """Which rule decided about a proposed grade."""

    POINTS = "points", _("the points")
    POTENTIAL = "potential", _("potential only, a new customer")
    HYSTERESIS = "hysteresis", _("hysteresis")
    VETO = "veto", _("veto")
    EXCEPTION = "exception", _("exception still running")


class GradeSource(TextChoices):
    """Where a customer's grade came from."""

    REVIEW = "review", _("grade review")
    EXCEPTION = "exception", _("exception")
    TYPED = "typed", _("set by a person")
    IMPORTED = "imported", _("import")
    INITIAL = "initial", _("before grading began")
