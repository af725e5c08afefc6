"""Catalogue, organisation, configuration."""

from tests.access_matrix.expectations import CUSTOMER, Expectation, Member, Page, Record, entity, organisation
from tests.access_matrix.rows import make_calendar, shared
from tests.factories import catalogue as goods
from tests.factories import configured
from tests.factories import organisation as org_rows
from tests.factories import records as make

LINES: dict[str, Expectation] = {
    # catalogue
    **entity("crm", "product", goods.make_product, scoped=False, space="catalogue"),
    "catalogue:product_unit_set": Record(
        "crm.change_product", goods.make_product, data={}, allowed=(302,), scoped=False
    ),
    "catalogue:product_unit_remove": Record(
        "crm.change_product",
        goods.make_product,
        lambda product: {"pk": product.pk, "unit": goods.make_product_unit(product).pk},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    **entity("crm", "productline", goods.make_line, scoped=False, space="catalogue"),
    **entity("crm", "specificationfield", goods.make_field, scoped=False, space="catalogue", tagged=False),
    **entity("crm", "unit", goods.make_unit, scoped=False, space="catalogue", tagged=False),
    **entity("crm", "currency", goods.make_currency, scoped=False, space="catalogue", tagged=False),
    **entity("crm", "exchangerate", goods.make_rate, scoped=False, space="catalogue", tagged=False),
    **entity("crm", "pricelist", goods.make_list, scoped=False, space="catalogue"),
    "catalogue:pricelist_copy": Record("crm.add_pricelist", goods.make_list, scoped=False),
    **entity("crm", "priceitem", goods.make_price, scoped=False, space="catalogue", tagged=False),
    "catalogue:priceitem_remove": Record(
        "crm.change_priceitem", goods.make_price, data={}, allowed=(302,), scoped=False
    ),
    **entity("crm", "cost", goods.make_cost, scoped=False, space="catalogue", tagged=False),
    "catalogue:finder": Page("crm.view_priceitem"),
    **entity("crm", "competitor", goods.make_competitor, scoped=False, space="catalogue"),
    **entity("crm", "competitorproduct", goods.make_rival, scoped=False, space="catalogue"),
    **entity("crm", "pricereport", goods.make_report, scoped=False, space="catalogue"),
    # organisation
    **organisation("user", org_rows.make_person),
    "organisation:user_bulk": Page("crm.change_user", {"action": "move"}, data={"ids": []}, allowed=(302,)),
    "organisation:user_password": Record("crm.change_user", org_rows.make_person, data={}, scoped=False),
    "organisation:user_deactivate": Record("crm.change_user", org_rows.make_person, scoped=False),
    "organisation:user_reactivate": Record("crm.change_user", org_rows.make_leaver, data={}, scoped=False),
    **organisation("role", org_rows.make_role),
    **organisation("businessunit", lambda org, owner=None: org.silicones, tagged=True),
    **organisation("region", lambda org, owner=None: org.east, tagged=True),
    **organisation("team", lambda org, owner=None: org.team, tagged=True),
    "organisation:team_manager": Record("crm.change_team", lambda org, owner=None: org.team, scoped=False),
    **organisation("workingcalendar", make_calendar),
    "organisation:workingcalendar_days": Record("crm.change_workingcalendar", make_calendar, scoped=False),
    "organisation:workingcalendar_day_remove": Record(
        "crm.change_workingcalendar",
        make_calendar,
        lambda calendar: {"pk": calendar.pk, "day": calendar.special_days.get().pk},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    "organisation:deputies": Member(),
    "organisation:deputy_end": Record(None, org_rows.make_deputy, data={}, allowed=(302,), scoped=False),
    "organisation:password": Member(),
    "organisation:share_add": Record(CUSTOMER, make.make_customer, shared, data={}, allowed=(302,)),
    "organisation:share_end": Record(
        CUSTOMER, make.make_customer, lambda record: {**shared(record), "share": 1}, data={}, allowed=(302,)
    ),
    # configuration
    **entity("crm", "extrafield", configured.make_field, scoped=False, space="configuration", tagged=False),
    "configuration:extrafield_delete": Record(
        "crm.change_extrafield", configured.make_field, data={}, allowed=(302,), scoped=False
    ),
    **entity("crm", "choicelist", configured.make_list, scoped=False, space="configuration", tagged=False),
    "configuration:choicelist_delete": Record(
        "crm.change_choicelist", configured.make_list, data={}, allowed=(302,), scoped=False
    ),
    "configuration:choice_order": Record(
        "crm.change_choicelist", configured.make_list, data={}, allowed=(302,), scoped=False
    ),
    "configuration:choice_merge": Record(
        "crm.change_choicelist", configured.make_list, lambda made: {"pk": made.pk, "?": "?value=a"}, scoped=False
    ),
    "configuration:choiceitem_create": Record("crm.change_choicelist", configured.make_list, scoped=False),
    "configuration:choiceitem_edit": Record(
        "crm.change_choicelist", configured.make_item, lambda item: {"pk": item.list_id, "item": item.pk}, scoped=False
    ),
    "configuration:choiceitem_delete": Record(
        "crm.change_choicelist",
        configured.make_item,
        lambda item: {"pk": item.list_id, "item": item.pk},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    "configuration:number_list": Page("crm.view_numberformat"),
    "configuration:number_edit": Page("crm.change_numberformat", {"key": "customer"}),
}
