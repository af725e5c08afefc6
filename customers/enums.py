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


class PoolEntryState(TextChoices):
    """Where a customer's time in a pool stands."""

    WAITING = "waiting", pgettext_lazy("pool entry", "in the pool")
    CLAIMED = "claimed", pgettext_lazy("pool entry", "claimed")
    ASSIGNED = "assigned", pgettext_lazy("pool entry", "assigned")
    PUT_BACK = "put_back", pgettext_lazy("pool entry", "put back")


class PoolReason(TextChoices):
    """Why a customer went into a pool."""

    IDLE = "idle", pgettext_lazy("pool", "no contact for too long")
    NEVER_WON = "never_won", pgettext_lazy("pool", "never ordered")
    RELEASED = "released", pgettext_lazy("pool", "released by the owner or a manager")


class IdleFrom(TextChoices):
    """What the idle days of a rule are counted from."""

    CONTACT = "contact", _("last contact or order")
    ORDER = "order", _("last order")


class CapacityCounts(TextChoices):
    """Which customers use up a representative's capacity."""

    ALL = "all", _("all customers")
    WITHOUT_ORDER = "without_order", _("only those without an order in 12 months")


class ProtectionState(TextChoices):
    """Where a request to keep a customer stands."""

    ASKED = "asked", pgettext_lazy("protection", "asked for")
    GRANTED = "granted", pgettext_lazy("protection", "granted")
    REFUSED = "refused", pgettext_lazy("protection", "refused")


class HandoverReason(TextChoices):
    """Why customers are handed over."""

    LEAVER = "leaver", _("leaves the company")
    MOVER = "mover", _("moves to another team or job")
    OTHER = "other", pgettext_lazy("hand-over", "other")


class PackState(TextChoices):
    """Where a hand-over stands."""

    DRAFT = "draft", pgettext_lazy("hand-over", "draft")
    OFFERED = "offered", pgettext_lazy("hand-over", "offered")
    ACCEPTED = "accepted", pgettext_lazy("hand-over", "accepted")
    DECLINED = "declined", pgettext_lazy("hand-over", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("hand-over", "withdrawn")
    DONE = "done", pgettext_lazy("hand-over", "done")


class LineState(TextChoices):
    """What became of a customer of a hand-over."""

    WAITING = "waiting", pgettext_lazy("hand-over line", "waiting")
    MOVED = "moved", pgettext_lazy("hand-over line", "handed over")
    DECLINED = "declined", pgettext_lazy("hand-over line", "declined")
    LEFT = "left", pgettext_lazy("hand-over line", "left where it was")
