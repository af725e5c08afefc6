"""What else the archive keeps of a customer goes to another one: addresses, admissions, statements of demand, grades, hand-overs.

A customer that waits in a pool or in a hand-over, or has companies below it, is not merged away: that is to be settled first.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.errors import DomainError, Frozen
from crm.workflow.models import ApprovalRequest, RequestState
from customers.domain.merging.moves import change_rows, foreign_keys, move_but, nothing_to_tell
from customers.enums import AdmissionState, LineState, PoolEntryState, ProtectionState
from customers.extension_points import MergeMover, Moved
from customers.models import Customer, CustomerAddress, CustomerDemand, HandoverLine, PoolEntry, PoolProtection


def refuse_unsettled(customers: tuple[Customer, Customer]) -> None:
    """Raise DomainError, saying what to do, for customers that cannot be merged as they stand; the loser comes last."""
    keys = [customer.pk for customer in customers]
    loser = customers[-1]
    for customer in customers:
        if PoolEntry._base_manager.filter(customer=customer, state=PoolEntryState.WAITING).exists():
            raise DomainError(
                _("Customer %(code)s is in the pool: claim or assign it first.") % {"code": customer.code}
            )
    if HandoverLine._base_manager.filter(customer__in=keys, state=LineState.WAITING).exists():
        raise DomainError(_("One of the customers is being handed over: finish or withdraw the hand-over first."))
    if PoolProtection._base_manager.filter(customer__in=keys, state=ProtectionState.ASKED).exists():
        raise DomainError(_("Somebody has asked to keep one of the customers from the pool: decide that first."))
    kind = ContentType.objects.get_for_model(Customer)
    waiting = ApprovalRequest.objects.filter(content_type=kind, object_id__in=keys, state=RequestState.PENDING).first()
    if waiting is not None:  # also one that freezes nothing: approved later, it would change the other customer
        message = _("“%(title)s” waits for approval (%(code)s): have it decided or withdraw it first.")
        raise Frozen(message % {"title": waiting.title, "code": waiting.code})
    if Customer._base_manager.filter(parent=loser).exists():
        message = _("Companies belong to %(code)s: give them another parent company first, or keep this one.")
        raise DomainError(message % {"code": loser.code})


def _demands(customer: int) -> Any:
    return CustomerDemand._base_manager.filter(customer=customer)


def _move_demands(loser: int, winner: int) -> list[Moved]:
    """Statements that say something else about the same days and product line than the winner's stay."""
    same = _demands(winner).filter(product_line=OuterRef("product_line"))
    later = Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("starts_on"))
    until_open = Exists(same.filter(later))
    until_day = Exists(same.filter(later, starts_on__lte=OuterRef("ends_on")))
    doubles = Q(ends_on__isnull=True) & until_open | Q(ends_on__isnull=False) & until_day
    return move_but(_demands(loser), "customer_id", loser, winner, doubles)


def _lines(customer: int) -> Any:
    return HandoverLine._base_manager.filter(customer=customer)


def _move_lines(loser: int, winner: int) -> list[Moved]:
    return move_but(
        _lines(loser), "customer_id", loser, winner, Q(Exists(_lines(winner).filter(pack=OuterRef("pack"))))
    )


def _addresses(customer: int) -> Any:
    return CustomerAddress._base_manager.filter(customer=customer)


def _move_addresses(loser: int, winner: int) -> list[Moved]:
    """Addresses go along; of a kind that the winner has a usual one of, the loser's is the usual one no longer."""
    usual = _addresses(winner).filter(is_default=True, kind=OuterRef("kind"))
    rows = _addresses(loser)
    done = change_rows(rows.filter(Exists(usual), is_default=True), "is_default", before=True, after=False)
    return done + change_rows(rows, "customer_id", loser, winner)


MOVERS = (
    MergeMover(
        "addresses",
        gettext_lazy("Addresses"),
        ("customers.CustomerAddress.customer",),
        lambda loser: int(_addresses(loser).count()),
        _move_addresses,
        nothing_to_tell,
        20,
    ),
    foreign_keys("billing", gettext_lazy("Invoice data"), "customers.CustomerBilling.customer", unique=(), order=21),
    foreign_keys("legal", gettext_lazy("Legal facts"), "customers.CustomerLegal.customer", unique=(), order=22),
    foreign_keys("registrations", gettext_lazy("Registrations"), "customers.CustomerRegistration.customer", order=23),
    foreign_keys(
        "admissions",
        gettext_lazy("Admissions"),
        "customers.Admission.customer",
        unique=("business_unit", "product_line", "plant"),
        among=Q(state__in=[AdmissionState.DRAFT, AdmissionState.SUBMITTED]),
        order=30,
    ),
    foreign_keys(
        "certificates",
        gettext_lazy("Demanded certificates"),
        "customers.CustomerCertificateDemand.customer",
        unique=("kind", "product_line"),
        order=31,
    ),
    MergeMover(
        "demands",
        gettext_lazy("Statements of demand"),
        ("customers.CustomerDemand.customer",),
        lambda loser: int(_demands(loser).count()),
        _move_demands,
        nothing_to_tell,
        32,
    ),
    foreign_keys("plans", gettext_lazy("Improvement plans"), "customers.ImprovementPlan.customer", order=33),
    foreign_keys(
        "grades",
        gettext_lazy("Grades"),
        "customers.CustomerGrade.customer",
        unique=("business_unit",),
        among=Q(until__isnull=True),
        order=34,
    ),
    foreign_keys(
        "grade_proposals",
        gettext_lazy("Proposed grades"),
        "customers.GradeProposal.customer",
        unique=("run",),
        order=35,
    ),
    foreign_keys(
        "grade_exceptions",
        gettext_lazy("Exceptions from grades"),
        "customers.GradeException.customer",
        unique=("run",),
        order=36,
    ),
    foreign_keys("pool_entries", gettext_lazy("Times in the pool"), "customers.PoolEntry.customer", order=37),
    foreign_keys("protections", gettext_lazy("Protections"), "customers.PoolProtection.customer", order=38),
    MergeMover(
        "handover_lines",
        gettext_lazy("Hand-overs"),
        ("customers.HandoverLine.customer",),
        lambda loser: int(_lines(loser).count()),
        _move_lines,
        nothing_to_tell,
        39,
    ),
)
