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


class RegistrationState(TextChoices):
    """Where a registration stands."""

    DRAFT = "draft", pgettext_lazy("registration", "draft")
    SUBMITTED = "submitted", pgettext_lazy("registration", "waits for approval")
    APPROVED = "approved", pgettext_lazy("registration", "approved")
    REJECTED = "rejected", pgettext_lazy("registration", "rejected")
    RETURNED = "returned", pgettext_lazy("registration", "returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("registration", "withdrawn")


class AddressKind(TextChoices):
    """What an address is for."""

    SOLD_TO = "sold_to", _("sold-to")
    SHIP_TO = "ship_to", _("ship-to")
    INVOICE_TO = "invoice_to", _("invoice-to")
    PLANT = "plant", _("plant")


class Influence(TextChoices):
    """How much a contact decides."""

    HIGH = "high", pgettext_lazy("influence", "high")
    MEDIUM = "medium", pgettext_lazy("influence", "medium")
    LOW = "low", pgettext_lazy("influence", "low")


class Stance(TextChoices):
    """How a contact stands to us."""

    SUPPORTER = "supporter", _("supporter")
    NEUTRAL = "neutral", pgettext_lazy("stance", "neutral")
    OPPONENT = "opponent", _("opponent")


class LegalForm(TextChoices):
    """The company's legal form."""

    LIMITED = "limited", _("limited company")
    JOINT_STOCK = "joint_stock", _("joint-stock company")
    STATE_OWNED = "state_owned", _("state-owned company")
    FOREIGN = "foreign", _("foreign-funded company")
    PARTNERSHIP = "partnership", _("partnership")
    SOLE = "sole", _("sole proprietorship")
    COOPERATIVE = "cooperative", _("cooperative")
    OTHER = "other", pgettext_lazy("legal form", "other")


class LegalStatus(TextChoices):
    """Whether the company exists, as the public register says."""

    ACTIVE = "active", pgettext_lazy("legal status", "in business")
    SUSPENDED = "suspended", pgettext_lazy("legal status", "suspended")
    REVOKED = "revoked", pgettext_lazy("legal status", "licence revoked")
    DEREGISTERED = "deregistered", pgettext_lazy("legal status", "deregistered")


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


class PlanState(TextChoices):
    """Where an improvement plan stands."""

    DRAFT = "draft", pgettext_lazy("improvement plan", "draft")
    APPROVED = "approved", pgettext_lazy("improvement plan", "approved")
    RUNNING = "running", pgettext_lazy("improvement plan", "running")
    DONE = "done", pgettext_lazy("improvement plan", "done")
    CANCELLED = "cancelled", pgettext_lazy("improvement plan", "cancelled")


class CertificateWish(TextChoices):
    """In which language a customer wants a certificate."""

    ANY = "", pgettext_lazy("certificate", "any language")
    CHINESE = "zh", pgettext_lazy("certificate", "Chinese")
    ENGLISH = "en", pgettext_lazy("certificate", "English")
    BOTH = "both", pgettext_lazy("certificate", "Chinese and English")
