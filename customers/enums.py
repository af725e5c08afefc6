"""Fixed choices of customers."""

from django.db.models import TextChoices
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


class PlanState(TextChoices):
    """Where an improvement plan stands."""

    DRAFT = "draft", pgettext_lazy("improvement plan", "draft")
    APPROVED = "approved", pgettext_lazy("improvement plan", "approved")
    RUNNING = "running", pgettext_lazy("improvement plan", "running")
    DONE = "done", pgettext_lazy("improvement plan", "done")
    CANCELLED = "cancelled", pgettext_lazy("improvement plan", "cancelled")
