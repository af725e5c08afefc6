"""Sample requests for tests, made and moved as the pages do it."""

from decimal import Decimal
from typing import Any

from crm.models import Unit, User
from crm.workflow.domain.approval_decisions import approve
from opportunities.domain.samples.requests import DOCUMENT, create_sample, submit_sample
from opportunities.domain.samples.sending import dispatch_sample, evaluate_sample, receive_sample
from opportunities.models import SampleRequest
from tests.factories.approvals import make_policy, named
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer


def line(org: Organisation, **values: Any) -> dict[str, Any]:
    """A sample of the sealant from stock."""
    return {
        "product": org.product,
        "description": "",
        "kind": "commercial",
        "source": "stock",
        "quantity": Decimal(2),
        "unit": Unit.objects.get(code="KG"),
        **values,
    }


def make_sample(org: Organisation, *, owner: User | None = None, **values: Any) -> SampleRequest:
    """A draft with one line."""
    owner = owner or org.people.sales_rep
    values.setdefault("customer", None)
    customer = values.pop("customer") or make_customer(org, owner=owner)
    lines = values.pop("lines", None) or [line(org)]
    return create_sample(
        actor=owner, **{"owner": owner, "customer": customer, "purpose": "替换现用密封胶", "lines": lines, **values}
    )


def submitted(org: Organisation, sample: SampleRequest) -> Any:
    """Sent for approval; the request. The sales manager decides."""
    make_policy(org, named(org.people.sales_manager), document=DOCUMENT)
    return submit_sample(sample=sample, actor=sample.owner, reason="客户试用")


def approved(org: Organisation, sample: SampleRequest | None = None, **values: Any) -> SampleRequest:
    """Approved by the sales manager."""
    sample = sample or make_sample(org, **values)
    approve(request=submitted(org, sample), actor=org.people.sales_manager)
    sample.refresh_from_db()
    return sample


def packed(sample: SampleRequest, **values: Any) -> dict[int, dict[str, Any]]:
    """Batch and COA of each line."""
    return {
        row.pk: {"batch": "B2611-07", "coa_number": "COA-1107", "coa": None, **values} for row in sample.lines.all()
    }


def dispatched(org: Organisation, sample: SampleRequest | None = None, *, on: int = 0, **values: Any) -> SampleRequest:
    """Sent so many days from today."""
    sample = sample or approved(org)
    data = {"dispatched_on": day(on), "carrier": "顺丰", "tracking_number": "SF100", "lines": packed(sample), **values}
    dispatch_sample(sample=sample, actor=sample.owner, **data)
    return sample


def evaluated(
    org: Organisation, sample: SampleRequest | None = None, *, verdict: str = "passed", on: int = 0, **values: Any
) -> SampleRequest:
    """Received and judged."""
    sample = sample or dispatched(org)
    receive_sample(sample=sample, actor=sample.owner, received_on=day(on))
    comment = "" if verdict == "passed" else "粘度偏高"
    data = {"failure": "performance" if verdict == "failed" else "", "verdict_comment": comment, **values}
    evaluate_sample(sample=sample, actor=sample.owner, evaluated_on=day(on), verdict=verdict, **data)
    return sample
