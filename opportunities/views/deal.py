"""The pages of the people and the competitors in a deal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.generic.entity import Entity
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView
from opportunities.domain.deal import add_contact, add_rival, remove_entry, update_contact, update_rival
from opportunities.filters.deal import OpportunityContactFilter, OpportunityRivalFilter
from opportunities.forms.deal import OpportunityContactForm, OpportunityRivalForm
from opportunities.models import OpportunityContact, OpportunityRival
from opportunities.tables.deal import (
    OpportunityContactTable,
    OpportunityRivalTable,
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
        remove_entry(entry, actor=user)
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
