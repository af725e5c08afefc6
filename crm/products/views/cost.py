"""The pages of standard costs, for those who may see them."""

from typing import Any

from django.utils.translation import gettext_lazy

from crm.catalogue.domain import costs as domain
from crm.formats import day, exact_price
from crm.generic.entity import Entity, HeadAction
from crm.generic.layout import RecordPage
from crm.generic.views.edit import CreateView
from crm.models import Cost
from crm.products.filters import CostFilter
from crm.products.forms import CostForm
from crm.products.tables.base import SPACE
from crm.products.tables.prices import CostTable
from crm.products.views.base import switch


class CostCreate(CreateView):
    """A new cost; one comes back to the list, as costs are entered one after another."""

    def landing(self, record: Any) -> str:
        """The list."""
        return self.entity.url("list")


cost_entity = Entity(
    model=Cost,
    table=CostTable,
    dossier=False,
    filterset=CostFilter,
    form=CostForm,
    create=domain.create_cost,
    update=domain.update_cost,
    nav="products",
    icon="coin",
    namespace=SPACE,
    subtitle=gettext_lazy("What products cost the company; a cost holds from its day until the product's next one"),
    empty_text=gettext_lazy(
        "Enter what a product costs, or import a sheet: prices then show the margin that they leave."
    ),
    list_switch=switch("costs"),
    head_actions=(HeadAction(gettext_lazy("Import"), "importing:start", "file-import", "crm.add_importbatch"),),
    views={"create": CostCreate},
    page=RecordPage(
        title=lambda cost: cost.product.label,
        code=lambda cost: cost.product.code,
        meta=lambda cost: [("calendar", day(cost.starts_on))],
        select=("product", "unit"),
        attributes=(
            "product",
            (
                gettext_lazy("standard cost"),
                lambda cost: exact_price(cost.amount, cost.currency_code, cost.unit.label),
            ),
            "starts_on",
        ),
    ),
)
