"""The log of signing in as a table."""

from html import escape
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.accounts.models.sign_in import Kind
from crm.formats import moment_html
from crm.generic.tables import Column, Part, Table, choice_cell, exported, link_cell, record_address, text_cell

TONES = {
    Kind.SIGNED_IN: "ok",
    Kind.REFUSED: "warn",
    Kind.LOCKED: "bad",
    Kind.FACTOR_OFF: "warn",
    Kind.PASSWORD_RESET: "warn",
}


def event_url(event: Any) -> str:
    """The address of an entry's page."""
    return record_address("security:signinevent_record", event.pk)


def person_of(event: Any) -> str:
    """The person, or the name that nobody has."""
    return event.user.label if event.user else event.username or "—"


def _time(event: Any) -> str:
    return str(moment_html(event.at))


def _device(event: Any) -> str:
    return escape(event.device)


def _actor(event: Any) -> str:
    return escape(event.actor.label) if event.actor else "—"


class SignInTable(Table):
    """The log."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-at"
    columns: ClassVar = [
        Column(
            "person",
            pgettext_lazy("whose account", "Person"),
            link_cell(event_url, person_of, lambda event: event.username),
            select=("user",),
            phone="",
            value=(Part(person_of), Part("username", _("User name"))),
        ),
        Column("at", _("Time"), exported(_time, "at"), sort="at", css="nw", phone=_("Time"), descending=True),
        Column("kind", _("Event"), choice_cell("kind", TONES), css="nw", phone=_("Event")),
        Column(
            "reason",
            _("Reason"),
            exported(lambda event: escape(event.get_reason_display()) or "—", lambda event: event.get_reason_display()),
            phone=_("Reason"),
        ),
        Column("address", _("Address"), text_cell("address"), css="nw", phone=_("Address")),
        Column("device", _("Device"), exported(_device, "device"), css="nw"),
        Column("actor", _("Done by"), exported(_actor, "actor.label"), select=("actor",), css="nw"),
    ]
