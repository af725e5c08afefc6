"""Forms of admissions, their answers, checklists and demanded certificates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm, style
from customers.domain.admission.answers import Line
from customers.enums import Asked, QuestionKind
from customers.models import Admission, AdmissionChecklist, CustomerCertificateDemand

MOST_ITEMS = 40
SPARE_ITEMS = 3


class AdmissionForm(RecordForm):
    """What shall be admitted; customer and scope are chosen once."""

    sections = (
        (_("Admitted to"), ("customer", "business_unit", "product_line", "plant")),
        (_("Validity"), ("valid_from", "valid_to", "conditions")),
    )

    class Meta:
        model = Admission
        fields = ("customer", "business_unit", "product_line", "plant", "valid_from", "valid_to", "conditions")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["valid_from"].help_text = _("Empty: from the day it is approved.")
        self.fields["valid_to"].help_text = _("Empty: as long as the checklist says.")
        if self.instance.pk:
            for name in ("customer", "business_unit", "product_line"):
                del self.fields[name]


class CertificateForm(RecordForm):
    """A certificate that the customer demands; its file is attached on its page."""

    class Meta:
        model = CustomerCertificateDemand
        fields = (
            "customer",
            "kind",
            "language",
            "product_line",
            "needed_since",
            "renewal_days",
            "given_on",
            "valid_until",
            "remark",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["customer"]


class AnswersForm(forms.Form):
    """The questions that are asked; what is taken over is none of them."""

    version_read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: Sequence[Line], kept: Mapping[int, Any] | None = None, **kwargs: Any) -> None:
        """`kept`: files that came with an attempt before this one, by question; they need not be chosen again."""
        super().__init__(*args, **kwargs)
        self.lines, self.kept = lines, dict(kept or {})
        for line in lines:
            key, item = line.item.pk, line.item
            self.fields[f"answer_{key}"] = question_field(line)
            if item.kind == QuestionKind.DOCUMENT:
                self.fields[f"file_{key}"] = forms.FileField(label=_("File"), required=False)
            if item.valid_months or item.kind == QuestionKind.DOCUMENT:
                end = line.answer.valid_until if line.answer is not None else None
                self.fields[f"until_{key}"] = forms.DateField(label=_("Valid until"), required=False, initial=end)
        for field in self.fields.values():
            style(field)

    def groups(self) -> list[tuple[Line, list[forms.BoundField], Any]]:
        """Each question with its fields, and the file that is kept already."""
        names = ("answer", "file", "until")
        return [
            (
                line,
                [self[f"{name}_{line.item.pk}"] for name in names if f"{name}_{line.item.pk}" in self.fields],
                self.kept.get(line.item.pk),
            )
            for line in self.lines
        ]

    def uploads(self) -> Iterable[tuple[int, Any]]:
        """The files that were chosen now, by question, whatever else is wrong."""
        for line in self.lines:
            if upload := self.cleaned_data.get(f"file_{line.item.pk}"):
                yield line.item.pk, upload

    def answers(self) -> Iterable[tuple[Line, dict[str, Any]]]:
        """What was answered."""
        for line in self.lines:
            key = line.item.pk
            value = self.cleaned_data.get(f"answer_{key}")
            given = "" if value in (None, "") else str(value)
            yield (
                line,
                {
                    "value": given,
                    "valid_until": self.cleaned_data.get(f"until_{key}"),
                    "evidence": self.kept.get(key),
                },
            )


def question_field(line: Line) -> forms.Field:
    """The field that a question is answered in; nothing is required before the admission is submitted."""
    item, answer = line.item, line.answer
    value = answer.value if answer is not None else ""
    kind: dict[str, Any] = {"label": item.label, "required": False, "initial": value}
    if item.kind == QuestionKind.YES_NO:
        return forms.ChoiceField(choices=[("", "—"), ("yes", _("yes")), ("no", _("no"))], **kind)
    if item.kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *((choice, choice) for choice in item.choices)], **kind)
    if item.kind == QuestionKind.NUMBER:
        return forms.DecimalField(max_digits=18, **kind)
    if item.kind == QuestionKind.DATE:
        return forms.DateField(**kind)
    if item.kind == QuestionKind.DOCUMENT:
        return forms.CharField(max_length=200, help_text=_("What the document is; its file below."), **kind)
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **kind)


class ItemForm(forms.Form):
    """A question of a checklist; one without a text is none."""

    position = forms.IntegerField(label=_("Position"), initial=1, min_value=1, max_value=999)
    question = forms.CharField(label=_("Question"), max_length=200, required=False)
    question_en = forms.CharField(label=_("Question in English"), max_length=200, required=False)
    key = forms.SlugField(
        label=_("Key"),
        max_length=40,
        required=False,
        help_text=_("The same key in another checklist is the same question."),
    )
    kind = forms.ChoiceField(label=_("Answer"), choices=QuestionKind.choices)
    choices = forms.CharField(label=_("Choices, separated by commas"), max_length=500, required=False)
    required = forms.BooleanField(label=_("Required"), required=False, initial=True)
    valid_months = forms.IntegerField(label=_("Answer valid for (months)"), min_value=1, max_value=600, required=False)
    asked = forms.ChoiceField(label=_("Asked"), choices=Asked.choices)

    def clean(self) -> dict[str, Any]:
        """A key for each question, choices where they are chosen from."""
        values = super().clean() or {}
        text = str(values.get("choices") or "").replace("，", ",").replace("、", ",")
        values["choices"] = [choice.strip() for choice in text.split(",") if choice.strip()]
        if values.get("question"):
            if not values.get("key") and "key" not in self.errors:
                values["key"] = slugify(values.get("question_en") or "")[:40]
                if not values["key"]:
                    self.add_error("key", gettext("Give the question a key of letters and digits."))
            if values.get("kind") == QuestionKind.CHOICE and not values["choices"]:
                self.add_error("choices", gettext("Say what can be chosen."))
        return values


ItemFormSet: Any = formset_factory(
    ItemForm, extra=SPARE_ITEMS, can_delete=True, max_num=MOST_ITEMS, validate_max=True, absolute_max=MOST_ITEMS + 5
)


class NewChecklistForm(RecordForm):
    """What a new checklist is for; its questions come next."""

    class Meta:
        model = AdmissionChecklist
        fields = ("name", "business_unit", "product_line", "valid_months")


class ChecklistForm(NewChecklistForm):
    """A draft with its questions."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        stored = [
            {
                **{name: getattr(item, name) for name in ItemForm.base_fields},
                "choices": ", ".join(item.choices),
            }
            for item in (self.instance.items.all() if self.instance.pk else ())
        ]
        sent = "items-TOTAL_FORMS" in self.data
        self.items = ItemFormSet(self.data if sent else None, prefix="items", initial=stored)
        for form in self.items:
            for field in form.fields.values():
                style(field)

    def is_valid(self) -> bool:
        """The questions too."""
        items_valid = self.items.is_valid() or not self.items.is_bound
        return super().is_valid() and items_valid

    def values(self) -> dict[str, Any]:
        """The checklist's own values, and its questions when they were sent."""
        values = super().values()
        if not self.items.is_bound:
            return values
        kept = [
            {name: form.cleaned_data[name] for name in ItemForm.base_fields}
            for form in self.items
            if form.cleaned_data.get("question") and not form.cleaned_data.get("DELETE")
        ]
        return {**values, "items": kept}
