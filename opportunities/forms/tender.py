"""Forms of a tender, its bond, lots, papers and bids, and of its steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm, style
from crm.models import Unit
from crm.workflow.forms.task import MomentInput, moment_field
from opportunities.domain.tenders.tenders import BOND
from opportunities.enums import SubmissionWay
from opportunities.forms.parts import PartForm
from opportunities.models import Tender, TenderBid, TenderDocument, TenderLot

_WHAT = ("title", "customer", "opportunity", "product_line", "currency", "owner")
_INVITATION = ("reference", "kind", "received_on", "remark")
_CALENDAR = ("clarification_until", "submission_due", "opening_at")
_BOND = ("bond_amount", "bond_form", "bond_due")
NO_AWARD = "none"


class TenderForm(RecordForm):
    """What is asked for, and the calendar; the customer is chosen once."""

    submission_due = moment_field(_("Submission due"))
    opening_at = moment_field(_("Bids opened at"), required=False)
    sections = (
        (_("Tender"), _WHAT),
        (_("Invitation"), _INVITATION),
        (_("Calendar"), _CALENDAR),
        (_("Bid bond"), _BOND),
    )

    class Meta:
        model = Tender
        fields = (*_WHAT, *_INVITATION, *_CALENDAR, *_BOND)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not user.has_perm("opportunities.transfer_opportunity"):
            del self.fields["owner"]
        else:
            self.fields["owner"].required = True
        if self.instance.pk:
            del self.fields["customer"]


class BondForm(RecordForm):
    """The bond and its way back, which goes on after the bid was handed in; and what is learnt."""

    sections = ((_("Bid bond"), BOND), (_("Lessons learnt"), ("lessons",)))

    class Meta:
        model = Tender
        fields = (*BOND, "lessons")


class LotForm(PartForm):
    """A lot."""

    class Meta:
        model = TenderLot
        fields = ("number", "name", "product", "quantity", "unit", "our_price", "budget_price")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault(
                "unit", Unit.objects.visible_to(user).filter(code="KG").values_list("pk", flat=True).first()
            )


class PaperForm(PartForm):
    """A paper; its file is kept with the tender."""

    upload = forms.FileField(label=_("File"), required=False)

    class Meta:
        model = TenderDocument
        fields = ("name", "is_required", "responsible", "due_on", "done_on")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["done_on"].help_text = _("With a file it is done today unless you say another day.")
        file = self.instance.file if self.instance.pk else None
        if file is not None:
            self.fields["upload"].help_text = gettext("%(name)s is there already.") % {"name": file.name}


class BidForm(PartForm):
    """Somebody's price for a lot, as it was read out."""

    class Meta:
        model = TenderBid
        fields = ("lot", "competitor", "bidder", "price", "remark")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        lot: Any = self.fields["lot"]
        lot.queryset = TenderLot.objects.visible_to(user, of=self.parent).order_by("number", "pk")
        self.fields["bidder"].required = False
        self.fields["bidder"].help_text = _("Not needed when a competitor is chosen.")
        if self.instance.pk:
            del self.fields["lot"]


class SubmissionForm(forms.Form):
    """When and how the bid was handed in."""

    at = forms.DateTimeField(label=_("Handed in at"), widget=MomentInput(), initial=timezone.now)
    how = forms.ChoiceField(label=pgettext_lazy("tender", "How"), choices=SubmissionWay.choices)


class OpeningForm(forms.Form):
    """When the bids were opened."""

    on = forms.DateField(label=_("Bids opened on"), initial=timezone.localdate)


class ResultForm(forms.Form):
    """Who got each lot, and what is learnt."""

    def __init__(self, *args: Any, lots: Sequence[TenderLot], bids: Mapping[int, Sequence[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lots = lots
        for lot in lots:
            offered = [(str(row.bid.pk), f"{row.rank}. {row.bid.bidder}") for row in bids.get(lot.pk, ())]
            self.fields[f"winner_{lot.pk}"] = forms.ChoiceField(
                label=gettext("Lot %(lot)s") % {"lot": lot},
                choices=[("", "—"), *offered, (NO_AWARD, gettext("not awarded"))],
            )
        self.fields["on"] = forms.DateField(label=gettext("Decided on"), initial=timezone.localdate)
        self.fields["lessons"] = forms.CharField(
            label=gettext("Lessons learnt"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=gettext("Needed when no lot was won: price, specification, terms, what to do otherwise."),
        )
        for field in self.fields.values():
            style(field)

    def winners(self) -> dict[int, int | None]:
        """The winning bid by lot."""
        chosen = {lot.pk: self.cleaned_data[f"winner_{lot.pk}"] for lot in self.lots}
        return {key: None if value == NO_AWARD else int(value) for key, value in chosen.items()}
