"""The list of our certificates."""

from html import escape
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import ago, current_day, day_html, moment_html
from crm.generic.cells import person_cell
from crm.generic.tables import Column, Table, link_cell, listed_cell, record_address, text_cell
from crm.markup import badge
from customers.tables.cells import below
from opportunities.certificate_rules import state_of
from opportunities.enums import CertificateState
from opportunities.models import Certificate

STATE_TONES: dict[str, str] = {
    CertificateState.DRAFT: "line",
    CertificateState.VALID: "ok",
    CertificateState.SOON: "warn",
    CertificateState.EXPIRED: "bad",
    CertificateState.REPLACED: "",
    CertificateState.WITHDRAWN: "",
}
_LOUD = {CertificateState.SOON: "warn", CertificateState.EXPIRED: "bad"}


def certificate_url(certificate: Any) -> str:
    """The address of a certificate's page."""
    return record_address("opportunities:certificate_record", certificate.pk)


def state_now(certificate: Certificate) -> str:
    """What it is called today."""
    return state_of(certificate.valid_from, certificate.valid_until, current_day())


def badge_of(state: str) -> str:
    """A state as a badge."""
    return badge(STATE_TONES[state], CertificateState(state).label, dot=True)


def state_badge(certificate: Certificate) -> str:
    """What it is called today, as a badge."""
    return badge_of(state_now(certificate))


def end_html(end: Any, state: str) -> str:
    """A last day, and how far away it is when that matters."""
    if end is None:
        return f'<span class="mute">{escape(_("without an end") if state == CertificateState.VALID else "—")}</span>'
    tone = _LOUD.get(CertificateState(state))
    return str(day_html(end)) + (below(escape(ago(end)), tone) if tone else "")


def covered(certificate: Any) -> str:
    """What it speaks of, in words: product lines and products, or all that we make; and the plant."""
    names = [row.label for row in (*certificate.product_lines.all(), *certificate.products.all())]
    what = "、".join(names) if names else str(_("all that we make"))
    return f"{what} · {certificate.plant}" if certificate.plant else what


def _covered_cell(certificate: Any) -> str:
    return f'<span class="ell">{escape(covered(certificate))}</span>'


class CertificateTable(Table):
    """The list of our certificates."""

    model = Certificate
    default_sort: ClassVar[str] = "valid_until"
    groups: ClassVar = {"kind": "kind", "owner": "owner", "valid_until": "valid_until"}
    columns: ClassVar = [
        Column(
            "name",
            gettext_lazy("Certificate"),
            link_cell(certificate_url, lambda row: row.label, lambda row: row.number or row.code),
            phone="",
        ),
        Column(
            "kind",
            pgettext_lazy("certificate", "Kind"),
            listed_cell("kind", "certificate_kind"),
            phone=pgettext_lazy("certificate", "Kind"),
        ),
        Column(
            "state",
            gettext_lazy("Status"),
            state_badge,
            phone=gettext_lazy("Status"),
            value=lambda row: str(CertificateState(state_now(row)).label),
        ),
        Column(
            "valid_until",
            gettext_lazy("Valid until"),
            lambda row: end_html(row.valid_until, state_now(row)),
            sort="valid_until",
            css="nw",
            phone=gettext_lazy("Valid until"),
            value="valid_until",
        ),
        Column("covers", gettext_lazy("Covers"), _covered_cell, value=covered),
        Column("issuer", gettext_lazy("Issued by"), text_cell("issuer")),
        Column("owner", gettext_lazy("Responsible"), person_cell("owner"), select=("owner",)),
        Column("number", gettext_lazy("Certificate number"), text_cell("number"), shown=False),
        Column("code", gettext_lazy("Number"), text_cell("code"), shown=False),
        Column(
            "updated_at",
            gettext_lazy("Changed"),
            lambda row: moment_html(row.updated_at),
            sort="updated_at",
            css="nw",
            shown=False,
            descending=True,
            value="updated_at",
        ),
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """With what they cover."""
        return super().load(rows, columns, sort).prefetch_related("product_lines", "products")
