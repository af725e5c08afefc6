"""The pages of price indexes and their values."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.formats import day_html, price
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from crm.generic.views.edit import CreateView, EditView
from crm.markup import badge
from opportunities.domain.quotes.indexes import create_index, create_value, update_index, update_value
from opportunities.filters.quote import PriceIndexFilter, PriceIndexValueFilter
from opportunities.forms.price_index import PriceIndexForm, PriceIndexValueForm
from opportunities.models import PriceIndex, PriceIndexValue
from opportunities.tables.quote import PriceIndexTable, PriceIndexValueTable, index_url


class ValueCreate(CreateView):
    """A new value; one comes back to the index, as values are entered one after another."""

    def landing(self, record: Any) -> str:
        """The index's page."""
        return index_url(record.index)


def _index(value: PriceIndexValue) -> Any:
    return format_html('<a href="{}">{}</a>', index_url(value.index), value.index.label)


def _per(index: PriceIndex) -> str:
    return f"{index.currency_id}/{index.unit.label}"


price_index_entity = Entity(
    model=PriceIndex,
    table=PriceIndexTable,
    filterset=PriceIndexFilter,
    form=PriceIndexForm,
    create=create_index,
    update=update_index,
    nav="settings",
    icon="chart-line",
    dossier=False,
    subtitle=_("Published prices that formula prices follow"),
    empty_text=_("Add an index, such as the DMC price of East China: quotes can then follow it."),
    presets=(Preset("all", _("All")),),
    page=RecordPage(
        title=lambda index: index.label,
        code=lambda index: index.code,
        badges=lambda index: [
            badge("ok", gettext("in use")) if index.is_active else badge("line", gettext("not in use"))
        ],
        attributes=((_("per unit"), _per), "publisher", "name", "name_en"),
        select=("unit", "currency"),
    ),
)
price_index_value_entity = Entity(
    model=PriceIndexValue,
    table=PriceIndexValueTable,
    filterset=PriceIndexValueFilter,
    form=PriceIndexValueForm,
    create=create_value,
    update=update_value,
    nav="settings",
    icon="chart-line",
    dossier=False,
    empty_text=_("Enter what an index stands at, from which day on."),
    presets=(Preset("all", _("All")),),
    views={"create": ValueCreate, "edit": EditView},
    page=RecordPage(
        title=str,
        code=lambda value: value.starts_on.isoformat(),
        attributes=(
            (_("price index"), _index),
            (_("from"), lambda value: day_html(value.starts_on)),
            (
                _("value"),
                lambda value: price(value.value, str(value.index.currency_id), value.index.unit.label),
            ),
        ),
        select=("index__unit",),
    ),
)
