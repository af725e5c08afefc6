"""Forms of the people, competitors, further products and colleagues in a deal."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from opportunities.models import (
    Opportunity,
    OpportunityContact,
    OpportunityMember,
    OpportunityProduct,
    OpportunityRival,
)


class OpportunityContactForm(RecordForm):
    """Somebody at the customer, or at the end customer; the opportunity is chosen once."""

    class Meta:
        model = OpportunityContact
        fields = ("opportunity", "contact", "stance", "concern")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        opportunity = self.instance.opportunity if self.instance.pk else self._chosen(user)
        if self.instance.pk:
            del self.fields["opportunity"], self.fields["contact"]
            return
        field: Any = self.fields["contact"]
        if opportunity is not None:
            companies = Q(customer=opportunity.customer_id) | Q(customer=opportunity.end_customer_id)
            field.queryset = field.queryset.filter(companies)

    def _chosen(self, user: Any) -> Opportunity | None:
        key = self.data.get(self.add_prefix("opportunity")) or self.initial.get("opportunity")
        key = getattr(key, "pk", key)
        if not str(key or "").isdecimal():
            return None
        found: Opportunity | None = Opportunity.objects.visible_to(user).filter(pk=int(str(key))).first()
        return found


class OpportunityRivalForm(RecordForm):
    """A competitor; the opportunity is chosen once."""

    units = {"price": _("per kg")}

    class Meta:
        model = OpportunityRival
        fields = ("opportunity", "competitor", "price", "strength", "notes")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["opportunity"], self.fields["competitor"]


class OpportunityProductForm(RecordForm):
    """A further product line or product; the opportunity is chosen once."""

    units = {"demand_kg": "kg", "our_volume_kg": "kg", "market_price": _("per kg"), "proposed_price": _("per kg")}

    class Meta:
        model = OpportunityProduct
        fields = (
            "opportunity",
            "product_line",
            "product",
            "demand_kg",
            "our_volume_kg",
            "market_price",
            "proposed_price",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["opportunity"]


class OpportunityMemberForm(RecordForm):
    """A colleague in the team; opportunity and person are chosen once."""

    units = {"share": "%"}

    class Meta:
        model = OpportunityMember
        fields = ("opportunity", "user", "task", "share")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["opportunity"], self.fields["user"]
