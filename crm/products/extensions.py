"""What the screens of the catalogue add to the pages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.catalogue.models.cost import VIEW_COST
from crm.extension_points import (
    ImportResource,
    MenuItem,
    Panel,
    QuickCreate,
    SearchSource,
    SettingsPage,
    import_resources,
    menu,
    panels,
    quick_create,
    search_sources,
    settings_pages,
)
from crm.products import panels as parts
from crm.products import search
from crm.products.resources import (
    CompetitorResource,
    CostResource,
    PriceResource,
    ProductResource,
    RateResource,
    ReportResource,
)
from crm.products.tables.base import SPACE

_TABLE, _LINKS = "catalogue/_table.html", "catalogue/_links.html"
PANELS = {
    "crm.Product": (
        Panel(
            "specification", _("Specification"), "main", "catalogue/_specification.html", parts.specification, order=10
        ),
        Panel(
            "prices",
            _("Prices valid today"),
            "main",
            "catalogue/_product_prices.html",
            parts.product_prices,
            "crm.view_priceitem",
            20,
        ),
        Panel("costs", _("Standard cost"), "side", _LINKS, parts.product_costs, VIEW_COST, 5),
        Panel("units", _("Units"), "side", "catalogue/_product_units.html", parts.product_units, order=10),
        Panel(
            "rivals",
            _("Competes with"),
            "side",
            "catalogue/_rivals.html",
            parts.rivals,
            "crm.view_competitorproduct",
            20,
        ),
    ),
    "crm.ProductLine": (
        Panel("fields", _("Specification fields"), "main", _TABLE, parts.line_fields, order=10),
        Panel(
            "products",
            _("Products"),
            "side",
            "catalogue/_line_products.html",
            parts.line_products,
            "crm.view_product",
            10,
        ),
    ),
    "crm.PriceList": (
        Panel("prices", _("Prices"), "main", _TABLE, parts.list_prices, "crm.view_priceitem", 10),
        Panel("versions", _("Versions"), "side", _LINKS, parts.list_versions, order=10),
    ),
    "crm.Currency": (
        Panel("rates", _("Exchange rates"), "main", _TABLE, parts.currency_rates, "crm.view_exchangerate", 10),
    ),
    "crm.Competitor": (
        Panel(
            "about",
            _("Strengths and weaknesses"),
            "main",
            "catalogue/_competitor_about.html",
            parts.competitor_about,
            order=10,
        ),
        Panel(
            "products",
            _("Products"),
            "main",
            "catalogue/_competitor_products.html",
            parts.competitor_products,
            "crm.view_competitorproduct",
            20,
        ),
    ),
    "crm.CompetitorProduct": (
        Panel("reports", _("Prices seen"), "main", _TABLE, parts.rival_reports, "crm.view_pricereport", 10),
        Panel("ours", _("Our comparable products"), "side", _LINKS, parts.rival_ours, "crm.view_product", 10),
    ),
}
SETTINGS = (
    (
        "product_lines",
        _("Product lines"),
        _("Which products belong together, and what is asked of each"),
        "productline_list",
        "category",
        "crm.view_specificationfield",
    ),
    (
        "specification_fields",
        _("Specification fields"),
        _("Properties of the products: numbers with unit and range, choices, texts"),
        "specificationfield_list",
        "adjustments",
        "crm.view_specificationfield",
    ),
    (
        "measures",
        _("Units"),
        _("What quantities are counted in, and how units convert"),
        "unit_list",
        "scale",
        "crm.view_unit",
    ),
    (
        "currencies",
        _("Currencies and rates"),
        _("Daily rates, and how old they are"),
        "currency_list",
        "coin",
        "crm.view_currency",
    ),
)


def register() -> None:
    """Fill the registries; called by crm/extensions.py."""
    for order, (key, label, text, url_name, icon, permission) in enumerate(SETTINGS, 1):
        settings_pages.register(
            SettingsPage(key, label, text, f"{SPACE}:{url_name}", icon, "catalogue", permission, order * 10)
        )
    for group, entries in PANELS.items():
        for panel in entries:
            panels.register(panel, group=group)
    menu.register(
        MenuItem(
            key="products",
            label=_("Products and prices"),
            url_name=f"{SPACE}:product_list",
            icon="package",
            section="deals",
            order=60,
            permission="crm.view_product",
            go="p",
        )
    )
    menu.register(
        MenuItem(
            key="competitors",
            label=_("Competitors"),
            url_name=f"{SPACE}:competitor_list",
            icon="scale",
            section="deals",
            order=70,
            permission="crm.view_competitor",
        )
    )
    quick_create.register(
        QuickCreate(
            "price_report", _("Competitor's price"), f"{SPACE}:pricereport_create", "crm.add_pricereport", 60, "tag"
        )
    )
    for source in (
        SearchSource("products", _("Products"), "package", "crm.view_product", search.search_products, order=60),
        SearchSource(
            "competitors", _("Competitors"), "scale", "crm.view_competitor", search.search_competitors, order=70
        ),
    ):
        search_sources.register(source)
    for order, (key, label, resource, model) in enumerate(
        (
            ("products", _("Products"), ProductResource, "product"),
            ("prices", pgettext_lazy("kind of sheet", "Prices"), PriceResource, "priceitem"),
            ("rates", _("Exchange rates"), RateResource, "exchangerate"),
            ("competitors", _("Competitors"), CompetitorResource, "competitor"),
            ("price_reports", _("Competitors' prices"), ReportResource, "pricereport"),
            ("costs", _("Standard costs"), CostResource, "cost"),
        ),
        5,
    ):
        import_resources.register(ImportResource(key, label, resource, f"crm.add_{model}", order * 10))
