"""The pages of price lists and prices."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.catalogue.domain import prices as domain
from crm.catalogue.models.cost import VIEW_COST
from crm.catalogue.models.price import FLOOR
from crm.errors import DomainError
from crm.formats import exact_price, pct
from crm.generic.entity import Entity, HeadAction, Preset
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, add_error
from crm.markup import badge
from crm.models import PriceItem, PriceList
from crm.products.filters import PriceFilter, PriceListFilter
from crm.products.forms import CopyForm, PriceForm, PriceListForm
from crm.products.tables.base import SPACE
from crm.products.tables.prices import (
    PriceListTable,
    PriceTable,
    break_text,
    cost_text,
    list_state,
    margin_of,
    meant_for,
    validity,
)
from crm.products.views.base import switch

IMPORT = HeadAction(gettext_lazy("Import"), "importing:start", "file-import", "crm.add_importbatch")


class CopyView(EntityView):
    """A new version of a price list: asks for its name, its first day and the change of the prices."""

    action = "add"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks; the first day proposed is that of the next month."""
        source, today = self.record(), timezone.localdate()
        first = today.replace(year=today.year + today.month // 12, month=today.month % 12 + 1, day=1)
        names = {"name": source.name, "name_en": source.name_en, "code": f"{source.code}-{first:%y%m}"[:30]}
        return self.show(source, CopyForm(initial={**names, "starts_on": first}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, then show the new list."""
        source, form = self.record(), CopyForm(request.POST)
        if not form.is_valid():
            return self.show(source, form, status=422)
        try:
            new = domain.copy_price_list(source=source, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(source, form, status=422)
        messages.success(request, _("%(name)s was created.") % {"name": new})
        return HttpResponseRedirect(self.entity.record_url(new))

    def show(self, source: PriceList, form: CopyForm, status: int = 200) -> HttpResponse:
        """The page."""
        url, title = self.entity.record_url(source), _("New version of %(name)s") % {"name": source}
        context = self.context(
            form=form,
            title=title,
            text=_("The prices valid on the first day are copied, changed by the per cent and rounded."),
            button=_("Create"),
            cancel_url=url,
            crumbs=[self.context()["list_crumb"], (str(source), url), (title, None)],
        )
        return render(self.request, "organisation/ask.html", context, status=status)


class RemovePrice(EntityView):
    """Takes a price out of its list."""

    action = "change"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it and come back to the list."""
        item = self.record()
        url, name = list_entity.record_url(item.price_list), str(item)
        domain.remove_price(item=item, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("%(name)s was removed.") % {"name": name})
        return HttpResponseRedirect(url)


class PriceCreate(CreateView):
    """A new price; one comes back to the list, where the next is added."""

    def defaults(self, request: HttpRequest) -> dict[str, Any]:
        """From any quantity on."""
        return {"quantity_from": 0}

    def landing(self, record: Any) -> str:
        """The price list."""
        return list_entity.record_url(record.price_list)


def _margin_text(item: PriceItem) -> str:
    margin = margin_of(item)
    return pct(margin.share if margin else None)


list_entity = Entity(
    model=PriceList,
    table=PriceListTable,
    filterset=PriceListFilter,
    form=PriceListForm,
    create=domain.create_price_list,
    update=domain.update_price_list,
    nav="products",
    icon="tag",
    namespace=SPACE,
    subtitle=gettext_lazy("Guide and floor prices, for a time and for whom they are"),
    empty_text=gettext_lazy("A price list holds prices in one currency. Make one, then enter or import its prices."),
    list_switch=switch("lists"),
    head_actions=(HeadAction(gettext_lazy("All prices"), f"{SPACE}:priceitem_list", "list", "crm.view_priceitem"), IMPORT),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("used", gettext_lazy("In use"), "is_active=true"),
    ),
    page=RecordPage(
        code=lambda price_list: price_list.code,
        badges=lambda price_list: (badge(*list_state(price_list), True),),
        meta=lambda price_list: [
            ("calendar", validity(price_list.starts_on, price_list.ends_on)),
            ("users-group", meant_for(price_list)),
            ("coin", price_list.currency_code),
        ],
        actions=(
            Action(
                gettext_lazy("New version"),
                lambda price_list: reverse(f"{SPACE}:pricelist_copy", args=[price_list.pk]),
                "copy",
                "crm.add_pricelist",
            ),
        ),
        select=("region", "business_unit", "currency"),
        attributes=("code", "name", "name_en", "currency", "business_unit", "region", "customer_grade", "priority"),
    ),
)  # fmt: skip
price_entity = Entity(
    model=PriceItem,
    table=PriceTable,
    dossier=False,
    filterset=PriceFilter,
    form=PriceForm,
    create=domain.create_price,
    update=domain.update_price,
    nav="products",
    icon="tag",
    namespace=SPACE,
    list_switch=switch("lists"),
    head_actions=(IMPORT,),
    views={"create": PriceCreate},
    page=RecordPage(
        title=lambda item: item.product.label,
        code=lambda item: item.product.code,
        meta=lambda item: [("tag", item.price_list.label), ("scale", break_text(item))],
        actions=(
            Action(
                gettext_lazy("Remove"),
                lambda item: reverse(f"{SPACE}:priceitem_remove", args=[item.pk]),
                "trash",
                "crm.change_priceitem",
                post=True,
            ),
        ),
        select=("product__base_unit", "price_list", "unit"),
        attributes=(
            (
                gettext_lazy("guide price"),
                lambda item: exact_price(item.guide_price, item.price_list.currency_code, item.unit.label),
            ),
            (
                gettext_lazy("floor price"),
                lambda item: exact_price(item.floor_price, item.price_list.currency_code, item.unit.label),
                FLOOR,
            ),
            (gettext_lazy("standard cost"), lambda item: cost_text(item, margin_of(item)), VIEW_COST),
            (gettext_lazy("margin"), _margin_text, VIEW_COST),
            "price_list",
            "product",
            (gettext_lazy("from quantity"), break_text),
            (
                gettext_lazy("valid"),
                lambda item: validity(
                    item.starts_on or item.price_list.starts_on, item.ends_on or item.price_list.ends_on
                ),
            ),
        ),
    ),
)
