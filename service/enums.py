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
