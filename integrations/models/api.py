"""Tokens of the API, and the answers that are kept so that a request sent twice is done once."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel
from crm.base.scopes import OwnRows

SEE_ALL = "integrations.view_apitoken"
HAVE_ONE = "integrations.add_apitoken"


class TokenScope(OwnRows):
    """Everybody sees the own tokens, and whoever administers them all."""

    def condition(self, user: Any, *more: Any, **how: Any) -> Q | None:
        return None if user.has_perm(SEE_ALL) else super().condition(user, *more, **how)


@pghistory.track(exclude=["digest", "last_used_at", "last_used_from"])
class ApiToken(BaseModel):
    """A program acts with it as the person. Kept is the hash alone; `start` is what one recognises it by.

    `records` names the kinds of record it is for, as the API's addresses do; empty: all of them.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60)
    start = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    writes = models.BooleanField(_("may write"), default=False)
    records = models.JSONField(_("records"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_on = models.DateField(pgettext_lazy("token", "valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    last_used_from = models.GenericIPAddressField(_("last used from"), null=True, editable=False)
    revoked_at = models.DateTimeField(pgettext_lazy("token", "revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    scope = TokenScope("user")

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-pk"]
        permissions = [("feed_documents", _("Can feed orders, shipments, invoices and receivables by the API"))]
        indexes = [models.Index(fields=["user", "-id"], name="apitoken_own")]

    def __str__(self) -> str:
        return self.name


class ApiAnswer(BaseModel):
    """The answer to a POST with an Idempotency-Key, for a day. `fingerprint` tells whether the same was sent again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    scope = OwnRows("user")

    class Meta:
        verbose_name = _("answer of the API")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="apianswer_once")]

    def __str__(self) -> str:
        return self.key
