"""A random small company for counting by hand: seeded, so that a failure can be looked at again."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from django.utils import timezone

from analytics.domain.effects import refresh_effects
from crm.records.domain.comments import add_comment
from customers.models import ImprovementPlan
from opportunities.models import Quote, SampleRequest, Stage
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Settlement
from tests.factories import analytics as make
from tests.factories.archive import make_registration
from tests.factories.organisation import Organisation
from tests.factories.records import make_campaign, make_lead, make_opportunity, stamps

FIRST = dt.date(2025, 9, 1)  # the rows lie between this day and the end of 2026
DAYS = 480
KINDS = ("exhibition", "seminar", "online", "dealer_meeting", "field_trial")


class Company:
    """Customers of four people in three teams and two business units, and random rows of every fact."""

    def __init__(self, org: Organisation, seed: int) -> None:
        self.org, self.random = org, random.Random(seed)
        people = org.people
        owners = [
            people.sales_rep,
            people.sales_rep,
            people.colleague,
            people.sales_manager,
            people.stranger,
            people.bu_head,
        ]
        self.customers = [make.customer_of(org, owner, region=self.any(org.east, org.south, None)) for owner in owners]
        self.customers.append(make.customer_of(org, people.sales_manager, team=org.team, region=org.south))
        self.number = 0

    def any(self, *choices: Any) -> Any:
        """One of these."""
        return self.random.choice(choices)

    def day(self, until: dt.date | None = None) -> dt.date:
        """Some day, not after `until`."""
        found = FIRST + dt.timedelta(days=self.random.randrange(DAYS))
        return min(found, until) if until else found

    def amount(self, low: int = 1) -> Decimal:
        """Some amount, with fen."""
        return Decimal(self.random.randrange(low * 100, 900_000)) / 100

    def fill(self, count: int) -> None:
        """So many rows of each fact."""
        for _ in range(count):
            self.order()
            self.settlement()
            self.item()
            self.work()
            self.quote()
        for _ in range(count // 4):
            self.plan()
        refresh_effects(today=make.TODAY)

    def plan(self) -> None:
        """An improvement plan that ran for some time, or runs; it may overlap another one of the customer."""
        customer, began = self.any(*self.customers), self.day(dt.date(2026, 8, 31))
        ImprovementPlan.objects.create(
            code=self._next("IP"),
            customer=customer,
            title="改善",
            owner=customer.owner,
            team=customer.team,
            business_unit=customer.business_unit,
            starts_on=began,
            ends_on=began + dt.timedelta(days=self.random.randint(20, 300)),
            baseline_on=began,
            state=self.any("running", "done", "cancelled"),
            state_since=timezone.make_aware(dt.datetime(2026, 11, 1)),
        )

    def order(self) -> None:
        """An order of one to three lines, some of them rejected, some without a product; now and then gone from the ERP."""
        customer, on = self.any(*self.customers), self.day(make.TODAY)
        head = SalesOrder.objects.create(
            number=self._next("SO"),
            currency_id="CNY",
            read_at=timezone.now(),
            ordered_on=on,
            net=0,
            net_base=0,
            gone_at=timezone.now() if self.random.random() < 0.1 else None,
            **stamps(self.org, customer),
        )
        for item in range(self.random.randint(1, 3)):
            promised = on + dt.timedelta(days=self.random.randint(1, 60))
            shipped = promised + dt.timedelta(days=self.random.randint(-9, 9))
            SalesOrderLine.objects.create(
                order=head,
                item=10 * (item + 1),
                product=self.any(self.org.product, None),
                product_line=self.any(self.org.sealant, self.org.liquid, self.org.herbicide, None),
                quantity=7,
                unit="KG",
                quantity_base=self.amount(),
                ordered_on=on,
                promised_on=self.any(promised, promised, None),
                shipped_on=shipped if shipped <= make.TODAY else None,
                rejected=self.random.random() < 0.15,
                net=0,
                net_base=self.amount(),
                **stamps(self.org, customer),
            )

    def settlement(self) -> Settlement:
        """A settled invoice line; one in five is a credit."""
        customer, on = self.any(*self.customers), self.day(make.TODAY)
        common = stamps(self.org, customer)
        head = Invoice.objects.create(
            number=self._next("IV"), currency_id="CNY", read_at=timezone.now(), invoiced_on=on, **_nothing(), **common
        )
        line = InvoiceLine.objects.create(
            invoice=head, item=10, unit="KG", invoiced_on=on, net=0, gross=0, net_base=0, **common
        )
        return Settlement.objects.create(
            invoice_line=line,
            product=self.any(self.org.product, None),
            product_line=self.any(self.org.sealant, self.org.liquid, None),
            settled_on=on,
            amount_base=self.amount() * self.any(1, 1, 1, 1, -1),
            **common,
        )

    def item(self) -> Receivable:
        """An item of an account: claims, payments and credits; open, cleared, or deleted in the ERP."""
        customer, on = self.any(*self.customers), self.day(make.TODAY)
        kind = self.any("invoice", "invoice", "invoice", "credit_memo", "payment", "down_payment")
        amount = self.amount() * (1 if kind == "invoice" else -1)
        cleared = on + dt.timedelta(days=self.random.randint(1, 200))
        return Receivable.objects.create(
            number=self._next("1000/2026/"),
            currency_id="CNY",
            read_at=timezone.now(),
            kind=kind,
            posted_on=on,
            due_on=on + dt.timedelta(days=self.random.randint(0, 90)) if self.random.random() < 0.95 else None,
            cleared_on=cleared if cleared <= make.TODAY and self.random.random() < 0.7 else None,
            gone_at=timezone.now() if self.random.random() < 0.05 else None,
            amount=amount,
            amount_base=amount,
            **stamps(self.org, customer),
        )

    def work(self) -> None:
        """A campaign, a lead and an opportunity of the customer's owner."""
        customer, org = self.any(*self.customers), self.org
        owner, on = customer.owner, self.day()
        place = {"business_unit": customer.business_unit, "team": customer.team, "region": customer.region}
        state = self.any("completed", "completed", "planned", "approved", "cancelled")
        campaign = make_campaign(
            org,
            owner=owner,
            starts_on=on,
            ends_on=on,
            kind=self.any(*KINDS),
            origin=self.any("annual", "ad_hoc"),
            state=state,
            product_line=self.any(org.sealant, None),
            **place,
        )
        line = self.any(org.sealant, org.liquid, None)
        make_lead(
            org,
            owner=owner,
            received_on=self.day(make.TODAY),
            campaign=self.any(campaign, None),
            product_line=line,
            customer=self.any(customer, None),
            **place,
        )
        passed, times = self.random.random() < 0.6, self.random.randint(0, 2)
        make_registration(
            org,
            owner=owner,
            customer=customer if passed else None,
            state="approved" if passed else "returned",
            decisions=times + passed,
            refusals=times,
            submissions=times + 1,
            decided_on=self.day(make.TODAY) if times + passed else None,
            corrected_on=self.any(make.TODAY, None, None),
            **place,
        )
        won = self.random.random() < 0.4
        lost = not won and self.random.random() < 0.4
        opportunity = make_opportunity(
            org,
            owner=owner,
            customer=customer,
            product_line=line,
            assigned_on=self.any(self.day(make.TODAY), self.day(make.TODAY), None),
            converted_on=self.day(make.TODAY) if won and self.random.random() < 0.8 else None,
            **({"stage": "won" if won else "lost", "closed_on": self.day(make.TODAY)} if won or lost else {}),
            **place,
        )
        self.history(opportunity)
        self.sample(opportunity, place)

    def history(self, opportunity: Any) -> None:
        """Its way through the stages, forward and back, to where it is; a comment now and then. Some began a month ago."""
        steps = list(Stage.objects.filter(category="open").order_by("position"))
        end = opportunity.closed_on or make.TODAY
        at = self.moment(min(self.day(end), end))
        began, stage, rows = at, steps[0], [(None, steps[0], at, 0)]
        for _step in range(self.random.randrange(6)):
            later = at + dt.timedelta(hours=self.random.randint(1, 1200))
            if later >= self.moment(end):
                break
            target = self.any(*[one for one in steps if one != stage])
            rows.append((stage, target, later, int((later - at).total_seconds())))
            at, stage = later, target
        if opportunity.closed_on:
            closed = max(at, self.moment(end))
            rows.append((stage, opportunity.stage, closed, int((closed - at).total_seconds())))
            at, stage = closed, opportunity.stage
        for source, target, when, spent in rows:
            # of half of the moves it is known what the stage left had meant; of the others what it means counts
            kept = {"probability_left": spent % 101, "days_left": spent % 60} if spent % 2 else {}
            opportunity.stage_changes.create(source=source, target=target, at=when, seconds_in_source=spent, **kept)
        type(opportunity).objects.filter(pk=opportunity.pk).update(
            stage=stage,
            stage_since=at,
            created_at=began,
            amount_base=self.amount(),
            probability=self.random.randrange(101),
            standard_days=self.random.randrange(60),
        )
        if self.random.random() < 0.5:
            comment, _told = add_comment(actor=opportunity.owner, record=opportunity, text="x")
            type(comment).objects.filter(pk=comment.pk).update(created_at=self.moment(self.day(make.TODAY)))

    def moment(self, on: dt.date) -> dt.datetime:
        """Some minute of a day, late at night too."""
        return timezone.make_aware(
            dt.datetime.combine(on, dt.time(self.random.randrange(24), self.random.randrange(60)))
        )

    def sample(self, opportunity: Any, place: dict[str, Any]) -> None:
        """Samples of an opportunity or of its customer alone, somewhere on their way."""
        asked = self.day(make.TODAY)
        later = [min(asked + dt.timedelta(days=self.random.randint(0, 40)), make.TODAY) for _step in range(2)]
        sent, judged = sorted(later)
        state = self.any("draft", "dispatched", "received", "evaluated", "evaluated", "cancelled")
        values: dict[str, Any] = {"requested_on": asked}
        if state in ("dispatched", "received", "evaluated") or self.random.random() < 0.2:
            values |= {"dispatched_on": sent, "feedback_due_on": sent}
        if state == "evaluated":
            verdict = self.any("passed", "passed", "conditional", "failed")
            values |= {"received_on": sent, "evaluated_on": judged, "verdict": verdict}
            values["cycle_days"] = (judged - asked).days
        SampleRequest.objects.create(
            code=self._next("SMP-T-"),
            customer=opportunity.customer,
            owner=opportunity.owner,
            opportunity=self.any(opportunity, opportunity, None),
            product=self.any(self.org.product, None),
            product_line=self.any(self.org.sealant, self.org.liquid, None),
            purpose="x",
            state=state,
            state_since=timezone.now(),
            **values,
            **place,
        )

    def quote(self) -> None:
        """A version of a quote: sent and answered, replaced, or not sent at all."""
        customer, on = self.any(*self.customers), self.day(make.TODAY)
        place = {"business_unit": customer.business_unit, "team": customer.team, "region": customer.region}
        state = self.any("draft", "sent", "accepted", "declined", "superseded", "expired")
        sent = on if state != "draft" and (state != "expired" or self.random.random() < 0.5) else None
        Quote.objects.create(
            code=self._next("QUO"),
            number=self._next("QUO"),
            opportunity=make_opportunity(self.org, owner=customer.owner, customer=customer, **place),
            customer=customer,
            owner=customer.owner,
            product=self.any(self.org.product, None),
            product_line=self.any(self.org.sealant, self.org.liquid, None),
            valid_until=on,
            quoted_on=on,
            requested_at=timezone.now(),
            state_since=timezone.now(),
            state=state,
            sent_on=sent,
            response_hours=Decimal(self.random.randrange(1, 9000)) / 100 if sent else None,
            **place,
        )

    def _next(self, prefix: str) -> str:
        self.number += 1
        return f"{prefix}R{self.number}"


def _nothing() -> dict[str, int]:
    return {"net": 0, "tax": 0, "gross": 0, "net_base": 0}
