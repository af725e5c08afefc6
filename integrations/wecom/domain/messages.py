"""Notifications in WeCom: a card with buttons for a request that waits for the reader, a card with a link for one other, and
several others as one text.

WeCom is asked to drop what it got within the last half hour already: so an attempt whose answer was lost is made again safely.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from crm.organisation.models import User
from crm.workflow.domain.inbox import Item, items
from crm.workflow.models import ApprovalRequest, Notification
from integrations.models import WecomAccount, WecomSettings
from integrations.wecom.client import WecomClient, WecomError
from integrations.wecom.domain.cards import approval_card, card_for, note_sent
from integrations.wecom.domain.settings import link_to, open_client, settings_or_refuse, switched_on

SAME_WITHIN = 1800  # seconds
TITLE_BYTES, TEXT_BYTES, DESCRIPTION_BYTES = 128, 2048, 512  # what WeCom shows, it cuts the rest
MOST_LINES = 10


def configured() -> bool:
    """Whether messages by WeCom are switched on."""
    return switched_on("messages") is not None


def reaches(user: User) -> bool:
    """Whether the person's WeCom account is known."""
    return WecomAccount.objects.filter(user=user).exists()


def deliver(ids: Sequence[int]) -> None:
    """Send these, which are all of one person. Raises what WeCom answers."""
    rows = list(Notification.objects.filter(pk__in=ids).select_related("recipient", "actor").order_by("at", "pk"))
    if not rows or not rows[0].recipient.is_active:
        return
    person, row = rows[0].recipient, settings_or_refuse("messages")
    account = WecomAccount.objects.filter(user=person).first()
    if account is None:
        raise LookupError("the WeCom account is not linked any more")
    with translation.override(person.language or settings.LANGUAGE_CODE), open_client(row) as client:
        plain = []
        for item in items(person, rows):
            if not _ask(client, row, account, item):
                plain.append(item)
        if plain:
            send(client, row, account.userid, _text_card(plain[0]) if len(plain) == 1 else _text(plain))


def send(client: WecomClient, row: WecomSettings, userid: str, message: dict[str, Any]) -> dict[str, Any]:
    """Send a message to one account. Raises WecomError, also when WeCom takes it and gives it to nobody."""
    answer = client.post(
        "message/send",
        {
            "touser": userid,
            "agentid": row.agent_id,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": SAME_WITHIN,
            **message,
        },
    )
    if answer.get("invaliduser") or answer.get("unlicenseduser"):
        raise WecomError(
            _(
                "WeCom gave the message to nobody: %(account)s is outside the application's visible range, or has no licence."
            )
            % {"account": userid},
            permanent=True,
        )
    return answer


def _ask(client: WecomClient, row: WecomSettings, account: WecomAccount, item: Item) -> bool:
    """Send a request that waits for this person as a card with buttons; False when it is no such thing."""
    if not row.cards_can_decide or item.hidden or item.row.content_type_id is None:
        return False
    if item.row.content_type.model_class() is not ApprovalRequest:  # type: ignore[union-attr]
        return False
    card = card_for(item.row, account)
    if card is None:
        return False
    if card.sent_at is None:
        answer = send(client, row, account.userid, approval_card(card, item.title, link_to(item.url)))
        note_sent(card, answer.get("response_code", ""))
    return True


def _text_card(item: Item) -> dict[str, Any]:
    return {
        "msgtype": "textcard",
        "textcard": {
            "title": cut(item.title, TITLE_BYTES),
            "description": cut(item.text or item.title, DESCRIPTION_BYTES),
            "url": link_to(item.url or reverse("workflow:inbox")),
            "btntxt": _("Open"),
        },
    }


def _text(found: Sequence[Item]) -> dict[str, Any]:
    """One line with a link for each; those that do not fit stand in the inbox."""
    lines = [f'<a href="{link_to(item.url or reverse("workflow:inbox"))}">{cut(item.title, 90)}</a>' for item in found]
    rest = f'<a href="{link_to(reverse("workflow:inbox"))}">{_("%(n)d notifications") % {"n": len(found)}}</a>'
    content = rest
    for line in lines[:MOST_LINES]:
        if len(f"{content}\n{line}".encode()) > TEXT_BYTES:
            break
        content = f"{content}\n{line}"
    return {"msgtype": "text", "text": {"content": content}}


def cut(text: str, most: int) -> str:
    """At most so many bytes, in one line, without what WeCom takes for markup."""
    plain = " ".join(text.replace("<", "‹").replace(">", "›").split())
    raw = plain.encode()
    return plain if len(raw) <= most else raw[: most - 3].decode(errors="ignore") + "…"
