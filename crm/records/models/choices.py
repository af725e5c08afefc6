"""Lists of choices that administrators own, and the model field that holds an item's code."""

from functools import partialmethod
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import RecordModel, label_of
from crm.base.scopes import Reference
from crm.records.choices import listed

CODE_LENGTH = 60


class Tone(models.TextChoices):
    """The colour of a badge."""

    LINE = "line", pgettext_lazy("colour of a badge", "plain")
    INFO = "info", pgettext_lazy("colour of a badge", "blue")
    OK = "ok", pgettext_lazy("colour of a badge", "green")
    WARN = "warn", pgettext_lazy("colour of a badge", "amber")
    BAD = "bad", pgettext_lazy("colour of a badge", "red")
    PRI = "pri", pgettext_lazy("colour of a badge", "brand colour")
    VIO = "vio", pgettext_lazy("colour of a badge", "violet")


@pghistory.track()
class ChoiceList(RecordModel):
    """A list of choices. Those that apps brought are named by a key of theirs; administrators add more for extra fields."""

    key = models.SlugField(_("key"), max_length=40, unique=True, editable=False)
    name = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    allows_other = models.BooleanField(
        _("other text may be entered"),
        default=False,
        help_text=_("Otherwise only what stands in the list is accepted."),
    )

    scope = Reference("the lists are the same for everybody")

    class Meta:
        verbose_name = _("list of choices")
        verbose_name_plural = _("lists of choices")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChoiceItem(RecordModel):
    """An item of a list. Records store its code, which never changes; a retired item stays readable on them."""

    list = models.ForeignKey(ChoiceList, verbose_name=_("list"), on_delete=models.CASCADE, related_name="items")
    code = models.CharField(_("key"), max_length=CODE_LENGTH, editable=False)
    name = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("in an order", "position"), default=0, editable=False)
    tone = models.CharField(_("colour"), max_length=5, choices=Tone.choices, default=Tone.LINE)
    is_active = models.BooleanField(_("offered"), default=True)
    is_fixed = models.BooleanField(_("the program relies on it"), default=False, editable=False)

    scope = Reference("the lists are the same for everybody")

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["list", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="choice_code_once"),
            models.UniqueConstraint(
                fields=["list", "name"],
                name="choice_name_once",
                violation_error_message=_("The list has an item of this name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_fixed=False) | models.Q(is_active=True),
                name="choice_fixed_is_offered",
                violation_error_message=_("The program relies on this item: it can be renamed, not retired."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)


class ListedField(models.CharField):
    """The code of an item of a choice list, or other text where the list allows that."""

    def __init__(self, *args: Any, list_key: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", CODE_LENGTH)
        super().__init__(*args, **kwargs)
        self.list_key = list_key

    def deconstruct(self) -> Any:
        """With the list's key."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "list_key": self.list_key}

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """Adds get_<name>_display, as a field with choices has."""
        super().contribute_to_class(cls, name, private_only)
        display = f"get_{name}_display"
        if display not in cls.__dict__:
            setattr(cls, display, partialmethod(_display, field=self))

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuses what the list does not know."""
        super().validate(value, model_instance)
        if value and not listed(self.list_key).accepts(value):
            raise ValidationError(_("“%(value)s” is not in the list: choose one of its items.") % {"value": value})

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        """Offers the items."""
        from crm.records.fields import ListedFormField  # noqa: PLC0415 -- stands above the models

        given = {
            "list_key": self.list_key,
            "required": not self.blank,
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            "max_length": self.max_length,
        }
        if self.has_default():
            given["initial"] = self.get_default()
        return ListedFormField(**{**given, **kwargs})


def _display(self: models.Model, *, field: ListedField) -> str:
    return listed(field.list_key).label(getattr(self, field.attname))
