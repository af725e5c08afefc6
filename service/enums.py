"""Fixed choices of service."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ComplaintState(TextChoices):
    """Where a complaint stands."""

    REGISTERED = "registered", _("registered")
    INVESTIGATING = "investigating", _("being investigated")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")


class Severity(TextChoices):
    """How bad it is."""

    S1 = "S1", _("S1 line stop or safety")
    S2 = "S2", _("S2 serious")
    S3 = "S3", _("S3 minor")


class DefectKind(TextChoices):
    """What went wrong."""

    BUBBLES = "bubbles", _("bubbles")
    COLOUR = "colour", _("colour difference")
    HARDNESS = "hardness", _("hardness out of range")
    CURING = "curing", _("curing too slow")
    PACKAGING = "packaging", _("packaging damaged")
    WEIGHT = "weight", _("weight difference")
    DELIVERY = "delivery", _("late delivery")
