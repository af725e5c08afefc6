"""Fixed choices of the catalogue."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Dimension(TextChoices):
    """What a unit measures. Units of one dimension convert into each other; a package holds what its product says."""

    MASS = "mass", _("mass")
    VOLUME = "volume", _("volume")
    LENGTH = "length", _("length")
    AREA = "area", _("area")
    COUNT = "count", pgettext_lazy("dimension", "count")
    PACKAGE = "package", _("package")


class FieldKind(TextChoices):
    """What a specification field holds."""

    NUMBER = "number", pgettext_lazy("kind of field", "number")
    CHOICE = "choice", pgettext_lazy("kind of field", "choice")
    TEXT = "text", pgettext_lazy("kind of field", "text")
    YES_NO = "yes_no", pgettext_lazy("kind of field", "yes or no")


class RateKind(TextChoices):
    """What a rate is for: documents convert at the daily rate, plans at the budget rate."""

    DAILY = "daily", _("daily rate")
    BUDGET = "budget", _("budget rate")


class CustomerGrade(TextChoices):
    """The grades of customers that a price list can be for."""

    S = "S", "S"
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


class ReportSource(TextChoices):
    """Where somebody learned a competitor's price."""

    CUSTOMER = "customer", _("told by a customer")
    QUOTE = "quote", _("quotation seen")
    DISTRIBUTOR = "distributor", _("told by a distributor")
    TENDER = "tender", _("opening of a tender")
    PUBLISHED = "published", _("published price")
    FAIR = "fair", _("trade fair")
    OTHER = "other", pgettext_lazy("source", "other")


class Reliability(TextChoices):
    """How sure a reported price is."""

    CONFIRMED = "confirmed", _("confirmed")
    PROBABLE = "probable", _("probable")
    RUMOUR = "rumour", _("hearsay")
