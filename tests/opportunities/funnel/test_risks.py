"""Risks of deals: what the database finds is what is said of each row, and why; the median of won ones; key projects."""

import datetime as dt
import random
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from crm.records.domain.comments import add_comment
from crm.workflow.domain.tasks import create_task
from opportunities.domain.blockers import blockers
from opportunities.domain.key_projects import LARGEST, key_rows, mark
from opportunities.domain.risks import assess, at_risk, conditions, won_medians
from opportunities.domain.slipped import risk_sums
from opportunities.enums import Risk
from opportunities.models import KeyProject, Opportunity, Quote
from tests.factories.developments import make_development
from tests.factories.quotes import make_quote
from tests.factories.records import day, make_customer, make_opportunity
from tests.factories.samples import approved, dispatched, make_sample
from tests.factories.tenders import make_tender
from tests.opportunities.support import stage

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def won_after(org: Any, *days: int) -> None:
    """Won deals that had been in the first stage for so many days."""
    for count in days:
        record = make_opportunity(org, stage="won", closed_on=day(-3))
        record.stage_changes.create(
            source=stage("requirement"), target=stage("won"), at=timezone.now(), seconds_in_source=count * 86_400
        )


def deals(org: Any) -> list[Opportunity]:
    """Forty open and some closed ones, at random."""
    dice, now = random.Random(5), timezone.now()
    customer, made = make_customer(org), []
    for _number in range(40):
        row = make_opportunity(
            org,
            customer=customer,
            stage=dice.choice(("requirement", "solution", "won", "on_hold", "requirement")),
            stage_since=now - DAY * dice.randint(0, 60),
            slip_count=dice.choice((0, 0, 1, 3)),
            expected_close_on=dice.choice((None, day(-1), day(), day(5))),
            next_step_on=dice.choice((None, day(-2), day(), day(9))),
        )
        Opportunity.objects.filter(pk=row.pk).update(created_at=now - DAY * dice.randint(0, 40))
        if dice.random() < 0.3:
            comment, _told = add_comment(actor=row.owner, record=row, text="x")
            type(comment).objects.filter(pk=comment.pk).update(created_at=now - DAY * dice.randint(0, 30))
        made.append(row)
    return made


def test_the_database_finds_what_is_said_of_each_row(org: Any, django_assert_num_queries: Any) -> None:
    won_after(org, 4, 10, 11, 90)
    deals(org)
    today, now = timezone.localdate(), timezone.now()
    user = org.people.sales_rep
    won_medians(user, today)  # whom one may see is read once
    with django_assert_num_queries(1):
        medians = won_medians(user, today)
    assert medians == {stage("requirement").pk: 10}  # 10.5, and half to even
    known = conditions(medians, today, now)
    rows = list(Opportunity.objects.select_related("stage"))
    with django_assert_num_queries(6):
        standings = assess(rows, medians, today, now)
    for risk in Risk:
        said = {pk for pk, standing in standings.items() if risk in [flag.risk for flag in standing.flags]}
        found = set(at_risk(Opportunity.objects.all(), [known[risk]]).values_list("pk", flat=True))
        assert found == said and 0 < len(said) < len(rows), risk
    sums = risk_sums(Opportunity.objects.all(), known)
    wanted = [pk for pk, standing in standings.items() if standing.flags]
    assert sums[None].count == len(wanted)
    assert sums[Risk.PUT_OFF].amount == 1000 * sums[Risk.PUT_OFF].count


def test_few_won_deals_make_no_median(org: Any) -> None:
    won_after(org, 4, 10)
    assert won_medians(org.people.sales_rep, timezone.localdate()) == {}
    won_after(org, 5)
    assert won_medians(org.people.sales_rep, timezone.localdate()) == {stage("requirement").pk: 5}
    assert won_medians(org.people.stranger, timezone.localdate()) == {}  # out of reach


def test_the_pages_say_why_and_filter(org: Any, client_of: Any) -> None:
    put_off = make_opportunity(org, name="一再推迟", slip_count=2, amount_base=500)
    quiet = make_opportunity(org, name="久无音信", amount_base=900)
    Opportunity.objects.filter(pk=quiet.pk).update(created_at=timezone.now() - DAY * 20)
    make_opportunity(org, name="一切正常")
    client = client_of(org.people.sales_manager)
    url = reverse("opportunities:funnel_risks")
    shown = client.get(url)
    assert [item["row"].pk for item in shown.context["rows"]] == [quiet.pk, put_off.pk]  # most money first
    text = shown.content.decode()
    assert "2 times" in text and "for 20 days" in text
    only = client.get(url, {"only": "quiet"}).context["rows"]
    assert [item["row"].pk for item in only] == [quiet.pk]
    mine = client.get(url, {"owner": org.people.colleague.pk}).context["rows"]
    assert mine == []
    listed = client.get(reverse("opportunities:opportunity_list"), {"risk": "put_off"}).content.decode()
    assert "一再推迟" in listed and "久无音信" not in listed
    assert "2 times" in client.get(reverse("opportunities:opportunity_record", args=[put_off.pk])).content.decode()
    assert client_of(org.people.stranger).get(url).context["rows"] == []


def test_key_projects_are_the_marked_and_the_largest(org: Any) -> None:
    rows = [make_opportunity(org, amount_base=100 * number) for number in range(1, LARGEST + 4)]
    other = make_opportunity(org, owner=org.people.stranger, business_unit=org.agro, amount_base=1)
    make_opportunity(org, stage="won", amount_base=10**6)
    mark(opportunity=rows[0], actor=org.people.sales_manager)
    found = key_rows(Opportunity.objects.all())
    wanted = [*reversed(rows[3:]), rows[0], other]
    assert [row.pk for row in found] == [row.pk for row in wanted]
    assert [row.place for row in found] == [1, 2, 3, 4, 5, None, 1]


def test_what_a_project_waits_for(org: Any, client_of: Any, django_assert_max_num_queries: Any) -> None:
    customer = make_customer(org)
    row = make_opportunity(org, customer=customer)
    sample = dispatched(org, approved(org, make_sample(org, opportunity=row, customer=customer)))
    make_tender(org, customer=customer, opportunity=row)
    quote = make_quote(org)
    Quote.objects.filter(pk=quote.pk).update(state="pending")
    quote.refresh_from_db()
    rows = [row, quote.opportunity]
    make_development(org, opportunity=row, customer=customer)
    helper = org.people.product_manager
    due = timezone.now()
    asked = create_task(actor=row.owner, assignee=helper, title="Price for 40 t", due_at=due, record=row)
    create_task(actor=row.owner, assignee=row.owner, title="own work", due_at=due, record=row)
    with django_assert_max_num_queries(17), override("en"):
        found = blockers(rows, org.people.sales_manager)
    (support,) = [blocker for blocker in found[row.pk] if blocker.record == asked]
    assert (support.who, support.since) == (helper.label, asked.created_at)
    (new,) = [blocker.what for blocker in found[row.pk] if blocker.what.startswith("New product: ")]
    assert {blocker.what for blocker in found[row.pk]} == {
        new,
        "Price for 40 t",
        "Sample waits for the customer's answer",
        "Tender: preparing",
    }
    assert [blocker.who for blocker in found[row.pk] if blocker.record == sample] == [str(customer)]
    (waits,) = found[quote.opportunity_id]
    assert (waits.record, waits.since) == (quote, quote.state_since)
    (sees,) = [{blocker.what for blocker in one} for one in blockers([row], org.people.auditor).values()]
    assert "Price for 40 t" in sees  # whose reach is everything
    assert asked not in [one.record for found in blockers(rows, org.people.stranger).values() for one in found]
    page = client_of(row.owner).get(reverse("opportunities:opportunity_record", args=[row.pk])).content.decode()
    assert "Price for 40 t" in page[page.index('id="waiting"') :]


def test_managers_mark_and_reps_do_not(org: Any, client_of: Any) -> None:
    record = make_opportunity(org)
    url, off = (
        reverse(f"opportunities:{name}", args=[record.pk]) for name in ("opportunity_key", "opportunity_key_off")
    )
    assert client_of(org.people.sales_rep).post(url).status_code == 403
    client = client_of(org.people.sales_manager)
    page = reverse("opportunities:opportunity_record", args=[record.pk])
    assert url in client.get(page).content.decode()
    assert client.post(url).status_code == client.post(url).status_code == 302
    assert KeyProject.objects.get().marked_by == org.people.sales_manager
    text = client.get(page).content.decode()
    assert off in text and f'action="{url}"' not in text
    client.post(off)
    assert not KeyProject.objects.exists()
    closed = make_opportunity(org, stage="won")
    client.post(reverse("opportunities:opportunity_key", args=[closed.pk]))
    assert not KeyProject.objects.exists()
