"""The lists of the people, competitors, further products and colleagues in deals."""

from html import escape
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import exact_price, qty_html
from crm.generic.tables import Column, Part, Table, link_cell, record_address, text_cell
from customers.enums import Stance
from opportunities.enums import RivalStrength
from opportunities.models import OpportunityContact, OpportunityMember, OpportunityProduct, OpportunityRival
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


def product_url(part: OpportunityProduct) -> str:
    """The address of the entry of a further product."""
    return record_address("opportunities:opportunityproduct_record", part.pk)


def product_name(part: OpportunityProduct) -> str:
    """The product, or else its line."""
    return str((part.product or part.product_line).label)


def product_price(part: OpportunityProduct) -> str:
    """Our price per kg, or else the market's."""
    price = part.proposed_price or part.market_price
    return "—" if price is None else exact_price(price, str(part.opportunity.currency_id), "kg")


def member_url(member: OpportunityMember) -> str:
    """The address of the entry of a colleague."""
    return record_address("opportunities:opportunitymember_record", member.pk)


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


class OpportunityProductTable(Table):
    """Columns of the list of further products in deals."""

    model = OpportunityProduct
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = ""
    columns: ClassVar = [
        Column(
            "product",
            _("Product"),
            link_cell(product_url, product_name),
            select=("product", "product_line"),
            phone="",
            value=(Part("product_line.label", _("Product line")), Part("product.label", _("Product"))),
        ),
        _DEAL,
        Column("demand_kg", _("Demand"), lambda row: qty_html(row.demand_kg), css="num", value="demand_kg"),
        Column(
            "our_volume_kg",
            _("Our volume"),
            lambda row: qty_html(row.our_volume_kg),
            css="num",
            phone=_("Our volume"),
            value="our_volume_kg",
        ),
        Column(
            "price",
            _("Price"),
            lambda row: escape(product_price(row)),
            css="num",
            phone=_("Price"),
            value=(
                Part("proposed_price", _("proposed price (per kg)")),
                Part("market_price", _("market price (per kg)")),
                Part("opportunity.currency_id", _("Currency")),
            ),
        ),
    ]


class OpportunityMemberTable(Table):
    """Columns of the list of deal teams."""

    model = OpportunityMember
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = ""
    columns: ClassVar = [
        Column(
            "user",
            _("Colleague"),
            link_cell(member_url, lambda row: row.user.label),
            select=("user",),
            phone="",
            value="user.label",
        ),
        _DEAL,
        Column("task", _("Task in the deal"), text_cell("task"), phone=_("Task in the deal")),
        Column("share", _("Share (%)"), lambda row: f"{row.share}%", css="num", phone=_("Share (%)"), value="share"),
    ]
