"""Filters of the people, competitors, further products and colleagues in deals."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Number, Text
from crm.generic.filters import ListFilter, visible
from crm.models import Competitor, ProductLine, User
from customers.enums import Stance
from opportunities.enums import RivalStrength
from opportunities.models import (
    Opportunity,
    OpportunityContact,
    OpportunityMember,
    OpportunityProduct,
    OpportunityRival,
)


class OpportunityContactFilter(ListFilter):
    """By opportunity and stance."""

    tag = None
    mark = None
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    stance = django_filters.ChoiceFilter(label=_("Stance"), choices=Stance.choices)
    also = (Text("concern"),)

    class Meta:
        model = OpportunityContact
        fields: tuple[str, ...] = ()


class OpportunityRivalFilter(ListFilter):
    """By competitor, opportunity and strength."""

    tag = None
    mark = None
    competitor = django_filters.ModelChoiceFilter(label=_("Competitor"), queryset=visible(Competitor))
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    strength = django_filters.ChoiceFilter(label=_("Strength"), choices=RivalStrength.choices)
    also = (Number("price"), Text("notes"))

    class Meta:
        model = OpportunityRival
        fields: tuple[str, ...] = ()


class OpportunityProductFilter(ListFilter):
    """By product line and opportunity."""

    tag = None
    mark = None
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=visible(ProductLine))
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    also = (Number("demand_kg"), Number("our_volume_kg"))

    class Meta:
        model = OpportunityProduct
        fields: tuple[str, ...] = ()


class OpportunityMemberFilter(ListFilter):
    """By colleague and opportunity."""

    tag = None
    mark = None
    user = django_filters.ModelChoiceFilter(label=_("Colleague"), queryset=visible(User))
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    also = (Number("share"), Text("task"))

    class Meta:
        model = OpportunityMember
        fields: tuple[str, ...] = ()
