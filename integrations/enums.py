"""Fixed choices of the exchange with other systems."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignIn(TextChoices):
    """How we prove to the ERP who we are."""

    BASIC = "basic", _("user name and password")
    OAUTH = "oauth", _("OAuth 2.0 client credentials")


class RunState(TextChoices):
    """How a sync run stands."""

    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class RunKind(TextChoices):
    """What a run reads."""

    CHANGES = "changes", _("changes")
    FULL = "full", _("everything")
    OPEN = "open", _("open documents")
    KEYS = "keys", _("keys")
    PERIOD = "period", _("a period")
    ASKED = "asked", _("single documents")


class RejectionState(TextChoices):
    """What became of a rejected row."""

    OPEN = "open", pgettext_lazy("rejected row", "open")
    RESOLVED = "resolved", _("resolved")
    IGNORED = "ignored", _("ignored")


class NumberKind(TextChoices):
    """Whose number of the ERP it is; the values are the entities of ExternalRef."""

    CUSTOMER = "customer", _("customer")
    PRODUCT = "product", _("product")


class DifferenceKind(TextChoices):
    """How a document differs between the ERP and us."""

    THERE = "there", _("in the ERP only")
    HERE = "here", _("here only")
    VALUE = "value", _("differs")
    OPEN = "open", _("open on one side only")


class AlarmKind(TextChoices):
    """What administrators are told of."""

    FAILED = "failed", _("The sync fails")
    LATE = "late", _("The sync is late")
    MISSED = "missed", _("Nothing new is handed in")
    REJECTED = "rejected", _("Rows are rejected")
    DIFFERENT = "different", _("The ERP and we differ")
    STUCK = "stuck", _("A message to the ERP waits too long")


class MessageKind(TextChoices):
    """What is handed over to the ERP."""

    PARTNER = "partner", _("customer")
    ORDER = "order", _("order request")


class MessageState(TextChoices):
    """How far a message to the ERP is."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    DOUBT = "doubt", _("in doubt")
    CONFIRMED = "confirmed", pgettext_lazy("message to the ERP", "in the ERP")
    REFUSED = "refused", pgettext_lazy("message to the ERP", "refused")
    DEAD = "dead", pgettext_lazy("message to the ERP", "not delivered")
    GIVEN_UP = "given_up", pgettext_lazy("message to the ERP", "given up")


class Problem(TextChoices):
    """Why a message is not in the ERP; `Unready` and the worker set it, domain/outbox/words.py says it."""

    OFF = "off", _("handing over is switched off")
    NO_AREA = "no_area", _("no sales area")
    NO_CODE = "no_code", _("no code for the terms")
    NO_PRODUCT = "no_product", _("product without ERP number")
    NO_CUSTOMER = "no_customer", _("customer not in the ERP")
    NO_FREIGHT = "no_freight", _("no condition for freight")
    TOO_LONG = "too_long", _("reference too long")
    GONE = "gone", _("nothing to send any more")
    EXISTS = "exists", _("in the ERP already, by its tax number")
    ERP_SAYS = "erp_says", _("refused by the ERP")
    UNREACHABLE = "unreachable", _("ERP cannot be reached")
    TURNED_AWAY = "turned_away", _("request turned away by the ERP")
    UNKNOWN = "unknown", _("outcome not known")
    ERP_FAILED = "erp_failed", _("error of the ERP, outcome not known")
    NO_NUMBER = "no_number", _("in the ERP, but without a number")
    TAKEN = "taken", _("its number is somebody else's here")
    UNEXPECTED = "unexpected", _("unexpected error")


class Topic(TextChoices):
    """What a webhook can be told."""

    CREATED = "created", pgettext_lazy("event", "record created")
    CHANGED = "changed", pgettext_lazy("event", "record changed")
    STATE = "state_changed", pgettext_lazy("event", "state changed")
    OWNER = "owner_changed", pgettext_lazy("event", "owner changed")
    APPROVAL = "approval_asked", pgettext_lazy("event", "approval asked for")


class SendState(TextChoices):
    """Where a message of a webhook stands."""

    WAITING = "waiting", pgettext_lazy("message", "waiting")
    SENDING = "sending", pgettext_lazy("message", "being sent")
    SENT = "sent", pgettext_lazy("message", "delivered")
    FAILED = "failed", pgettext_lazy("message", "given up")
    DROPPED = "dropped", pgettext_lazy("message", "not told")
