"""What administrators configured, for tests."""

import itertools
from typing import Any

from crm.models import ChoiceItem, ChoiceList, ExtraField
from crm.records.domain.choices import create_item, create_list
from crm.records.domain.extra_fields import create_field
from tests.factories.organisation import Organisation

_numbers = itertools.count(1)


def make_field(
    org: Organisation, *, owner: Any = None, record: str = "customers.customer", **values: Any
) -> ExtraField:
    """An extra field of customers, a text unless said otherwise."""
    number = next(_numbers)
    values = {"key": f"f{number}", "name": f"字段{number}", "name_en": f"Field {number}", **values}
    return create_field(actor=org.people.administrator, record=record, **values)


def make_list(
    org: Organisation, *, owner: Any = None, items: tuple[str, ...] = ("甲", "乙"), **values: Any
) -> ChoiceList:
    """A list of the administrators' own, with items that are called alike in both languages."""
    number = next(_numbers)
    values = {"name": f"列表{number}", "name_en": f"List {number}", **values}
    made = create_list(actor=org.people.administrator, **values)
    for name in items:
        create_item(choices=made, actor=org.people.administrator, name=name)
    return made


def make_item(org: Organisation, *, owner: Any = None, choices: ChoiceList | None = None, **values: Any) -> ChoiceItem:
    """An item of a list."""
    values = {"name": f"项{next(_numbers)}", **values}
    return create_item(choices=choices or make_list(org), actor=org.people.administrator, **values)
