"""The dimensions that figures are broken down by. A member is the id of a row, or the number of a choice; 0 is 'not assigned'."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


@dataclass(frozen=True)
class Dimension:
    """A way to break figures down.

    `model` is the label of the members' model; a dimension of choices has `choices` instead: stored value -> number.
    `tree`: members have a `path`, and a member stands for all below it. `one_per_document`: every line of a document has the
    same member, so distinct counts of documents add up over members.
    """

    key: str
    label: Label
    model: str = ""
    tree: bool = False
    one_per_document: bool = True
    choices: dict[str, int] = field(default_factory=dict)
    choices_of: str = ""

    @property
    def members(self) -> type[models.Model]:
        """The members' model."""
        return apps.get_model(self.model)

    def choice_labels(self) -> dict[int, Label]:
        """Number -> label of a dimension of choices."""
        model, _dot, name = self.choices_of.rpartition(".")
        labels = dict(apps.get_model(model)._meta.get_field(name).choices or ())
        return {number: labels.get(value, value) for value, number in self.choices.items()}


_ALL = (
    Dimension("business_unit", _("Business unit"), "crm.BusinessUnit"),
    Dimension("product_line", _("Product line"), "crm.ProductLine", one_per_document=False),
    Dimension("product", _("Product"), "crm.Product", one_per_document=False),
    Dimension("region", _("Region"), "crm.Region", tree=True),
    Dimension("team", _("Team"), "crm.Team", tree=True),
    Dimension("rep", _("Sales rep"), "crm.User"),
    Dimension("customer", _("Customer"), "customers.Customer"),
    Dimension(
        "campaign_type",
        _("Campaign type"),
        choices={"exhibition": 1, "seminar": 2, "online": 3, "dealer_meeting": 4, "field_trial": 5},
        choices_of="leads.Campaign.kind",
    ),
)
DIMENSIONS: dict[str, Dimension] = {dimension.key: dimension for dimension in _ALL}
UNASSIGNED = 0
CROSSED = "business_unit"  # sums are stored by every dimension, and by every other one within each member of this one

# What a document or record is stamped with; every fact of that shape has these columns.
STAMP: dict[str, str] = {
    "business_unit": "business_unit_id",
    "region": "region_id",
    "team": "team_id",
    "rep": "owner_id",
}
CUSTOMER: dict[str, str] = {"customer": "customer_id"}
PRODUCT: dict[str, str] = {"product_line": "product_line_id", "product": "product_id"}


def within_unit(key: str, unit: int) -> str:
    """The name under which the sums by a dimension within a business unit are stored."""
    return f"{key}@{unit}"


def dimension(key: str) -> Dimension:
    """The dimension of that key; KeyError with the known ones when there is none."""
    if key not in DIMENSIONS:
        raise KeyError(f"{key!r} is not one of: {', '.join(DIMENSIONS)}")
    return DIMENSIONS[key]


def member_rows(dim: Dimension, ids: Any) -> Any:
    """The rows of these members."""
    return dim.members._default_manager.filter(pk__in=ids)
