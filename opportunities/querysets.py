"""What can be asked about opportunities; the figures take their meaning from here."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self

from django.apps import apps
from django.db.models import (
    DateField,
    DateTimeField,
    DecimalField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Now, TruncDate
from django.db.models.lookups import Exact, LessThan

from crm.base.querysets import ScopedQuerySet
from opportunities.activity import worked_on_between
from opportunities.certificate_rules import SOON_DAYS
from opportunities.development_rules import AT_WORK, WITH_RESEARCH
from opportunities.development_rules import ENDED as DEVELOPMENT_ENDED
from opportunities.enums import (
    CertificateState,
    DevelopmentState,
    QuoteState,
    SampleState,
    SampleVerdict,
    StageCategory,
    SupplierState,
    TenderState,
)
from opportunities.sample_rules import AWAITS_FEEDBACK, ENDED

# Whole days are counted, so a stage of 30 days is overstayed on the 31st day (the same as opportunities.rules.pace_of).
_PATIENCE = ExpressionWrapper((F("standard_days") + 1) * timedelta(days=1), output_field=DurationField())
_OVERDUE_SINCE = ExpressionWrapper(Now() - _PATIENCE, output_field=DateTimeField())
# The amount times the probability of winning that the stage had when the opportunity came there.
WEIGHTED = ExpressionWrapper(
    F("amount_base") * F("probability") / 100, output_field=DecimalField(max_digits=20, decimal_places=2)
)
QUOTE_OPEN = (QuoteState.DRAFT, QuoteState.PENDING, QuoteState.APPROVED, QuoteState.SENT)
FOLLOWED_DAYS = 14  # within which an open opportunity should be worked on
ONWARDS = Q(target__category=StageCategory.WON) | Q(
    target__category=StageCategory.OPEN, target__position__gt=F("source__position")
)
_SECOND = timedelta(seconds=1)
IS_STUCK = Q(stage__category=StageCategory.OPEN, stage_since__lte=_OVERDUE_SINCE)


class GateItemQuerySet(ScopedQuerySet):
    """Gate items by when they held."""

    def current(self) -> Self:
        """Those that hold now."""
        return self.filter(valid_until=None)


class OpportunityQuerySet(ScopedQuerySet):
    """Opportunities by where they stand."""

    def open(self) -> Self:
        """Those still being worked on; on hold does not count."""
        return self.filter(stage__category=StageCategory.OPEN)

    def won(self) -> Self:
        """Those won."""
        return self.filter(stage__category=StageCategory.WON)

    def lost(self) -> Self:
        """Those lost."""
        return self.filter(stage__category=StageCategory.LOST)

    def assigned(self) -> Self:
        """Those that were given to somebody to follow up."""
        return self.filter(assigned_on__isnull=False)

    def converted(self) -> Self:
        """Those that led to a contract or an order."""
        return self.filter(converted_on__isnull=False)

    def stuck(self) -> Self:
        """Open ones that stand in their stage for longer than its standard days."""
        return self.open().filter(IS_STUCK)

    def allowing(self, key: str, low: Decimal | None, high: Decimal | None) -> Self:
        """Those whose specification allows, in the entry of that key, something between the two; None: open at that end."""
        rows = apps.get_model("opportunities", "SpecificationValue")._base_manager.filter(
            opportunity=OuterRef("pk"), key=key
        )
        if low is not None:
            rows = rows.filter(Q(high__isnull=True) | Q(high__gte=low))
        if high is not None:
            rows = rows.filter(Q(low__isnull=True) | Q(low__lte=high))
        return self.filter(Exists(rows))

    def sampled(self) -> Self:
        """Those whose customer was sent samples for them."""
        samples = apps.get_model("opportunities.SampleRequest")._base_manager
        return self.filter(Exists(samples.filter(opportunity=OuterRef("pk"), dispatched_on__isnull=False)))

    def past_close(self, today: date) -> Self:
        """Open ones whose expected close lies before today."""
        return self.open().filter(expected_close_on__lt=today)

    def reached(self, stages: list[int]) -> Self:
        """Those that have ever been in one of these stages."""
        changes = _changes().filter(record=OuterRef("pk"))
        return self.filter(Q(stage__in=stages) | Q(Exists(changes.filter(Q(source__in=stages) | Q(target__in=stages)))))

    def open_at(self, day: Any) -> Self:
        """Those that were worked on at the end of that day, each with `counted` (one) and `weighted`: its amount of today times
        the probability of the stage it was in then. `day` may be an expression."""
        weight = _then(day, "probability_left", "source__probability", "probability")
        weighted = ExpressionWrapper(F("amount_base") * weight / 100, DecimalField(max_digits=20, decimal_places=4))
        rows = self.filter(
            Exact(
                _then(day, "source__category", "source__category", "stage__category"), Value(StageCategory.OPEN.value)
            ),
            created_at__date__lte=day,
        )
        return rows.annotate(counted=Value(1, IntegerField()), weighted=weighted)

    def stalled_at(self, day: Any) -> Self:
        """Those that by the end of that day had been in their stage of then for more days than is standard."""
        began = ExpressionWrapper(F("at") - F("seconds_in_source") * _SECOND, DateTimeField())
        since = Coalesce(Subquery(_after(day).annotate(began=began).values("began")[:1]), F("stage_since"))
        days = _then(day, "days_left", "source__standard_days", "standard_days")
        return self.filter(LessThan(ExpressionWrapper(TruncDate(since) + days, DateField()), day))

    def followed_at(self, day: Any) -> Self:
        """Those that were worked on within the fortnight up to that day."""
        return self.filter(worked_on_between(day - timedelta(days=FOLLOWED_DAYS), day))

    def closed(self) -> Self:
        """Those won or lost, each with `cycle_days` from its beginning to its end."""
        return self.filter(closed_on__isnull=False).annotate(cycle_days=_days_since_beginning("closed_on"))

    def with_order(self) -> Self:
        """Those that led to a contract or an order, each with `order_days` from its beginning to that day."""
        return self.converted().annotate(order_days=_days_since_beginning("converted_on"))


def _changes() -> Any:
    return apps.get_model("opportunities.OpportunityStageChange")._base_manager


def _after(day: Any) -> Any:
    """The moves of an opportunity after that day, the first one first."""
    return _changes().filter(record=OuterRef("pk"), source__isnull=False, at__date__gt=day).order_by("at", "pk")


def _then(day: Any, kept: str, stage: str, now: str) -> Coalesce:
    """What an opportunity's stage meant at the end of that day: as it was kept when it left it, or else as the stage says; of the
    one that it is in now, as the opportunity says."""
    return Coalesce(Subquery(_after(day).annotate(then=Coalesce(kept, stage)).values("then")[:1]), F(now))


def _days_since_beginning(name: str) -> Func:
    """Whole days from the day the opportunity began to the day in that field, in the database."""
    return Func(
        F(name), TruncDate("created_at"), template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField()
    )


class StageChangeQuerySet(ScopedQuerySet):
    """The history of stages."""

    def moves(self) -> Self:
        """Moves from one stage to another: not the row with which an opportunity begins."""
        return self.filter(source__isnull=False)

    def entries(self) -> Self:
        """Those by which an opportunity came into a stage that is worked in, its beginning among them."""
        return self.filter(target__category=StageCategory.OPEN)

    def moved_on(self) -> Self:
        """Of the entries, those from whose stage the opportunity was moved on later."""
        later = _changes().filter(ONWARDS, record=OuterRef("record"), source=OuterRef("target"), at__gte=OuterRef("at"))
        return self.filter(Exists(later))


class SampleRequestQuerySet(ScopedQuerySet):
    """Sample requests by how far they have come."""

    def dispatched(self) -> Self:
        """Those that were sent, whatever became of them."""
        return self.filter(dispatched_on__isnull=False)

    def answered(self) -> Self:
        """Those that the customer has judged."""
        return self.filter(state=SampleState.EVALUATED)

    def passed(self) -> Self:
        """Those that passed without conditions."""
        return self.filter(state=SampleState.EVALUATED, verdict=SampleVerdict.PASSED)

    def awaiting(self) -> Self:
        """Those that were sent and wait for the customer's answer."""
        return self.filter(state__in=AWAITS_FEEDBACK)

    def overdue(self, today: date) -> Self:
        """Those whose answer should have come before today."""
        return self.awaiting().filter(feedback_due_on__lt=today)

    def unfinished(self) -> Self:
        """Those that somebody has still to work on."""
        return self.exclude(state__in=ENDED)


class QuoteQuerySet(ScopedQuerySet):
    """Quotes by where they stand."""

    def open(self) -> Self:
        """Those that are worked on or that the customer has not answered."""
        return self.filter(state__in=QUOTE_OPEN)

    def sent_out(self) -> Self:
        """Those that went to the customer, whatever came of them."""
        return self.filter(sent_on__isnull=False)

    def newest(self) -> Self:
        """Those that no later version took the place of."""
        return self.exclude(state=QuoteState.SUPERSEDED)

    def accepted(self) -> Self:
        """Those that the customer accepted."""
        return self.filter(state=QuoteState.ACCEPTED)

    def holding(self, today: date) -> Self:
        """Those that bind us: released, sent or accepted. One that waits for an answer only as long as it is valid."""
        waiting = Q(state__in=(QuoteState.APPROVED, QuoteState.SENT), valid_until__gte=today)
        return self.filter(waiting | Q(state=QuoteState.ACCEPTED))


class TenderQuerySet(ScopedQuerySet):
    """Tenders by how far they are."""

    def running(self) -> Self:
        """Those that are neither decided nor cancelled."""
        return self.exclude(state__in=(TenderState.WON, TenderState.LOST, TenderState.CANCELLED))

    def opened(self) -> Self:
        """Those whose bids were opened, whatever came of them."""
        return self.filter(opened_on__isnull=False)

    def won(self) -> Self:
        """Those of which we got at least one lot."""
        return self.filter(state=TenderState.WON)

    def bond_out(self) -> Self:
        """Those whose bond was paid and has not come back."""
        return self.filter(bond_paid_on__isnull=False, bond_refunded_on__isnull=True)

    def refund_late(self, today: date) -> Self:
        """Those whose bond should have come back before today."""
        return self.bond_out().filter(bond_refund_due__lt=today)


class SupplierAdmissionQuerySet(ScopedQuerySet):
    """Admissions as a supplier by how far they are."""

    def running(self) -> Self:
        """Those without a result."""
        return self.filter(state__in=(SupplierState.PREPARING, SupplierState.SUBMITTED, SupplierState.AUDIT))

    def concluded(self) -> Self:
        """Those that have a result."""
        return self.filter(concluded_on__isnull=False)

    def passed(self) -> Self:
        """Those that were passed, whether they hold still or have lapsed."""
        return self.filter(state__in=(SupplierState.PASSED, SupplierState.LAPSED))

    def valid_on(self, day: date) -> Self:
        """Those that hold on that day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), state=SupplierState.PASSED)


class CertificateQuerySet(ScopedQuerySet):
    """Our certificates by what their days say."""

    def in_states(self, states: Collection[str], today: date) -> Self:
        """Those that are in one of these states on the day, as certificate_rules.state_of() has it."""
        begun, soon = Q(valid_from__lte=today), today + timedelta(days=SOON_DAYS)
        conditions = {
            CertificateState.DRAFT: Q(valid_from__isnull=True) | Q(valid_from__gt=today),
            CertificateState.VALID: begun & (Q(valid_until__isnull=True) | Q(valid_until__gt=soon)),
            CertificateState.SOON: begun & Q(valid_until__gte=today, valid_until__lte=soon),
            CertificateState.EXPIRED: begun & Q(valid_until__lt=today),
        }
        found = Q(pk__in=[])
        for state in states:
            found |= conditions.get(CertificateState(state), Q(pk__in=[]))
        return self.filter(found)

    def having_files_in(self, languages: Collection[str]) -> Self:
        """Those with a file in one of these languages that was not withdrawn."""
        rows = apps.get_model("opportunities.CertificateVersion")._base_manager
        found = rows.filter(certificate=OuterRef("pk"), language__in=languages, withdrawn_on__isnull=True)
        return self.filter(Exists(found))

    def speaking_of(self, line: Any) -> Self:
        """Those that name the product line, or one of its products."""
        model: Any = self.model
        lines = model.product_lines.through._base_manager.filter(productline=line)
        products = model.products.through._base_manager.filter(product__product_line=line)
        return self.filter(Q(pk__in=lines.values("certificate")) | Q(pk__in=products.values("certificate")))


class DevelopmentQuerySet(ScopedQuerySet):
    """New-product requests by how far they are."""

    def unfinished(self) -> Self:
        """Those that somebody has still to work on."""
        return self.exclude(state__in=DEVELOPMENT_ENDED)

    def set_up(self) -> Self:
        """Those that became a project, whatever came of it."""
        return self.filter(set_up_on__isnull=False)

    def to_finish(self) -> Self:
        """Projects that were to be finished: those given up are not."""
        return self.set_up().exclude(state=DevelopmentState.CANCELLED)

    def in_time(self) -> Self:
        """Those released by the day agreed on."""
        return self.filter(state=DevelopmentState.RELEASED, released_on__lte=F("due_on"))

    def released(self) -> Self:
        """Those whose product is in the catalogue."""
        return self.filter(state=DevelopmentState.RELEASED)

    def unanswered(self, today: date) -> Self:
        """Those that research should have answered before today."""
        return self.filter(state__in=WITH_RESEARCH, answer_due__lt=today)

    def late(self, today: date) -> Self:
        """Those of which an answer, a milestone or the release is overdue."""
        milestones = apps.get_model("opportunities.DevelopmentMilestone")._base_manager
        open_one = milestones.filter(development=OuterRef("pk"), done_on__isnull=True, due_on__lt=today)
        unanswered = Q(state__in=WITH_RESEARCH, answer_due__lt=today)
        return self.filter(unanswered | Q(Exists(open_one) | Q(due_on__lt=today), state__in=AT_WORK))
