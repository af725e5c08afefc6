"""Working calendars: days, hours, holidays and make-up working days."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.administration.filters import CalendarFilter
from crm.administration.forms import CalendarForm, SpecialDaysForm
from crm.administration.tables import SPACE, CalendarTable, hours_text, weekdays_text
from crm.errors import DomainError
from crm.generic.entity import Entity
from crm.generic.layout import RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error
from crm.models import SpecialDay, WorkingCalendar
from crm.organisation.domain.calendars import (
    create_calendar,
    remove_special_day,
    set_special_days,
    update_calendar,
)


class AddDays(EntityView):
    """Makes days holidays or make-up working days."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks."""
        return self.show(self.record(), SpecialDaysForm(user=request.user))  # type: ignore[arg-type]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        calendar = self.record()
        form = SpecialDaysForm(request.POST, user=request.user)  # type: ignore[arg-type]
        if not form.is_valid():
            return self.show(calendar, form, status=422)
        try:
            count = set_special_days(calendar=calendar, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(calendar, form, status=422)
        done = ngettext("%(n)d day was set.", "%(n)d days were set.", count) % {"n": count}
        messages.success(request, done)
        return HttpResponseRedirect(self.entity.record_url(calendar))

    def show(self, calendar: WorkingCalendar, form: SpecialDaysForm, status: int = 200) -> HttpResponse:
        """The page."""
        url = self.entity.record_url(calendar)
        title = gettext("Holidays and make-up working days")
        context = self.context(
            form=form,
            title=title,
            text=gettext("What these days were before is replaced. Clocks that run already keep their time."),
            button=gettext("Save"),
            cancel_url=url,
            crumbs=[self.context()["list_crumb"], (str(calendar), url), (title, None)],
        )
        return render(self.request, "organisation/ask.html", context, status=status)


class RemoveDay(EntityView):
    """Makes a day as its weekday again."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; a day that is gone already is none any more."""
        calendar = self.record()
        days = SpecialDay.objects.visible_to(request.user, of=calendar)
        row = days.filter(pk=kwargs["day"]).first()
        if row is None:
            raise Http404
        remove_special_day(special_day=row, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, gettext("The day is again as its weekday."))
        return HttpResponseRedirect(self.entity.record_url(calendar))


calendar_entity = Entity(
    model=WorkingCalendar,
    table=CalendarTable,
    dossier=False,
    filterset=CalendarFilter,
    form=CalendarForm,
    create=create_calendar,
    update=update_calendar,
    nav="settings",
    icon="calendar-stats",
    namespace=SPACE,
    subtitle=_("Working days, hours and holidays: reminders and deadlines count by them"),
    page=RecordPage(
        select=("business_unit",),
        attributes=((_("Working days"), weekdays_text), (pgettext_lazy("calendar", "Hours"), hours_text)),
    ),
)


def day_urls() -> list[URLPattern]:
    """The addresses of a calendar's special days."""
    return [
        path("calendars/<int:pk>/days/", AddDays.as_view(entity=calendar_entity), name="workingcalendar_days"),
        path(
            "calendars/<int:pk>/days/<int:day>/remove/",
            RemoveDay.as_view(entity=calendar_entity),
            name="workingcalendar_day_remove",
        ),
    ]
