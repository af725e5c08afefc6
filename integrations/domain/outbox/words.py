"""What a message's state and problem mean to the people who wait for it, and what they can do about it."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from integrations.enums import MessageState, Problem
from integrations.models import OutboxMessage

# What the ERP says most often, and what is to be done then; texts come in English (the client asks for it).
_ADVICE: tuple[tuple[str, Any], ...] = (
    (
        r"material.*(block|status)|blocked for (sales|order)",
        gettext_lazy("The product is blocked for sales in the ERP. Have it released there, then send again."),
    ),
    (
        r"material.*(does not exist|not (exist|defined|maintained|found))",
        gettext_lazy("The ERP does not know the product in this sales area. Have it extended there, then send again."),
    ),
    (
        r"unit .*not (defined|maintained|allowed)",
        gettext_lazy("The ERP has no such unit for the product. Have the unit added there, then send again."),
    ),
    (
        r"(sold-to|ship-to|customer|partner).*not (maintained|defined).*sales area|not defined for sales area",
        gettext_lazy(
            "The customer is not set up in this sales area of the ERP. Have it extended there, then send again."
        ),
    ),
    (
        r"(customer|partner|sold-to).*(block|deletion)",
        gettext_lazy("The customer is blocked in the ERP. Talk to finance; when it is free, send again."),
    ),
    (
        r"partner .*does not exist|customer .*does not exist",
        gettext_lazy("The ERP does not know this customer number. An administrator has to correct the number."),
    ),
    (r"credit", gettext_lazy("The credit check stopped it. Talk to finance; when it is free, send again.")),
    (
        r"tax (number|id)|already (exists|assigned)|duplicate",
        gettext_lazy("The ERP may have this company already. Have finance look for it and send again if it has not."),
    ),
    (
        r"document type|sales (organi[sz]ation|area)|distribution channel|division|company code|grouping|account group|plant",
        gettext_lazy(
            "A setting of the sales area does not suit the ERP. An administrator has to correct it, then send again."
        ),
    ),
    (
        r"payment|incoterm|terms",
        gettext_lazy(
            "The ERP does not know the code of the terms. An administrator has to correct it, then send again."
        ),
    ),
    (
        r"quantity",
        gettext_lazy(
            "The ERP does not take the quantity. Take the order request back, correct its quantities and submit it again."
        ),
    ),
    (
        r"\bdate\b|\bpast\b",
        gettext_lazy(
            "The ERP does not take the date. Take the order request back, correct the date and submit it again."
        ),
    ),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), advice) for pattern, advice in _ADVICE)
_BUSY = re.compile(r"locked by|being processed by|currently (locked|blocked) by", re.IGNORECASE)

_OWN: dict[str, Any] = {
    Problem.OFF: gettext_lazy("Handing over is switched off; it goes out when an administrator switches it on."),
    Problem.NO_AREA: gettext_lazy(
        "Nobody has said where %(unit)s sells in the ERP. An administrator has to enter its sales area, then send again."
    ),
    Problem.NO_CODE: gettext_lazy(
        "The terms “%(item)s” have no code in the ERP. An administrator has to enter it, then send again."
    ),
    Problem.NO_PRODUCT: gettext_lazy(
        "No ERP number is known for %(products)s. Have it created in the ERP, then send again."
    ),
    Problem.NO_CUSTOMER: gettext_lazy("%(customer)s is not in the ERP yet; the order follows by itself once it is."),
    Problem.NO_FREIGHT: gettext_lazy(
        "Freight is charged, but the sales area of %(unit)s has no condition for it. An administrator has to enter it, then "
        "send again."
    ),
    Problem.TOO_LONG: gettext_lazy(
        "The customer's reference is longer than the %(length)s characters the ERP takes. Take the order request back, shorten "
        "it and submit it again."
    ),
    Problem.GONE: gettext_lazy(
        "There is nothing to send: the record is in the ERP already, was merged, or was taken back."
    ),
    Problem.EXISTS: gettext_lazy(
        "The ERP has %(number)s (%(name)s) with the same tax number. Use that number, or have it created all the same when it is "
        "another company."
    ),
    Problem.UNREACHABLE: gettext_lazy("The ERP did not take it yet; it is tried again by itself. %(text)s"),
    Problem.TURNED_AWAY: gettext_lazy(
        "The ERP turned the request away: that is of the account or the address, not of this record. An administrator has to "
        "mend it, then send again. %(text)s"
    ),
    Problem.UNKNOWN: gettext_lazy(
        "The ERP's answer did not come. Before anything is sent again, it is looked up there."
    ),
    Problem.ERP_FAILED: gettext_lazy(
        "The ERP reported an error (%(status)s). Whether it was made all the same is not known: before anything is sent again, "
        "it is looked up there."
    ),
    Problem.NO_NUMBER: gettext_lazy(
        "The ERP made it (%(entity)s), but without the number that documents name. Have it completed there; it is looked up "
        "until it has one."
    ),
    Problem.TAKEN: gettext_lazy(
        "The ERP made it as %(number)s, but here that number is held by %(name)s (%(code)s). Have an administrator take it away "
        "there, then send again: nothing is made twice."
    ),
    Problem.UNEXPECTED: gettext_lazy("An error of this system stopped it; it is tried again by itself. %(text)s"),
}


@dataclass(frozen=True)
class Words:
    """How a message stands, in a sentence; what to do, if anything; `said` is what the ERP said, as it said it."""

    title: str
    advice: str = ""
    said: str = ""


def in_words(message: OutboxMessage) -> Words:
    """For the people who wait for it, in the reader's language."""
    state = message.state
    if state == MessageState.CONFIRMED:
        second = message.details.get("second")
        twice = _("The ERP has it twice, also as %(number)s. Have that one cancelled there.") if second else ""
        return Words(_("In the ERP as %(number)s") % {"number": message.erp_number}, twice % {"number": second})
    said = "; ".join(message.details.get("texts", ()))
    advice = _advice(message, said)
    doubt = _("It is not known whether it reached the ERP")
    titles = {
        MessageState.WAITING: _("On its way to the ERP"),
        MessageState.SENDING: _("Is being sent to the ERP"),
        MessageState.DOUBT: doubt,
        MessageState.REFUSED: _("The ERP refused it") if said else _("It cannot be sent to the ERP"),
        MessageState.DEAD: doubt if message.posted_at else _("It did not reach the ERP"),
        MessageState.GIVEN_UP: _("It is not sent to the ERP any more"),
    }
    title = titles[MessageState(state)]
    if message.problem in (Problem.NO_NUMBER, Problem.TAKEN) and state != MessageState.GIVEN_UP:
        title = _("It is in the ERP, but its number cannot be used here yet")
    return Words(title, advice, said)


def _advice(message: OutboxMessage, said: str) -> str:
    if message.problem == Problem.ERP_SAYS:
        found = next((advice for pattern, advice in _COMPILED if pattern.search(said)), None)
        return str(found) if found else _("Correct what the ERP says, then send again.")
    if not message.problem:
        return ""
    language = get_language()
    details = {  # by language, where words depend on it; messages from before have them in one
        name: value.get(language, "") if isinstance(value, dict) else value for name, value in message.details.items()
    }
    return (str(_OWN[Problem(message.problem)]) % {"text": "", **details}).strip()


def is_busy(texts: tuple[str, ...]) -> bool:
    """Whether the ERP only says that somebody works on a record just now: trying again later helps."""
    return any(_BUSY.search(text) for text in texts)
