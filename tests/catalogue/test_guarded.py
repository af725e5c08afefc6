"""Guarded fields: every door that names one asks for its right."""

from typing import Any

import pytest
from django.apps import apps

from crm.models import PriceItem
from customers.models import CustomerContribution, GradingCriterion, GradingVeto
from opportunities.models import DevelopmentCost, QuoteLine, SampleLine
from tests.entity_suite import all_entities

GUARDED = {model: model.guarded for model in apps.get_models() if getattr(model, "guarded", None)}
ENTITIES = [entity for entity in all_entities() if entity.model in GUARDED]


def test_the_guarded_fields() -> None:
    assert {model._meta.label: set(fields) for model, fields in GUARDED.items()} == {
        "crm.PriceItem": {"floor_price"},
        "crm.Cost": {"amount", "currency", "unit"},
        "customers.CustomerContribution": {
            "contribution",
            "contribution_before",
            "contribution_percent",
            "cost",
            "covered_sales",
            "margin_by_quarter",
        },
        "customers.ImprovementPlan": {"cost_baseline"},
        "customers.GradingCriterion": {"starts"},
        "customers.GradingVeto": {"bound"},
        "opportunities.DevelopmentCost": {"amount"},
        "opportunities.QuoteLine": {"floor_gap", "floor_price", "unit_cost"},
        "opportunities.SampleLine": {"currency", "unit_cost"},
        "opportunities.SampleRequest": {"cost_base"},
    }
    without_pages = {CustomerContribution, DevelopmentCost, GradingCriterion, GradingVeto, QuoteLine, SampleLine}
    assert {entity.model for entity in ENTITIES} == set(GUARDED) - without_pages


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.key)
def test_columns_filters_and_attributes_name_the_right(entity: Any) -> None:
    for field, right in GUARDED[entity.model].items():
        if right == entity.permission("view"):
            continue  # whoever opens any page of these records has it
        for column in entity.table.columns:
            reads = {part.value for part in column.parts if isinstance(part.value, str)} | {column.sort}
            assert not [one for one in reads if one.split(".")[0] == field] or column.permission == right, column.key
        paths = [one.field_name for one in entity.filterset.base_filters.values()]
        assert not [path for path in (*paths, *entity.table.groups.values()) if str(path).split("__")[0] == field]
        assert not [total for total in entity.table.totals.values() if total.path.split("__")[0] == field]
        assert entity.model is not PriceItem or field in entity.form.base_fields  # RecordForm takes it out for others
