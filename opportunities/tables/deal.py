"""The lists of the people and the competitors in deals."""

from html import escape
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import exact_price
from crm.generic.tables import Column, Part, Table, link_cell, record_address, text_cell
from customers.enums import Stance
from opportunities.enums import RivalStrength
from opportunities.models import OpportunityContact, OpportunityRival
from opportunities.tables.opportunity import record_url

STANCE_TONES: dict[str, str] = {Stance.SUPPORTER: "ok", Stance.NEUTRAL: "line", Stance.OPPONENT: "bad"}
STRENGTH_TONES: dict[str, str] = {RivalStrength.AHEAD: "bad", RivalStrength.LEVEL: "warn", RivalStrength.BEHIND: "ok"}


def contact_url(entry: OpportunityContact) -> str:
    """The address of the entry of a person."""
    return record_address("opportunities:opportunitycontact_record", entry.pk)


def rival_url(rival: OpportunityRival) -> str:
    """The address of the entry of a competitor."""
    return record_address("opportunities:opportunityrival_record", rival.pk)


def stance_badge(entry: OpportunityContact) -> str:
    """How the person stands to our offer."""
    return markup.badge(STANCE_TONES.get(entry.stance, "line"), entry.get_stance_display())


def strength_badge(rival: OpportunityRival) -> str:
    """How the competitor stands to us."""
    return markup.badge(STRENGTH_TONES.get(rival.strength, "line"), rival.get_strength_display())


def rival_price(rival: OpportunityRival) -> str:
    """Its price per kg, when it is known."""
    return "—" if rival.price is None else exact_price(rival.price, str(rival.opportunity.currency_id), "kg")


def _deal_cell(row: Any) -> str:
    return f'<a class="nw" href="{record_url(row.opportunity)}">{escape(row.opportunity.name)}</a>'


_DEAL = Column(
    "opportunity",
    _("Opportunity"),
    _deal_cell,
    select=("opportunity",),
    phone=_("Opportunity"),
    value="opportunity.name",
)


class OpportunityContactTable(Table):
    """Columns of the list of people."""

    model = OpportunityContact
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = ""
    columns: ClassVar = [
        Column(
            "contact",
            _("Contact"),
            link_cell(contact_url, lambda row: row.contact.name),
            select=("contact",),
            phone="",
            value="contact.name",
        ),
        _DEAL,
        Column("stance", _("Stance"), stance_badge, phone=_("Stance"), value="get_stance_display"),
        Column("concern", _("Concern"), text_cell("concern"), phone=_("Concern")),
    ]


class OpportunityRivalTable(Table):
    """Columns of the list of competitors in deals."""

    model = OpportunityRival
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = ""
    columns: ClassVar = [
        Column(
            "competitor",
            _("Competitor"),
            link_cell(rival_url, lambda row: row.competitor.label),
            select=("competitor",),
            phone="",
            value="competitor.label",
        ),
        _DEAL,
        Column(
            "price",
            _("Price"),
            lambda row: escape(rival_price(row)),
            css="num",
            phone=_("Price"),
            value=(Part("price"), Part("opportunity.currency_id", _("Currency"))),
        ),
        Column("strength", _("Strength"), strength_badge, phone=_("Strength"), value="get_strength_display"),
        Column("notes", _("Remark"), text_cell("notes")),
    ]
