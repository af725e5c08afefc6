"""The pages of currencies and exchange rates."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.catalogue.domain import rates as domain
from crm.formats import plain_number
from crm.generic.entity import Entity, HeadAction
from crm.generic.filters import ListFilter
from crm.generic.layout import RecordPage
from crm.generic.tables import Table
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView
from crm.models import Currency, ExchangeRate
from crm.products.filters import RateFilter
from crm.products.forms import CurrencyForm, RateForm
from crm.products.tables.base import SPACE
from crm.products.tables.prices import RateTable


class CurrencyList(EntityView):
    """All currencies with the age of their newest rate; they are few."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        rows = []
        for fresh in domain.freshness():
            age = ngettext("%(n)d day old", "%(n)d days old", fresh.age) % {"n": fresh.age}
            rows.append(
                {
                    "currency": fresh.currency,
                    "newest": fresh.rate.starts_on if fresh.rate else None,
                    "rate": plain_number(fresh.rate.rate) if fresh.rate else "",
                    "tone": "warn" if fresh.is_old else "ok",
                    "words": (age if fresh.age else _("of today")) if fresh.rate else _("no rate"),
                    "is_old": fresh.is_old,
                }
            )
        may_add = request.user.has_perm(self.entity.permission("add"))
        context = self.context(
            rows=rows,
            stale=any(row["is_old"] for row in rows),
            days=settings.EXCHANGE_RATE_MAX_AGE_DAYS,
            base=self.rows().filter(pk=settings.BASE_CURRENCY).first(),
            create_url=self.entity.url("create") if may_add else "",
            may_add_rate=request.user.has_perm("crm.add_exchangerate"),
            crumbs=[(self.entity.heading, None)],
        )
        return render(request, "catalogue/currencies.html", context)


class RateCreate(CreateView):
    """A new rate; one comes back to the list, as rates are entered one after another."""

    def landing(self, record: Any) -> str:
        """The list, with the rate just entered on top."""
        return self.entity.url("list")


def stale_in_words(reader: Any) -> str:
    """Which currencies have only an old rate, or none."""
    old = [fresh for fresh in domain.freshness() if fresh.is_old]
    if not old:
        return ""
    parts = [
        ngettext("%(code)s is %(n)d day old", "%(code)s is %(n)d days old", fresh.age)
        % {"code": fresh.currency.pk, "n": fresh.age}
        if fresh.rate
        else _("%(code)s has no rate") % {"code": fresh.currency.pk}
        for fresh in old
    ]
    return _("Look after these rates: %(list)s") % {"list": ", ".join(parts)}


currency_entity = Entity(
    model=Currency,
    table=Table,
    dossier=False,
    filterset=ListFilter,
    form=CurrencyForm,
    create=domain.create_currency,
    update=domain.update_currency,
    nav="settings",
    icon="coin",
    namespace=SPACE,
    converter="slug",
    views={"list": CurrencyList},
    page=RecordPage(
        title=lambda currency: f"{currency.pk} {currency.name}",
        code=lambda currency: currency.pk,
        attributes=("code", "name", "decimals"),
    ),
)
rate_entity = Entity(
    model=ExchangeRate,
    table=RateTable,
    dossier=False,
    filterset=RateFilter,
    form=RateForm,
    create=domain.create_rate,
    update=domain.update_rate,
    nav="settings",
    icon="coin",
    namespace=SPACE,
    summary=stale_in_words,
    subtitle=gettext_lazy("A rate holds from its day until the next one of the same kind"),
    empty_text=gettext_lazy("Enter a rate for each currency you sell in, or import a sheet."),
    head_actions=(HeadAction(gettext_lazy("Import"), "importing:start", "file-import", "crm.add_importbatch"),),
    views={"create": RateCreate},
    page=RecordPage(
        title=lambda rate: f"{rate.currency_id} {rate.starts_on}",
        meta=lambda rate: [("coin", plain_number(rate.rate)), ("tag", rate.get_kind_display())],
        attributes=(
            "currency",
            "kind",
            "starts_on",
            (gettext_lazy("rate"), lambda rate: plain_number(rate.rate)),
            "source",
        ),
        select=("currency",),
    ),
)
