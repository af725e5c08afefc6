"""New-product requests for tests, made and moved as the pages do it."""

import itertools
from decimal import Decimal
from typing import Any

from crm.models import Unit, User
from crm.workflow.domain.approval_decisions import approve
from opportunities.domain.developments import course, parts
from opportunities.domain.developments.release import release
from opportunities.domain.developments.requests import create_development
from opportunities.models import DevelopmentCost, DevelopmentMilestone, DevelopmentRequest, DevelopmentRequirement
from tests.factories.approvals import make_policy, named
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer
from tests.factories.samples import make_sample

_numbers = itertools.count(1)


def make_development(
    org: Organisation, *, owner: User | None = None, customer: Any = None, **values: Any
) -> DevelopmentRequest:
    """A draft with one wanted property."""
    customer = customer or make_customer(org, owner=owner)
    values = {"title": f"低温密封胶{next(_numbers)}", "product_line": org.sealant, **values}
    development = create_development(actor=customer.owner, customer=customer, **values)
    if not development.requirements.exists():
        make_requirement(org, development=development)
    return development


def make_requirement(
    org: Organisation, owner: User | None = None, development: Any = None, **values: Any
) -> DevelopmentRequirement:
    """A property that is wanted of that owner's new product."""
    development = development or make_development(org, owner=owner)
    values = {"name": f"拉伸强度{next(_numbers)}", "minimum": Decimal(7), "unit": "MPa", **values}
    return parts.add_requirement(actor=development.owner, development=development, **values)


def submitted(org: Organisation, development: DevelopmentRequest | None = None, **values: Any) -> DevelopmentRequest:
    """Everybody who answers for research was asked."""
    development = development or make_development(org, **values)
    course.submit(development=development, actor=development.owner, answer_due=day(7), researcher=org.people.research)
    return development


def assessed(org: Organisation, development: DevelopmentRequest | None = None, **values: Any) -> DevelopmentRequest:
    """Research said that it is feasible."""
    development = submitted(org, development, **values)
    course.answer(
        development=development,
        actor=org.people.research,
        verdict="feasible",
        feasibility="现有加成体系可调整。",
        promised_on=day(60),
    )
    return development


def project(
    org: Organisation, development: DevelopmentRequest | None = None, *, due: int = 60, **values: Any
) -> DevelopmentRequest:
    """Set up as a project, due in so many days; the product manager approved."""
    development = assessed(org, development, **values)
    make_policy(org, named(org.people.product_manager), document=course.DOCUMENT)
    request = course.ask_set_up(development=development, actor=org.people.sales_rep, due_on=day(due))
    approve(request=request, actor=org.people.product_manager)
    development.refresh_from_db()
    return development


def begun(org: Organisation, development: DevelopmentRequest | None = None, **values: Any) -> DevelopmentRequest:
    """The work goes on."""
    development = project(org, development, **values)
    course.begin(development=development, actor=org.people.research)
    return development


def tried(org: Organisation, development: DevelopmentRequest | None = None, **values: Any) -> DevelopmentRequest:
    """The customer tries it, and all milestones but the release are done."""
    development = begun(org, development, **values)
    make_sample(org, owner=development.owner, customer=development.customer, development=development)
    course.begin_trial(development=development, actor=org.people.research)
    for milestone in development.milestones.exclude(name="release"):
        parts.change_milestone(
            instance=milestone, expected_version=milestone.version, actor=org.people.research, done_on=day()
        )
    return development


def new_product(org: Organisation, **values: Any) -> dict[str, Any]:
    """What the catalogue is told of it."""
    number = next(_numbers)
    return {
        "code": f"SF-9{number:03d}",
        "name": f"低温密封胶 SF-9{number:03d}",
        "product_line": org.sealant,
        "base_unit": Unit.objects.get(code="KG"),
        **values,
    }


def released(org: Organisation, development: DevelopmentRequest | None = None, **values: Any) -> DevelopmentRequest:
    """In the catalogue."""
    development = tried(org, development, **values)
    release(development=development, actor=org.people.product_manager, **new_product(org))
    return development


def make_milestone(org: Organisation, owner: User | None = None) -> DevelopmentMilestone:
    """A milestone of that owner's project."""
    found = project(org, owner=owner).milestones.order_by("position").first()
    assert found is not None
    return found


def make_cost(org: Organisation, owner: User | None = None) -> DevelopmentCost:
    """A cost of that owner's new product."""
    development = make_development(org, owner=owner)
    return parts.add_cost(
        actor=org.people.product_manager, development=development, kind="material", amount=Decimal("21.5")
    )


def make_trial(org: Organisation, owner: User | None = None) -> DevelopmentRequest:
    """A new product of that owner that can be released."""
    return tried(org, owner=owner)


def place(part: Any) -> dict[str, Any]:
    """The address of a part."""
    return {"pk": part.development_id, "row": part.pk}
