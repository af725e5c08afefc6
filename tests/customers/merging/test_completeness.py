"""Nothing that refers to a customer is forgotten when two are merged."""

import ast
from pathlib import Path

from django.apps import apps
from django.db import connection

from crm.apps import OWN_APPS
from customers.domain.merging.following import references, ways
from customers.extension_points import merge_movers
from customers.models import Customer

ROOT = Path(__file__).resolve().parents[3]
LOG = "the log of merges, which names both customers"
ONE_EACH = "one row per customer, worked out from others and again when those change"
# References that do not go along, and why that is right.
STAY = {
    "customers.CustomerMerge.winner": LOG,
    "customers.CustomerMerge.loser": LOG,
    "customers.NotTheSame.first": LOG,
    "customers.NotTheSame.second": LOG,
    "customers.CustomerFigures.customer": ONE_EACH,
    "customers.CustomerKeys.customer": ONE_EACH,
    "customers.CustomerActivity.customer": ONE_EACH,
    "customers.CustomerCompleteness.customer": ONE_EACH,
    "customers.CustomerContribution.customer": ONE_EACH,
    "customers.CustomerCourse.customer": ONE_EACH,
    "customers.PolicyFinding.customer": "worked out every night",
    "customers.Customer.parent": "one that others belong to is not merged away",
    "customers.Customer.group_root": "one that others belong to is not merged away",
}
# Numbers of records without a foreign key. A new one must be covered by a mover, or stand here with its reason.
LOGGED = "a log of what was done; the old address leads to the winner"
BARE = {
    "crm.ImportRow.target_id": LOGGED,
    "crm.PersonalDataEntry.record_id": LOGGED,
    "crm.TrailEntry.record_id": "the trail stays with the row it tells of",
    "crm.TrailEntry.event_id": "the trail's own",
    "integrations.OutboxMessage.object_id": "the loser's message ends with the winner (integrations/domain/outbox/partners.py)",
    "integrations.WebhookDelivery.object_id": LOGGED,
    "integrations.WecomSettings.agent_id": "WeCom's own",
}


def covered() -> set[str]:
    return {path for mover in merge_movers.all() for path in mover.covers}


def test_every_reference_to_a_customer_has_a_mover_or_a_reason() -> None:
    found = {f"{model._meta.label}.{name}" for model, name in references()}
    assert sorted(found - covered() - set(STAY)) == [], (
        "register a mover (customers/domain/merging/moves.py), or say why not"
    )
    assert sorted(set(STAY) & covered()) == []
    assert sorted(set(STAY) - found) == [], "these are gone: take them off the list"


def test_references_by_bare_numbers_are_known() -> None:
    """`object_id`, `record_id`, `target_id` and the like, which no foreign key tells of."""
    known = {f"{model._meta.label}.{name}" for model, name in references()}
    found = {
        f"{model._meta.label}.{field.name}"
        for name in OWN_APPS
        for model in apps.get_app_config(name).get_models()
        for field in model._meta.concrete_fields
        if not hasattr(model, "pgh_tracked_model") and not field.is_relation and not field.primary_key
        if field.name.endswith(("_id", "_pk")) and "Integer" in field.get_internal_type()
    }
    assert sorted(found - known - covered() - set(BARE)) == []
    assert sorted(set(BARE) - found) == []


def test_movers_cover_what_there_is() -> None:
    for path in covered():
        name, _dot, field = path.rpartition(".")
        apps.get_model(name)._meta.get_field(field)


def test_the_database_leads_rows_of_every_such_table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'customers\\_led\\_%'")
        there = set(cursor.fetchall())
    wanted = {(way.table, way.triggers[0]) for way in ways()}
    assert ("opportunities_opportunity", "customers_led_customer_id") in wanted
    assert ("crm_comment", "customers_led_object_id") in wanted
    assert wanted <= there


def test_no_view_or_figure_reaches_customers_but_by_visible_to() -> None:
    """`_base_manager` finds merged customers too: whoever uses it outside of customers must know that."""
    paths = [path for app in OWN_APPS if app != "customers" for path in (ROOT / app).rglob("*.py")]
    users = {
        str(path.relative_to(ROOT))
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "_base_manager"
        if isinstance(node.value, ast.Name) and node.value.id == Customer.__name__
    }
    assert users == set()
