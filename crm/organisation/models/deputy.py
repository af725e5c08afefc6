"""Who stands in for whom during an absence."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference
from crm.organisation.models.structure import DateRange


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Deputy(BaseModel):
    """During these days, both inclusive, the deputy sees what the absent person sees. Rights are not passed on."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("absent"), on_delete=models.CASCADE, related_name="deputies"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("deputy"), on_delete=models.CASCADE, related_name="stands_in_for"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    scope = Reference("who stands in for whom is told to every colleague")
    trail_parent = "person"

    class Meta:
        verbose_name = _("deputy arrangement")
        verbose_name_plural = _("deputy arrangements")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="deputy_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")),
                name="deputy_not_oneself",
                violation_error_message=_("Nobody can stand in for themselves: choose a colleague."),
            ),
            ExclusionConstraint(
                name="deputy_one_at_a_time",
                expressions=[
                    (DateRange("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                    ("person", RangeOperators.EQUAL),
                ],
                violation_error_message=_("Somebody stands in during that time already: end that arrangement first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.deputy}"
