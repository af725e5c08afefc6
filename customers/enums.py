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


class ChecklistState(TextChoices):
    """Where an admission checklist stands."""

    DRAFT = "draft", pgettext_lazy("approval policy", "draft")
    PUBLISHED = "published", pgettext_lazy("approval policy", "in force")
    RETIRED = "retired", pgettext_lazy("approval policy", "retired")


class QuestionKind(TextChoices):
    """How a question is answered."""

    YES_NO = "yes_no", _("yes or no")
    TEXT = "text", _("text")
    NUMBER = "number", _("number")
    CHOICE = "choice", _("choice")
    DOCUMENT = "document", _("document")
    DATE = "date", _("date")


class Asked(TextChoices):
    """How often a question is asked."""

    ONCE = "once", _("once per customer, while the answer is valid")
    EVERY = "every", _("at every admission")


class AdmissionKind(TextChoices):
    """Whether the customer was admitted before, and for the same."""

    FIRST = "first", _("first admission")
    EXTENSION = "extension", _("extension")
    RENEWAL = "renewal", _("renewal")


class AdmissionState(TextChoices):
    """Where an admission stands."""

    DRAFT = "draft", pgettext_lazy("admission", "draft")
    SUBMITTED = "submitted", pgettext_lazy("admission", "submitted")
    ADMITTED = "admitted", pgettext_lazy("admission", "admitted")
    REFUSED = "refused", pgettext_lazy("admission", "refused")
    EXPIRED = "expired", pgettext_lazy("admission", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("admission", "withdrawn")
