"""Cards that ask for a decision: what stands on them, what a press does, and what they say afterwards."""

import datetime as dt
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from crm.acting import acting
from crm.errors import DomainError
from crm.jobs import enqueue
from crm.organisation.models import User
from crm.workflow.domain import approval_decisions
from crm.workflow.domain.approval_decisions import my_assignment
from crm.workflow.domain.approval_steps import ASKED, ASKED_KIND, tell
from crm.workflow.domain.notifications import mark_read
from crm.workflow.links import address_of, reference_of
from crm.workflow.models import ApprovalAssignment, ApprovalRequest, Notification, RequestState
from crm.workflow.models.approval_request import Outcome
from integrations.models import WecomAccount, WecomCard
from integrations.wecom.client import WecomError
from integrations.wecom.domain.accounts import account_of
from integrations.wecom.domain.settings import link_to, open_client, switched_on

APPROVE, REJECT = "approve", "reject"
WHY = "why"  # the question on the card
TASK = "integrations.wecom_update_cards"
CHANGEABLE = dt.timedelta(hours=72)  # so long a response code counts
REQUEST_LABEL = "crm.approvalrequest"

log = structlog.get_logger(__name__)


class Why(TextChoices):
    """Reasons for a rejection that can be chosen on the card: a card has no field to type in."""

    ON_PAGE = "page", gettext_lazy("To reject: choose a reason")
    MISSING = "missing", gettext_lazy("Facts or documents are missing")
    TERMS = "terms", gettext_lazy("Price or terms are not acceptable")
    TALK = "talk", gettext_lazy("Let us talk about it first")


def card_for(notification: Notification, account: WecomAccount) -> WecomCard | None:
    """The card of a notification about a request that this person has to decide now; None when there is nothing to decide.

    One notification has one card, however often sending it is tried.
    """
    request = ApprovalRequest.objects.filter(pk=notification.object_id or 0, state=RequestState.PENDING).first()
    mine = my_assignment(request, notification.recipient) if request is not None else None
    if request is None or mine is None or (request.requester_id == account.user_id and not request.own_allowed):
        return None
    card, _made = WecomCard.objects.get_or_create(
        task_id=f"hengpu-{notification.pk}",
        defaults={"user": account.user, "userid": account.userid, "request": request, "step": mine.step},
    )
    return card


def approval_card(card: WecomCard, title: str, url: str) -> dict[str, Any]:
    """The message with the buttons, in the language in force."""
    request = card.request
    facts = [
        {"keyname": _("Asked by"), "value": str(request.requester)[:26]},
        {"keyname": pgettext("approval", "Kind"), "value": str(request.document_label)[:26]},
        {"keyname": _("Number"), "value": request.code[:26]},
    ]
    text = " · ".join(part for part in (request.headline, request.reason) if part)
    return {
        "msgtype": "template_card",
        "template_card": {
            "card_type": "button_interaction",
            "source": {"desc": settings.BRAND_NAME},
            "main_title": {"title": title[:36], "desc": request.title[:44]},
            "sub_title_text": text[:160],
            "horizontal_content_list": facts,
            "card_action": {"type": 1, "url": url},
            "task_id": card.task_id,
            "button_selection": {
                "question_key": WHY,
                "title": _("Reason"),
                "option_list": [{"id": str(why), "text": str(why.label)} for why in Why],
                "selected_id": str(Why.ON_PAGE),
            },
            "button_list": [
                {"text": pgettext("approval", "Approve"), "style": 1, "key": APPROVE},
                {"text": _("Reject"), "style": 2, "key": REJECT},
            ],
        },
    }


def note_sent(card: WecomCard, response_code: str) -> None:
    """WeCom has taken it."""
    WecomCard.objects.filter(pk=card.pk).update(sent_at=timezone.now(), response_code=response_code)


def press(*, task_id: str, userid: str, key: str, why: str, response_code: str) -> str:
    """Somebody pressed a button: decide as that person, by the same function and rights as on the page; returns what is told.

    Whoever presses again, and WeCom when it sends the same press again, is told what was decided already. A card that is not this
    account's, or whose account is not linked to its person any more, decides nothing and returns "".
    """
    with transaction.atomic():
        card = WecomCard.objects.select_for_update(of=("self",)).filter(task_id=task_id).first()
        account = account_of(userid)
        if card is None or account is None or account.user_id != card.user_id or not account.user.is_active:
            log.warning("wecom_press_refused", task=task_id)
            return ""
        card.response_code, card.updated_at = response_code, None
        with translation.override(account.user.language or settings.LANGUAGE_CODE):
            if card.answered_at is None:
                answer, decided = _decide(card, account, key, why)
                card.answered_at = timezone.now() if decided else None
            else:
                answer = _already(card)
        card.answer = answer[:300]
        card.save(update_fields=["response_code", "updated_at", "answer", "answered_at"])
        enqueue(TASK, request_id=card.request_id)
    return answer


def _decide(card: WecomCard, account: WecomAccount, key: str, why: str) -> tuple[str, bool]:
    """What came of it in the presser's language, and whether anything was decided."""
    person, chosen = account.user, why if why in Why.values else Why.ON_PAGE
    if key == REJECT and chosen == Why.ON_PAGE:
        return _("Not decided: open the request to say why you reject it."), False
    try:
        with transaction.atomic(), acting(user=person.pk, verb="wecom_card"):
            if key == APPROVE:
                request = approval_decisions.approve(request=card.request, actor=person, step=card.step_id)
                return _approved(request, person), True
            if key == REJECT:
                reason = str(Why(chosen).label)
                approval_decisions.reject(request=card.request, actor=person, step=card.step_id, reason=reason)
                return _("You rejected it."), True
    except DomainError as error:
        return str(error.message), False
    return _("Not decided: this button is unknown."), False


def _approved(request: ApprovalRequest, person: User) -> str:
    """What is told after an approval. Whoever decides what comes next too is asked again, which sends a card of its own."""
    if my_assignment(request, person) is None:
        return _("You approved it.")
    # whoever opens a step is left out of those told; an unread notification would take the new one in unsent
    mark_read(rows=Notification.objects.filter(kind=ASKED_KIND, **reference_of(request)), actor=person)
    tell(request, [person], ASKED_KIND, ASKED, None)
    return _("You approved it. The next step is yours as well: open the request.")


def _already(card: WecomCard) -> str:
    """What a card says whose decision was made before."""
    state = ApprovalRequest.objects.get(pk=card.request_id).get_state_display()
    own = (
        ApprovalAssignment.objects.filter(step=card.step_id, user=card.user_id)
        .exclude(outcome__in=("", Outcome.DROPPED))
        .first()
    )
    return _("Decided already: %(what)s.") % {"what": own.get_outcome_display() if own is not None else state}


def request_moved(*, label: str, pk: int, **_more: Any) -> None:
    """A request was decided, here or on its page: its cards should say so."""
    if label == REQUEST_LABEL and WecomCard.objects.filter(request=pk, updated_at__isnull=True).exists():
        enqueue(TASK, request_id=pk)


def update_cards(request_id: int) -> int:
    """Let the cards of a request whose press or turn is over say so, without buttons; returns how many. Safe to run twice."""
    row, done = switched_on("messages"), 0
    if row is None:
        return 0
    recent = WecomCard.objects.filter(
        request=request_id, updated_at__isnull=True, sent_at__gt=timezone.now() - CHANGEABLE
    )
    cards = recent.exclude(response_code="").select_related("request", "user").order_by("pk")
    over = [card for card in cards if card.answer or my_assignment(card.request, card.user, card.step_id) is None]
    if not over:
        return 0
    with open_client(row) as client:
        for card in over:
            # the code counts once: whoever takes the row uses it
            taken = WecomCard.objects.filter(pk=card.pk, updated_at__isnull=True, response_code=card.response_code)
            if not taken.update(updated_at=timezone.now()):
                continue
            with translation.override(card.user.language or settings.LANGUAGE_CODE):
                body = _changed_card(card, row.agent_id)
            try:
                client.post("message/update_template_card", body)
                done += 1
            except WecomError as error:
                log.warning("wecom_card_not_updated", task=card.task_id, error=str(error.message))
    return done


def _changed_card(card: WecomCard, agent_id: int) -> dict[str, Any]:
    """The card without buttons: what it was about, and what was decided."""
    return {
        "userids": [card.userid],
        "agentid": agent_id,
        "response_code": card.response_code,
        "template_card": {
            "card_type": "text_notice",
            "source": {"desc": settings.BRAND_NAME},
            "main_title": {"title": card.request.title[:36]},
            "sub_title_text": (card.answer or _already(card))[:112],
            "card_action": {"type": 1, "url": link_to(address_of(card.request))},
        },
    }
