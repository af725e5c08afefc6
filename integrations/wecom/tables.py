"""The list of check-ins."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import moment_html, num
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Part, Table, exported, link_cell

NEAR_KM = 1000  # metres from which kilometres are told


def distance_text(metres: int | None) -> str:
    """ "120 m from earlier check-ins", empty when not known."""
    if metres is None:
        return ""
    text = _("%(n)s m") % {"n": num(metres)} if metres < NEAR_KM else _("%(n)s km") % {"n": num(metres / NEAR_KM, 1)}
    return _("%(distance)s from earlier check-ins there") % {"distance": text}


def _odd(row: Any) -> str:
    return escape(" · ".join(filter(None, (row.exception, distance_text(row.distance)))) or "—")


class CheckinTable(Table):
    """Who was where."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-at"
    columns: ClassVar = [
        Column(
            "place",
            pgettext_lazy("check-in", "Place"),
            link_cell(
                lambda row: reverse("integrations:wecomcheckin_record", args=[row.pk]), str, lambda row: row.address
            ),
            phone="",
            value=(Part(str), Part("address", gettext_lazy("Address"))),
        ),
        Column(
            "user",
            pgettext_lazy("check-in", "Person"),
            person_cell("user"),
            select=("user",),
            phone=pgettext_lazy("check-in", "Person"),
        ),
        Column(
            "at",
            gettext_lazy("Time"),
            lambda row: moment_html(row.at),
            sort="at",
            css="nw",
            phone=gettext_lazy("Time"),
            descending=True,
            value="at",
        ),
        Column(
            "customer",
            gettext_lazy("Customer"),
            label_cell("customer"),
            select=("customer",),
            phone=gettext_lazy("Customer"),
        ),
        Column("odd", gettext_lazy("To look at"), exported(_odd, "exception"), phone=gettext_lazy("To look at")),
    ]
