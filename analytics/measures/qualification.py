"""Measures of our admissions as a supplier."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

FACTS = (
    Fact(
        "supplier_admission_concluded",
        _("Concluded admissions as a supplier"),
        model="opportunities.SupplierAdmission",
        permission="opportunities.view_supplieradmission",
        source="supplier_admission",
        rows=("concluded",),
        date="concluded_on",
        dimensions={**STAMP, **CUSTOMER, **PRODUCT},
    ),
)
MEASURES = (
    Measure(
        "supplier_admissions_concluded",
        _("Concluded admissions as a supplier"),
        "supplier_admission_concluded",
        Aggregate.COUNT,
    ),
    Measure(
        "supplier_admissions_passed",
        _("Passed admissions as a supplier"),
        "supplier_admission_concluded",
        Aggregate.COUNT,
        keep="passed",
    ),
)
