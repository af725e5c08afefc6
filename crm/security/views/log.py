"""The log of signing in, for those who may read it."""

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from crm.formats import moment_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from crm.models import SignInEvent
from crm.security.filters import SignInFilter
from crm.security.tables import SignInTable, person_of

sign_in_entity = Entity(
    model=SignInEvent,
    table=SignInTable,
    dossier=False,
    filterset=SignInFilter,
    namespace="security",
    nav="settings",
    icon="login",
    subtitle=_("Who signed in or was refused, and what happened to accounts"),
    empty_text=_("As soon as somebody signs in, it stands here."),
    presets=(
        Preset("refused", _("Refused"), "kind=refused"),
        Preset("all", _("All")),
    ),
    page=RecordPage(
        title=lambda event: f"{person_of(event)}: {event.get_kind_display()}",
        meta=lambda event: [("clock", moment_html(event.at)), ("world", event.address)],
        select=("user", "actor"),
        attributes=(
            "username",
            "kind",
            "reason",
            (_("time"), lambda event: moment_html(event.at)),
            (_("address"), lambda event: escape(event.address or "—")),
            (_("device"), lambda event: escape(event.device)),
            (_("browser"), lambda event: escape(event.agent or "—")),
            (_("done by"), lambda event: escape(event.actor.label) if event.actor else "—"),
        ),
    ),
)
