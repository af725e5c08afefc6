"""All tokens, for those who administer them: columns and filters."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import day_html, moment_html
from crm.generic.filters import ListFilter, OwnerFilter
from crm.generic.tables import Column, Table, link_cell, record_address
from crm.markup import badge
from integrations.models import ApiToken

STATES = (
    ("in_force", pgettext_lazy("token", "in force")),
    ("expired", pgettext_lazy("token", "expired")),
    ("revoked", pgettext_lazy("token", "revoked")),
)
TONES = {"in_force": "ok", "expired": "line", "revoked": "bad"}


def state_of(token: ApiToken) -> str:
    """In force, expired or revoked."""
    if token.revoked_at is not None:
        return "revoked"
    return "expired" if token.expires_on < timezone.localdate() else "in_force"


def state_badge(token: ApiToken) -> str:
    """The state as a badge."""
    state = state_of(token)
    return badge(TONES[state], str(dict(STATES)[state]), dot=True)


def rights_of(token: ApiToken) -> str:
    """What it may do, in words."""
    return str(_("reads and writes") if token.writes else _("reads"))


class ApiTokenTable(Table):
    """The list of tokens."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-created_at"
    columns: ClassVar = [
        Column(
            "name",
            gettext_lazy("Name"),
            link_cell(
                lambda token: record_address("integrations:apitoken_record", token.pk),
                lambda token: token.name,
                lambda token: f"{token.start}…",
            ),
            phone="",
        ),
        Column(
            "user",
            gettext_lazy("Person"),
            lambda token: escape(token.user.label),
            select=("user",),
            phone=gettext_lazy("Person"),
            value="user.label",
        ),
        Column("rights", gettext_lazy("Rights"), lambda token: escape(rights_of(token)), value=rights_of, phone=""),
        Column(
            "created_at",
            pgettext_lazy("label of a time", "Created"),
            lambda token: moment_html(token.created_at),
            sort="created_at",
            css="nw",
            descending=True,
            value="created_at",
        ),
        Column(
            "expires_on",
            pgettext_lazy("token", "Valid until"),
            lambda token: day_html(token.expires_on),
            sort="expires_on",
            css="nw",
            phone=pgettext_lazy("token", "Valid until"),
            value="expires_on",
        ),
        Column(
            "last_used_at",
            gettext_lazy("Last used"),
            lambda token: moment_html(token.last_used_at) if token.last_used_at else "—",
            sort="last_used_at",
            css="nw",
            phone=gettext_lazy("Last used"),
            descending=True,
            value="last_used_at",
        ),
        Column(
            "state",
            gettext_lazy("State"),
            state_badge,
            value=lambda token: str(dict(STATES)[state_of(token)]),
            phone="",
        ),
    ]


class ApiTokenFilter(ListFilter):
    """What tokens can be narrowed by."""

    tag = None
    mark = None
    user = OwnerFilter(label=gettext_lazy("Person"))
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="by_state")

    class Meta:
        model = ApiToken
        fields: list[str] = []

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Tokens that are in force, expired or revoked today."""
        expired = Q(expires_on__lt=timezone.localdate())
        found = {
            "in_force": Q(revoked_at=None) & ~expired,
            "expired": Q(revoked_at=None) & expired,
            "revoked": Q(revoked_at__isnull=False),
        }
        return rows.filter(found[value])
