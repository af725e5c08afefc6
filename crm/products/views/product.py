"""The pages of products, product lines, specification fields and units."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.catalogue.domain import products as domain
from crm.catalogue.domain import specification, units
from crm.errors import DomainError
from crm.formats import exact_price
from crm.generic.entity import Entity, HeadAction, Preset
from crm.generic.layout import RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, EditView
from crm.models import Product, ProductLine, ProductUnit, SpecificationField, Unit
from crm.products.filters import FieldFilter, LineFilter, ProductFilter, UnitFilter
from crm.products.forms import FieldForm, LineForm, ProductForm, ProductUnitForm, UnitForm
from crm.products.tables.base import SPACE, state_cell
from crm.products.tables.products import FieldTable, LineTable, ProductTable, UnitTable, allowed_values
from crm.products.views.base import switch


class ProductCreate(CreateView):
    """A new product; with ?part=specification the fields of the line that was just chosen."""

    template = "catalogue/product_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, or its part."""
        if request.GET.get("part") == "specification":
            return self.part(self.form(initial=request.GET.dict()))
        return super().get(request, *args, **kwargs)

    def part(self, form: Any) -> HttpResponse:
        """The specification's fields alone."""
        return render(self.request, "catalogue/_specification_fields.html", {"form": form})


class ProductEdit(EditView):
    """Edit a product; likewise."""

    template = "catalogue/product_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, or its part."""
        if request.GET.get("part") == "specification":
            form = self.form(instance=self.record(), initial=request.GET.dict())
            return render(request, "catalogue/_specification_fields.html", {"form": form})
        return super().get(request, *args, **kwargs)


class FieldCreate(CreateView):
    """A new specification field; one comes back to its product line, where the next is added."""

    def landing(self, record: Any) -> str:
        """The product line."""
        return line_entity.record_url(record.product_line)


class SetProductUnit(EntityView):
    """Says how a unit of the product converts; comes back to the product."""

    action = "change"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; what speaks against it is told on the page."""
        product = self.record()
        form = ProductUnitForm(request.POST, user=request.user, product=product)
        if form.is_valid():
            try:
                units.set_product_unit(product=product, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
                messages.success(request, _("The unit was saved."))
            except DomainError as error:
                messages.error(request, str(error.message))
        else:
            messages.error(request, "; ".join(str(error) for errors in form.errors.values() for error in errors))
        return HttpResponseRedirect(self.entity.record_url(product))


class RemoveProductUnit(EntityView):
    """Takes a unit off a product."""

    action = "change"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        product = self.record()
        row = ProductUnit.objects.visible_to(request.user).filter(product=product, pk=kwargs["unit"]).first()
        if row is None:
            raise Http404
        units.remove_product_unit(row=row, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The unit was removed."))
        return HttpResponseRedirect(self.entity.record_url(product))


product_entity = Entity(
    model=Product,
    table=ProductTable,
    filterset=ProductFilter,
    form=ProductForm,
    create=domain.create_product,
    update=domain.update_product,
    nav="products",
    icon="package",
    namespace=SPACE,
    subtitle=gettext_lazy("What the company sells, with specifications, units and prices"),
    empty_text=gettext_lazy("Orders, opportunities and prices refer to products. Import your list, or enter the first."),
    list_switch=switch("products"),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("active", pgettext_lazy("products", "On sale"), "is_active=true"),
    ),
    head_actions=(HeadAction(gettext_lazy("Import"), "importing:start", "file-import", "crm.add_importbatch"),),
    views={"create": ProductCreate, "edit": ProductEdit},
    page=RecordPage(
        code=lambda product: product.code,
        avatar=lambda product: product.code,
        badges=lambda product: (state_cell(product),),
        meta=lambda product: [
            ("category", product.product_line.label),
            ("scale", product.base_unit.label),
        ],
        select=("product_line", "base_unit"),
        attributes=(
            "name",
            "name_en",
            "product_line",
            "base_unit",
            (
                gettext_lazy("list price"),
                lambda product: exact_price(product.list_price, settings.BASE_CURRENCY, product.base_unit.label),
            ),
        ),
    ),
)  # fmt: skip
line_entity = Entity(
    model=ProductLine,
    table=LineTable,
    filterset=LineFilter,
    form=LineForm,
    create=domain.create_line,
    update=domain.update_line,
    nav="settings",
    icon="category",
    namespace=SPACE,
    subtitle=gettext_lazy("Which products belong together, and what is asked of each"),
    page=RecordPage(
        code=lambda line: line.code,
        meta=lambda line: [("building", line.business_unit.label)],
        select=("business_unit",),
        attributes=("code", "name", "name_en", "business_unit"),
    ),
)
field_entity = Entity(
    model=SpecificationField,
    table=FieldTable,
    dossier=False,
    filterset=FieldFilter,
    form=FieldForm,
    create=specification.create_field,
    update=specification.update_field,
    nav="settings",
    icon="adjustments",
    namespace=SPACE,
    subtitle=gettext_lazy("The properties that the products of each line have"),
    views={"create": FieldCreate},
    page=RecordPage(
        code=lambda field: field.key,
        badges=lambda field: (state_cell(field),),
        meta=lambda field: [("category", field.product_line.label), ("list-details", field.get_kind_display())],
        select=("product_line",),
        attributes=(
            "product_line",
            "kind",
            (gettext_lazy("values"), allowed_values),
            (gettext_lazy("group"), lambda field: field.group_label),
            (gettext_lazy("required"), lambda field: _("yes") if field.required else _("no")),
            "position",
            "name",
            "name_en",
        ),
    ),
)
unit_entity = Entity(
    model=Unit,
    table=UnitTable,
    dossier=False,
    filterset=UnitFilter,
    form=UnitForm,
    create=units.create_unit,
    update=units.update_unit,
    nav="settings",
    icon="scale",
    namespace=SPACE,
    subtitle=gettext_lazy("Units of a dimension convert into each other; what a package holds is set on each product"),
    page=RecordPage(
        code=lambda unit: unit.code,
        attributes=("code", "name", "name_en", "dimension", "factor"),
    ),
)
