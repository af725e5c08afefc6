"""Fixed choices of opportunities."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StageCategory(TextChoices):
    """What a stage means; code compares this, never a stage's name."""

    OPEN = "open", _("open")
    WON = "won", _("won")
    LOST = "lost", _("lost")
    ON_HOLD = "on_hold", _("on hold")


class GateItemKind(TextChoices):
    """Where the answer to a gate item is kept."""

    FIELD = "field", _("field of the opportunity")
    SPECIFICATION = "specification", _("technical specification")
    EXTRA = "extra", _("extra field")
    CHECK = "check", _("checklist")
    DOCUMENT = "document", _("document")
    OUTCOME = "outcome", _("result of a collaboration")
    APPROVAL = "approval", _("approval")


class GateAnswer(TextChoices):
    """What an entry of the technical specification is answered with."""

    TEXT = "text", _("text")
    NUMBER = "number", _("number or range")
    CHOICE = "choice", _("choice")
    DATE = "date", _("day")


class GateLevel(TextChoices):
    """What a gate asks of an item."""

    REQUIRED = "required", _("required")
    WANTED = "wanted", _("wanted")
    OFF = "off", pgettext_lazy("gate item", "off")


class OpportunityCategory(TextChoices):
    """What kind of business it would be."""

    NEW_PRODUCT = "new_product", _("new product")
    COMPETITOR_REPLACEMENT = "replacement", _("competitor replacement")
    SHARE_INCREASE = "share", _("share increase")
    NEW_CUSTOMER = "new_customer", _("new customer")
    RENEWAL = "renewal", _("renewal")


class OpportunityDimension(TextChoices):
    """New or known customer, new or known product."""

    NEW_NEW = "new_new", _("new customer, new product")
    NEW_KNOWN = "new_known", _("new customer, known product")
    KNOWN_NEW = "known_new", _("known customer, new product")
    KNOWN_KNOWN = "known_known", _("known customer, known product")


class ForecastCategory(TextChoices):
    """How far the owner stands behind it in the forecast."""

    COMMIT = "commit", _("commit")
    BEST_CASE = "best_case", _("best case")
    PIPELINE = "pipeline", _("pipeline")
    OMITTED = "omitted", _("omitted")


class Risk(TextChoices):
    """Why an open opportunity wants attention."""

    PAST_CLOSE = "past_close", pgettext_lazy("risk", "past the expected close")
    PUT_OFF = "put_off", pgettext_lazy("risk", "put off")
    OVER_STANDARD = "over_standard", pgettext_lazy("risk", "over the standard days")
    OVER_MEDIAN = "over_median", pgettext_lazy("risk", "slower than won ones")
    STEP_PAST = "step_past", pgettext_lazy("risk", "next step overdue")
    QUIET = "quiet", pgettext_lazy("risk", "no activity")


class RivalStrength(TextChoices):
    """How a competitor stands to us in a deal."""

    AHEAD = "ahead", _("ahead of us")
    LEVEL = "level", _("level with us")
    BEHIND = "behind", _("behind us")


class SampleState(TextChoices):
    """Where a sample request stands."""

    DRAFT = "draft", _("draft")
    PENDING = "pending", _("pending approval")
    APPROVED = "approved", pgettext_lazy("sample", "approved")
    DISPATCHED = "dispatched", pgettext_lazy("sample", "dispatched")
    RECEIVED = "received", pgettext_lazy("sample", "received by the customer")
    EVALUATED = "evaluated", pgettext_lazy("sample", "evaluated")
    CANCELLED = "cancelled", _("cancelled")


class SampleKind(TextChoices):
    """What sort of sample; who approves depends on it."""

    COMMERCIAL = "commercial", pgettext_lazy("sample", "commercial product")
    EXPERIMENTAL = "experimental", pgettext_lazy("sample", "experimental product")
    MOULDED = "moulded", pgettext_lazy("sample", "moulded part")


class SampleSource(TextChoices):
    """Where a sample is taken from."""

    STOCK = "stock", pgettext_lazy("sample", "from stock")
    LABORATORY = "laboratory", pgettext_lazy("sample", "from the laboratory")


class SampleVerdict(TextChoices):
    """What the customer says after the trial."""

    PASSED = "passed", pgettext_lazy("sample", "passed")
    CONDITIONAL = "conditional", pgettext_lazy("sample", "passed with conditions")
    FAILED = "failed", pgettext_lazy("sample", "failed")


class QuoteState(TextChoices):
    """Where a quote stands."""

    DRAFT = "draft", pgettext_lazy("quote", "draft")
    PENDING = "pending", pgettext_lazy("quote", "waits for approval")
    APPROVED = "approved", pgettext_lazy("quote", "released")
    SENT = "sent", pgettext_lazy("quote", "sent")
    ACCEPTED = "accepted", pgettext_lazy("quote", "accepted")
    DECLINED = "declined", pgettext_lazy("quote", "declined")
    EXPIRED = "expired", pgettext_lazy("quote", "expired")
    SUPERSEDED = "superseded", pgettext_lazy("quote", "replaced by a newer version")


class QuoteLanguage(TextChoices):
    """What language the customer reads the quote in."""

    CHINESE = "zh-hans", _("Chinese")
    ENGLISH = "en", _("English")


class QuoteMessageKind(TextChoices):
    """What a customer said on the page of a quote."""

    QUESTION = "question", _("question")
    ACCEPTANCE = "acceptance", _("acceptance")


class TenderKind(TextChoices):
    """Who may bid."""

    OPEN = "open", pgettext_lazy("tender", "open to all")
    INVITED = "invited", pgettext_lazy("tender", "by invitation")


class TenderState(TextChoices):
    """How far a tender is."""

    PREPARING = "preparing", pgettext_lazy("tender", "preparing")
    PRICING = "pricing", pgettext_lazy("tender", "price being approved")
    APPROVED = "approved", pgettext_lazy("tender", "price approved")
    SUBMITTED = "submitted", pgettext_lazy("tender", "submitted")
    OPENED = "opened", pgettext_lazy("tender", "bids opened")
    WON = "won", pgettext_lazy("tender", "won")
    LOST = "lost", pgettext_lazy("tender", "lost")
    CANCELLED = "cancelled", pgettext_lazy("tender", "cancelled")


class BondForm(TextChoices):
    """How a bid bond is given."""

    TRANSFER = "transfer", pgettext_lazy("bid bond", "transfer")
    GUARANTEE = "guarantee", pgettext_lazy("bid bond", "bank guarantee")


class SubmissionWay(TextChoices):
    """How a bid is handed in."""

    PLATFORM = "platform", pgettext_lazy("tender", "bidding platform")
    IN_PERSON = "in_person", pgettext_lazy("tender", "in person")
    COURIER = "courier", pgettext_lazy("tender", "courier")
    MAIL = "mail", pgettext_lazy("tender", "e-mail")


class LotResult(TextChoices):
    """What became of a lot."""

    PENDING = "pending", pgettext_lazy("lot", "not decided")
    WON = "won", pgettext_lazy("lot", "won")
    LOST = "lost", pgettext_lazy("lot", "lost")
    VOID = "void", pgettext_lazy("lot", "not awarded")


class SupplierState(TextChoices):
    """How far our admission as a supplier is."""

    PREPARING = "preparing", pgettext_lazy("supplier admission", "preparing")
    SUBMITTED = "submitted", pgettext_lazy("supplier admission", "submitted")
    AUDIT = "audit", pgettext_lazy("supplier admission", "audit")
    PASSED = "passed", pgettext_lazy("supplier admission", "passed")
    FAILED = "failed", pgettext_lazy("supplier admission", "not passed")
    LAPSED = "lapsed", pgettext_lazy("supplier admission", "lapsed")


class FindingKind(TextChoices):
    """How grave a finding of an audit is."""

    MAJOR = "major", pgettext_lazy("audit finding", "major")
    MINOR = "minor", pgettext_lazy("audit finding", "minor")
    REMARK = "remark", pgettext_lazy("audit finding", "remark")


class CertificateLanguage(TextChoices):
    """In which language a file of a certificate is."""

    CHINESE = "zh", pgettext_lazy("certificate", "Chinese")
    ENGLISH = "en", pgettext_lazy("certificate", "English")
    BOTH = "zh_en", pgettext_lazy("certificate", "Chinese and English")
    OTHER = "other", pgettext_lazy("certificate", "another language")


class CertificateState(TextChoices):
    """Where a certificate, or one of its versions, stands on a day; worked out from its dates."""

    DRAFT = "draft", pgettext_lazy("certificate", "not in force yet")
    VALID = "valid", pgettext_lazy("certificate", "valid")
    SOON = "soon", pgettext_lazy("certificate", "expires soon")
    EXPIRED = "expired", pgettext_lazy("certificate", "expired")
    REPLACED = "replaced", pgettext_lazy("certificate", "replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "withdrawn")


class DocumentSetState(TextChoices):
    """How far a document set is."""

    DRAFT = "draft", pgettext_lazy("document set", "draft")
    SENT = "sent", pgettext_lazy("document set", "sent")
    REPLACED = "replaced", pgettext_lazy("document set", "replaced")


class DevelopmentState(TextChoices):
    """How far a new product is, from the request to its release."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", pgettext_lazy("development", "submitted to R&D")
    FEASIBILITY = "feasibility", pgettext_lazy("development", "feasibility checked")
    ASSESSED = "assessed", pgettext_lazy("development", "feasibility answered")
    PENDING = "pending", pgettext_lazy("development", "set-up being approved")
    ACCEPTED = "accepted", pgettext_lazy("development", "project set up")
    DEVELOPMENT = "development", pgettext_lazy("development", "in development")
    TRIAL = "trial", pgettext_lazy("development", "customer trial")
    RELEASED = "released", pgettext_lazy("development", "released")
    DECLINED = "declined", pgettext_lazy("development", "declined")
    CANCELLED = "cancelled", _("cancelled")


class Feasibility(TextChoices):
    """What research says to a request."""

    FEASIBLE = "feasible", pgettext_lazy("development", "feasible")
    DOUBTFUL = "doubtful", pgettext_lazy("development", "feasible with doubts")


class DevelopmentCostKind(TextChoices):
    """What a cost of a new product is for."""

    MATERIAL = "material", pgettext_lazy("development", "raw material")
    PROCESSING = "processing", pgettext_lazy("development", "processing")
    PACKAGING = "packaging", pgettext_lazy("development", "packaging")
    OTHER = "other", pgettext_lazy("development", "other cost")
