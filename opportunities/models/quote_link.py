"""The link by which a customer reads a quote, when it was opened, and what the customer said there."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel
from crm.base.scopes import ViaParent
from opportunities.enums import QuoteMessageKind
from opportunities.models.quote import Quote


@pghistory.track(exclude=["digest"])
class QuoteLink(RecordModel):
    """A way to the page of a quote, for whoever has it. Of what the address holds only a digest is kept."""

    quote = models.ForeignKey(Quote, verbose_name=_("quote"), on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("open until"))
    revoked_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    scope = ViaParent("quote")
    trail_parent = "quote"

    class Meta:
        verbose_name = _("link of a quote")
        verbose_name_plural = _("links of quotes")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["quote", "id"], name="quote_link_quote")]

    def __str__(self) -> str:
        return f"{self.quote_id} · {localtime(self.created_at):%Y-%m-%d}"


class QuoteOpening(BaseModel):
    """That somebody opened the page of a quote, or its PDF."""

    link = models.ForeignKey(QuoteLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField(_("time"))
    as_pdf = models.BooleanField(_("the PDF"), default=False)

    scope = ViaParent("link")

    class Meta:
        verbose_name = _("opening of a quote")
        verbose_name_plural = _("openings of quotes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{localtime(self.at):%Y-%m-%d %H:%M}"


class QuoteMessage(BaseModel):
    """What a customer said on the page of a quote: a question, or that it is accepted."""

    quote = models.ForeignKey(Quote, verbose_name=_("quote"), on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(_("kind"), max_length=10, choices=QuoteMessageKind.choices)
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("time"))

    scope = ViaParent("quote")

    class Meta:
        verbose_name = _("message of a customer about a quote")
        verbose_name_plural = _("messages of customers about quotes")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["quote", "at"], name="quote_message_quote")]

    def __str__(self) -> str:
        return self.name
