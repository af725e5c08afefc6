"""Notifications by e-mail: one message with a link for each, in the reader's language, as text and as HTML."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from crm.organisation.models import User
from crm.workflow.domain.inbox import items
from crm.workflow.models import Notification


def configured() -> bool:
    """Whether this installation can send e-mail."""
    return bool(settings.EMAIL_CONFIGURED)


def reaches(user: User) -> bool:
    """Whether the person's address is known."""
    return bool(user.email)


def deliver(ids: Sequence[int]) -> None:
    """Send these, which are all of one person. Raises what the mail server answers."""
    rows = list(Notification.objects.filter(pk__in=ids).select_related("recipient", "actor").order_by("at", "pk"))
    if not rows or not rows[0].recipient.is_active:
        return
    person = rows[0].recipient
    with translation.override(person.language or settings.LANGUAGE_CODE):
        lines = [
            {"item": item, "url": settings.SITE_URL + (item.url or reverse("workflow:inbox"))}
            for item in items(person, rows)
        ]
        subject = lines[0]["item"].title if len(lines) == 1 else _("%(n)d notifications") % {"n": len(lines)}
        context = {
            "lines": lines,
            "person": person,
            "brand": settings.BRAND_NAME,
            "preferences": settings.SITE_URL + reverse("workflow:notification_preferences"),
        }
        message = EmailMultiAlternatives(
            subject=" ".join(f"[{settings.BRAND_NAME}] {subject}".split()),
            body=render_to_string("workflow/mail/digest.txt", context),
            to=[person.email],
        )
        message.attach_alternative(render_to_string("workflow/mail/digest.html", context), "text/html")
    message.send()
