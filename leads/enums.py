"""Fixed choices of campaigns and leads."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CampaignKind(TextChoices):
    """What sort of campaign."""

    EXHIBITION = "exhibition", _("exhibition")
    TECHNICAL_SEMINAR = "seminar", _("technical seminar")
    ONLINE = "online", _("online campaign")
    DEALER_MEETING = "dealer_meeting", _("distributor meeting")
    FIELD_TRIAL = "field_trial", _("field demonstration")


class CampaignOrigin(TextChoices):
    """Whether it stands in the annual plan."""

    ANNUAL = "annual", _("annual plan")
    AD_HOC = "ad_hoc", _("on demand")


class CampaignState(TextChoices):
    """Where a campaign stands."""

    PLANNED = "planned", _("planned")
    APPROVED = "approved", _("approved")
    RUNNING = "running", _("running")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")


class LeadState(TextChoices):
    """Where a lead stands."""

    NEW = "new", _("new")
    ASSIGNED = "assigned", _("assigned")
    FOLLOWED_UP = "followed_up", _("followed up")
    QUALIFIED = "qualified", _("qualified")
    CONVERTED = "converted", _("converted")
    DISQUALIFIED = "disqualified", _("disqualified")
