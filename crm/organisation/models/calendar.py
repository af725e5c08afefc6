"""When people work: the company's calendar and those of business units that differ from it."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel
from crm.base.scopes import Reference, ViaParent
from crm.organisation.models.structure import BusinessUnit


class Weekday(models.IntegerChoices):
    """The days of the week, by their ISO numbers."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


@pghistory.track()
class WorkingCalendar(RecordModel):
    """The working days and hours of a business unit; without one, of the company and every unit that has none of its own."""

    business_unit = models.OneToOneField(
        BusinessUnit,
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: for the whole company."),
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday.choices),
        verbose_name=_("working days"),
        default=list,
        blank=True,
    )
    opens_at = models.TimeField(_("work begins"))
    closes_at = models.TimeField(_("work ends"))
    break_from = models.TimeField(_("break from"), null=True, blank=True)
    break_until = models.TimeField(_("break until"), null=True, blank=True)

    scope = Reference("everybody knows when the company works")

    class Meta:
        verbose_name = _("working calendar")
        verbose_name_plural = _("working calendars")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_unit"],
                name="calendar_one_per_unit",
                nulls_distinct=False,
                violation_error_message=_("There is such a calendar already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1) & Q(weekdays__contained_by=list(Weekday.values)),
                name="calendar_some_weekday",
                violation_error_message=_("Choose at least one working day."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="calendar_opens_before_it_closes",
                violation_error_message=_("Work must begin before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(break_from__isnull=True, break_until__isnull=True)
                | Q(break_from__gt=F("opens_at"), break_until__gt=F("break_from"), closes_at__gt=F("break_until")),
                name="calendar_break_within",
                violation_error_message=_(
                    "The break must lie within the working hours, from an earlier to a later time."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.business_unit.label if self.business_unit else gettext("Whole company")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SpecialDay(BaseModel):
    """A day that is not as its weekday: a holiday, or a working day that makes up for one (调休)."""

    calendar = models.ForeignKey(
        WorkingCalendar, verbose_name=_("working calendar"), on_delete=models.CASCADE, related_name="special_days"
    )
    day = models.DateField(pgettext_lazy("calendar", "day"))
    is_working = models.BooleanField(
        pgettext_lazy("calendar", "kind"), choices=[(False, _("holiday")), (True, _("make-up working day"))]
    )
    name = models.CharField(pgettext_lazy("calendar", "occasion"), max_length=60, blank=True)

    scope = ViaParent("calendar")

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "day"],
                name="special_day_once",
                violation_error_message=_("This day is in the calendar already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
