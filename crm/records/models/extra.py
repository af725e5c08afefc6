"""Extra fields of records: what administrators define, and the column that holds the values."""

from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import RecordModel, label_of
from crm.base.scopes import Reference


class FieldType(models.TextChoices):
    """What an extra field holds."""

    TEXT = "text", _("text")
    LONG_TEXT = "long_text", _("long text")
    INTEGER = "integer", _("whole number")
    DECIMAL = "decimal", _("decimal number")
    DATE = "date", _("date")
    BOOLEAN = "boolean", _("yes or no")
    CHOICE = "choice", _("one choice")
    CHOICES = "choices", _("several choices")
    PERSON = "person", _("person")


NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL)
RANGES = (*NUMBERS, FieldType.DATE)  # what is filtered from and to, and sorted
TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)
LISTS = (FieldType.CHOICE, FieldType.CHOICES)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ExtraField(RecordModel):
    """A field that an administrator gave a kind of record. Its values lie in the record's `extra`, under its key.

    `index_ready` says that its index is built, so that lists can be sorted by it.
    """

    record = models.CharField(_("kind of record"), max_length=60)
    key = models.CharField(
        _("key"),
        max_length=30,
        validators=[RegexValidator(r"^[a-z][a-z0-9]*\Z", _("Small letters and digits only, beginning with a letter."))],
        help_text=_("Small letters and digits; it names the field in interfaces and never changes."),
    )
    name = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    type = models.CharField(_("type"), max_length=10, choices=FieldType.choices, default=FieldType.TEXT)
    choice_list = models.ForeignKey(
        "crm.ChoiceList",
        verbose_name=_("list of choices"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    places = models.PositiveSmallIntegerField(_("decimal places"), default=2)
    minimum = models.DecimalField(_("at least"), max_digits=15, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField(_("at most"), max_digits=15, decimal_places=6, null=True, blank=True)
    required = models.BooleanField(_("required"), default=False)
    help_text = models.CharField(_("help (Chinese)"), max_length=200, blank=True)
    help_text_en = models.CharField(_("help (English)"), max_length=200, blank=True)
    section = models.CharField(
        _("section (Chinese)"), max_length=40, blank=True, help_text=_("The heading in the form; empty: “More”.")
    )
    section_en = models.CharField(_("section (English)"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("in an order", "position"), default=10)
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("A field that is not in use is hidden; its values are kept.")
    )
    filterable = models.BooleanField(
        _("lists can be filtered by it"), default=True, help_text=_("An index is built for it in the background.")
    )
    searchable = models.BooleanField(
        _("the search finds it"), default=False, help_text=_("Texts only. Existing records follow in the background.")
    )
    index_ready = models.BooleanField(_("index is ready"), default=False, editable=False)

    scope = Reference("the fields are the same for everybody")

    class Meta:
        verbose_name = _("extra field")
        verbose_name_plural = _("extra fields")
        ordering = ["record", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "key"],
                name="extra_key_once",
                violation_error_message=_("This kind of record has a field with this key already."),
            ),
            models.CheckConstraint(
                condition=Q(type__in=LISTS, choice_list__isnull=False)
                | Q(~Q(type__in=LISTS), choice_list__isnull=True),
                name="extra_choice_has_list",
                violation_error_message=_("A choice needs a list of choices, other types have none."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(minimum__lte=F("maximum")),
                name="extra_range_in_order",
                violation_error_message=_("The smallest value must not be larger than the largest."),
            ),
            models.CheckConstraint(
                condition=Q(places__lte=6),
                name="extra_places_at_most_six",
                violation_error_message=_("At most six decimal places."),
            ),
            models.CheckConstraint(
                condition=Q(searchable=False) | Q(type__in=TEXTS),
                name="extra_only_texts_searchable",
                violation_error_message=_("Only texts can be found by the search."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)

    @property
    def help(self) -> str:
        """The help in the reader's language."""
        return label_of(self.help_text, self.help_text_en)

    @property
    def heading(self) -> str:
        """The section's heading in the reader's language."""
        return label_of(self.section, self.section_en) or str(pgettext_lazy("section of a form", "More"))

    @property
    def form_name(self) -> str:
        """What it is called in forms, filters, columns and sheets. Keys have no underscore, so none begins another."""
        return f"x_{self.key}"


class ExtraModel(models.Model):
    """A kind of record that can have extra fields; list `extra_index(...)` among its indexes."""

    extra = models.JSONField(_("extra fields"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuses values that are not of their field's type."""
        super().clean()
        if self.extra:
            from crm.records.extra import check_values  # noqa: PLC0415 -- reads these models

            check_values(type(self), self.extra)


def extra_index(name: str) -> GinIndex:
    """The index that finds equal values of every extra field."""
    return GinIndex(fields=["extra"], opclasses=["jsonb_path_ops"], name=name)


def kind_of(model: Any) -> str:
    """What names the model in definitions."""
    return str(model._meta.label_lower)
