"""The price finder."""

import datetime as dt
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from crm.catalogue.domain.costs import Costs
from crm.catalogue.domain.pricing import PriceAnswer, price_for
from crm.catalogue.models.cost import VIEW_COST
from crm.catalogue.models.price import FLOOR
from crm.errors import DomainError
from crm.formats import exact_price, money, pct
from crm.products.forms import FinderForm
from crm.products.tables.prices import break_text, meant_for
from crm.products.views.base import switch


class Finder(PermissionRequiredMixin, View):
    """Asks for a price by its query string, so that an answer can be linked to."""

    permission_required = "crm.view_priceitem"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, with the answer when a product and a quantity are given."""
        asked = "quantity" in request.GET
        start = {"on": timezone.localdate(), "quantity": 1, **request.GET.dict()}
        form = FinderForm(request.GET if asked else None, initial=start, user=request.user)
        context: dict[str, Any] = {"form": form, "asked": asked and form.is_valid(), "nav": "products"}
        context |= {"switch": switch("finder")(request), "crumbs": [(_("Price finder"), None)]}
        status = 200
        if asked and not form.is_valid():
            status = 422
        elif asked:
            context |= self.answer(request, form)
        return render(request, "catalogue/finder.html", context, status=status)

    def answer(self, request: HttpRequest, form: FinderForm) -> dict[str, Any]:
        """The variables of the answer; a missing rate is told."""
        values = form.cleaned_data
        product, quantity = values["product"], values["quantity"]
        unit = values["unit"] or product.base_unit
        try:
            answer = price_for(
                product=product,
                quantity=quantity,
                unit=unit,
                on=values["on"],
                currency=values["currency"],
                **form.terms(),
            )
        except DomainError as error:
            return {"problem": str(error.message)}
        if answer is None:
            return {}
        return {
            "answer": answer,
            "product": product,
            "guide": exact_price(answer.guide_price, answer.currency, unit.label),
            "total": _("in all %(amount)s") % {"amount": money(answer.guide_price * quantity, answer.currency)},
            **(self.floor(answer) if request.user.has_perm(FLOOR) else {}),
            **(self.margin(answer, values["on"]) if request.user.has_perm(VIEW_COST) else {}),
            "others": [
                {
                    "list": item.price_list,
                    "for": meant_for(item.price_list),
                    "from": break_text(item),
                    "guide": exact_price(item.guide_price, item.price_list.currency_code, item.unit.label),
                    "why": why,
                }
                for item, why in answer.others
            ],
        }

    def floor(self, answer: PriceAnswer) -> dict[str, Any]:
        """The floor price and how far the guide price can be lowered to it."""
        floor = answer.floor_price
        if floor is None:
            return {}
        share = (answer.guide_price - floor) / answer.guide_price if answer.guide_price else None
        return {
            "floor": exact_price(floor, answer.currency, answer.unit.label),
            "room": _("%(share)s below the guide price") % {"share": pct(share)},
        }

    def margin(self, answer: PriceAnswer, on: dt.date) -> dict[str, Any]:
        """The cost on that day and what the guide price leaves above it."""
        product = answer.item.product
        margin = Costs([product], on).margin(product, answer.unit, answer.currency, answer.guide_price)
        if margin is None:
            return {}
        cost = exact_price(margin.cost, answer.currency, answer.unit.label)
        return {"margin": pct(margin.share), "cost": _("at a cost of %(amount)s") % {"amount": cost}}
