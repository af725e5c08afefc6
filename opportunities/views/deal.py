"""The pages of the people, competitors, further products and colleagues in a deal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.formats import qty_html
from crm.generic.entity import Entity
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, told
from opportunities.domain.deal import (
    add_contact,
    add_member,
    add_product,
    add_rival,
    remove_entry,
    update_contact,
    update_member,
    update_product,
    update_rival,
)
from opportunities.filters.deal import (
    OpportunityContactFilter,
    OpportunityMemberFilter,
    OpportunityProductFilter,
    OpportunityRivalFilter,
)
from opportunities.forms.deal import (
    OpportunityContactForm,
    OpportunityMemberForm,
    OpportunityProductForm,
    OpportunityRivalForm,
)
from opportunities.models import OpportunityContact, OpportunityMember, OpportunityProduct, OpportunityRival
from opportunities.tables.deal import (
    OpportunityContactTable,
    OpportunityMemberTable,
    OpportunityProductTable,
    OpportunityRivalTable,
    product_name,
    product_price,
    rival_price,
    stance_badge,
    strength_badge,
)
from opportunities.tables.opportunity import record_url


class EntryCreate(CreateView):
    """A new entry; one comes back to the opportunity, as entries are made one after another."""

    def landing(self, record: Any) -> str:
        """The opportunity's page."""
        return record_url(record.opportunity)


class EntryRemove(EntityView):
    """Take an entry out of the deal."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it, and back to the opportunity."""
        entry = self.record()
        user: Any = request.user
        try:
            remove_entry(entry, actor=user)
        except DomainError as error:
            messages.error(request, told(error))
        else:
            messages.success(request, gettext("The entry was removed."))
        return HttpResponseRedirect(record_url(entry.opportunity))


def _deal_link(entry: Any) -> Any:
    return format_html('<a href="{}">{}</a>', record_url(entry.opportunity), entry.opportunity.name)


def _remove(name: str) -> Action:
    return Action(
        _("Remove"),
        lambda entry: reverse(f"opportunities:{name}_remove", args=[entry.pk]),
        "trash",
        f"opportunities.change_{name}",
        post=True,
    )


contact_entity = Entity(
    model=OpportunityContact,
    table=OpportunityContactTable,
    filterset=OpportunityContactFilter,
    dossier=False,
    nav="opportunities",
    icon="users",
    form=OpportunityContactForm,
    create=add_contact,
    update=update_contact,
    views={"create": EntryCreate},
    page=RecordPage(
        title=lambda entry: entry.contact.name,
        code=lambda entry: entry.contact.title or entry.contact.get_role_display(),
        badges=lambda entry: [stance_badge(entry)],
        meta=lambda entry: [("target-arrow", _deal_link(entry))],
        actions=(_remove("opportunitycontact"),),
        select=("contact", "opportunity"),
        attributes=((_("opportunity"), _deal_link), "stance", "concern"),
    ),
)
rival_entity = Entity(
    model=OpportunityRival,
    table=OpportunityRivalTable,
    filterset=OpportunityRivalFilter,
    dossier=False,
    nav="opportunities",
    icon="chart-pie-2",
    form=OpportunityRivalForm,
    create=add_rival,
    update=update_rival,
    views={"create": EntryCreate},
    page=RecordPage(
        title=lambda rival: rival.competitor.label,
        code=lambda rival: rival.competitor.code,
        badges=lambda rival: [strength_badge(rival)],
        meta=lambda rival: [("target-arrow", _deal_link(rival))],
        actions=(_remove("opportunityrival"),),
        select=("competitor", "opportunity"),
        attributes=(
            (_("opportunity"), _deal_link),
            (_("price (per kg)"), rival_price),
            "strength",
            "notes",
        ),
    ),
)
product_entity = Entity(
    model=OpportunityProduct,
    table=OpportunityProductTable,
    filterset=OpportunityProductFilter,
    dossier=False,
    nav="opportunities",
    icon="package",
    form=OpportunityProductForm,
    create=add_product,
    update=update_product,
    views={"create": EntryCreate},
    page=RecordPage(
        title=product_name,
        code=lambda part: part.product_line.label,
        meta=lambda part: [("target-arrow", _deal_link(part))],
        actions=(_remove("opportunityproduct"),),
        select=("product", "product_line", "opportunity"),
        attributes=(
            (_("opportunity"), _deal_link),
            "product_line",
            "product",
            (_("customer's demand (kg)"), lambda part: qty_html(part.demand_kg)),
            (_("our expected volume (kg)"), lambda part: qty_html(part.our_volume_kg)),
            (_("Price"), product_price),
        ),
    ),
)
member_entity = Entity(
    model=OpportunityMember,
    table=OpportunityMemberTable,
    filterset=OpportunityMemberFilter,
    dossier=False,
    nav="opportunities",
    icon="users",
    form=OpportunityMemberForm,
    create=add_member,
    update=update_member,
    views={"create": EntryCreate},
    page=RecordPage(
        title=lambda member: member.user.label,
        code=lambda member: member.task,
        meta=lambda member: [("target-arrow", _deal_link(member))],
        actions=(_remove("opportunitymember"),),
        select=("user", "opportunity"),
        attributes=((_("opportunity"), _deal_link), "task", (_("share (%)"), lambda member: f"{member.share}%")),
    ),
)
