"""Which properties the products of a line have."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import RecordModel, label_of
from crm.catalogue.enums import FieldKind
from crm.catalogue.models.product import CATALOGUE, ProductLine


@pghistory.track()
class SpecificationField(RecordModel):
    """A property of the products of a line: a number with its unit and range, one of several choices, a text, or yes and no.

    A retired field is no longer asked for or shown; the values products have of it stay.
    """

    product_line = models.ForeignKey(
        ProductLine, verbose_name=_("product line"), on_delete=models.CASCADE, related_name="specification_fields"
    )
    key = models.CharField(
        _("key"),
        max_length=40,
        validators=[
            RegexValidator(r"^[a-z][a-z0-9_]*$", _("Small letters, digits and underscores, beginning with a letter."))
        ],
        help_text=_("What the value is kept under; it cannot be changed later."),
    )
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    kind = models.CharField(
        pgettext_lazy("of a field", "kind"), max_length=10, choices=FieldKind.choices, default=FieldKind.NUMBER
    )
    unit = models.CharField(_("unit of the number"), max_length=20, blank=True)
    minimum = models.DecimalField(_("smallest value"), max_digits=15, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField(_("largest value"), max_digits=15, decimal_places=6, null=True, blank=True)
    choices = ArrayField(models.CharField(max_length=60), verbose_name=_("choices"), default=list, blank=True)
    required = models.BooleanField(_("required"), default=False)
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=10)
    group = models.CharField(_("group"), max_length=40, blank=True)
    group_en = models.CharField(_("English name of the group"), max_length=40, blank=True)
    is_active = models.BooleanField(pgettext_lazy("field", "in use"), default=True)

    scope = CATALOGUE

    class Meta:
        verbose_name = _("specification field")
        verbose_name_plural = _("specification fields")
        ordering = ["product_line", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product_line", "key"],
                name="specification_field_key_once",
                violation_error_message=_("This product line has a field of this key already."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(minimum__lte=F("maximum")),
                name="specification_field_range",
                violation_error_message=_("The smallest value must not be larger than the largest."),
            ),
            models.CheckConstraint(
                condition=Q(kind="number") | Q(minimum__isnull=True, maximum__isnull=True, unit=""),
                name="specification_field_number",
                violation_error_message=_("Only a number has a unit, a smallest and a largest value."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="choice") & Q(choices__len__gt=0)) | (~Q(kind="choice") & Q(choices=[])),
                name="specification_field_choices",
                violation_error_message=_("A choice needs at least one entry to choose from; other kinds have none."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)

    @property
    def group_label(self) -> str:
        """The group in the reader's language."""
        return label_of(self.group, self.group_en)
