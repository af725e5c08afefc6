"""What is summed when: marks, incremental against full, storms of changes, customers' figures."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics import tasks
from analytics.domain import refresh as domain
from analytics.domain.customer_figures import refresh_changed, refresh_figures
from analytics.domain.refresh import NotSummed, mark_changed, refresh, stale_months
from analytics.engine.conditions import condition_of
from analytics.engine.evaluate import evaluate
from analytics.engine.figures import Figures
from analytics.engine.reader import COMPANY
from analytics.engine.request import KpiRequest
from analytics.measures import FACTS
from analytics.models import Cell, Refresh
from crm.events import facts_changed
from crm.locks import AdvisoryLock, LockTaken
from crm.models import Job, JobEntry
from crm.periods import parse_period
from customers.models import CustomerFigures
from leads.models import Lead
from opportunities.models import Opportunity
from orders.domain.gone import mark_gone
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Settlement, Shipment
from tests.factories import analytics as make
from tests.factories.analytics import TODAY
from tests.factories.records import make_lead

OCTOBER, NOVEMBER = make.day("10-01"), make.day("11-01")


def ask(number: int, period: str) -> Any:
    request = KpiRequest(number, parse_period(period, today=TODAY))
    return evaluate(request, Figures(COMPANY, today=TODAY)).figure.value


def stored() -> set[tuple[Any, ...]]:
    rows = Cell.objects.values_list("measure", "dimension", "month", "members", "sums")
    return {(*key, *pair) for *key, members, sums in rows for pair in zip(members, sums, strict=True)}


def test_a_month_s_refresh_equals_a_full_one(funnel: Any, org: Any) -> None:
    refresh(full=True, today=TODAY)
    before = stored()
    make.order(funnel.x, "10-09", (org.herbicide, 5000, 10), promised="10-11", shipped="10-12")
    SalesOrderLine.objects.filter(order=funnel.two, product_line=org.liquid).update(rejected=True)
    Settlement.objects.filter(settled_on=make.day("10-15")).delete()
    Receivable.objects.filter(customer=funnel.x).update(cleared_on=make.day("10-30"))
    mark_changed(facts=["order_line", "settlement", "receivable"], months=[OCTOBER])
    report = refresh(today=TODAY)
    incremental = stored()
    assert report.months["order_line"] == 1
    notes = list(JobEntry.objects.filter(event="note").order_by("pk").values_list("text", flat=True))
    assert sum("of 1 month" in note for note in notes) >= 3  # the job's log names each fact that was summed
    assert incremental != before
    refresh(full=True, today=TODAY)
    assert stored() == incremental


def test_twice_is_once(funnel: Any) -> None:
    refresh(full=True, today=TODAY)
    ids = set(Cell.objects.values_list("pk", flat=True))
    refresh(full=True, today=TODAY)
    assert set(Cell.objects.values_list("pk", flat=True)) == ids  # nothing was written anew


def test_a_state_marks_the_months_after_it(sales: Any) -> None:
    refresh(full=True, today=TODAY)
    mark_changed(facts=["receivable"], months=[make.day("09-15")])
    stale = stale_months(TODAY)
    assert stale["receivable"] == [make.day("09-01"), OCTOBER, NOVEMBER]
    assert stale["receipt"] == [make.day("09-01")]
    assert "order_line" not in stale


def test_a_marked_month_is_read_from_the_facts_until_it_is_summed(sales: Any) -> None:
    refresh(full=True, today=TODAY)
    Cell.objects.filter(measure="revenue", dimension="").update(members=[0], sums=[7])
    assert ask(61, "2026-10") == 7  # stored sums are what is read
    mark_changed(facts=["settlement"], months=[OCTOBER])
    assert ask(61, "2026-10") == 440
    refresh(today=TODAY)
    assert Cell.objects.get(measure="revenue", dimension="", month=OCTOBER).sums == [440]


@pytest.mark.parametrize("year", [1, 1900, 2199, 9999])
def test_a_row_of_a_mistyped_year_stops_no_figures_and_adds_no_months(sales: Any, org: Any, year: int) -> None:
    refresh(full=True, today=TODAY)
    months, cells = set(Refresh.objects.values_list("fact", "month")), stored()
    lead = make_lead(org, received_on=dt.date(year, 12, 31))
    Lead.objects.exclude(pk=lead.pk).delete()
    order = make.order(sales.a, "10-09", (org.herbicide, 5000, 10))
    SalesOrder.objects.filter(pk=order.pk).update(ordered_on=lead.received_on)
    SalesOrderLine.objects.filter(order=order).update(ordered_on=lead.received_on)
    mark_changed(facts=["lead", "order_line", "receivable"], months=[lead.received_on, OCTOBER])
    assert Refresh.objects.filter(month=lead.received_on.replace(day=1)).count() == 0
    refresh(today=TODAY)
    refresh(full=True, today=TODAY)
    assert set(Refresh.objects.values_list("fact", "month")) == months
    assert stored() == cells


def test_notes_of_months_that_are_not_kept_are_cleared_away(sales: Any) -> None:
    for year in (1, 1900, 9999):
        Refresh.objects.create(fact="lead", month=dt.date(year, 12, 1), changed_at=timezone.now())
    assert dt.date(9999, 12, 1) not in refresh(today=TODAY).months
    assert not Refresh.objects.exclude(month__year__range=(1990, 2040)).exists()


def test_what_is_wrong_with_one_fact_stops_no_other(sales: Any, org: Any) -> None:
    line = SalesOrderLine.objects.filter(ordered_on__year=2026).first()
    values = {**_values(line), "ordered_on": dt.date(2023, 1, 1), "net_base": Decimal("999999999999999.999")}
    lines = [SalesOrderLine(**{**values, "item": 1000 + number}) for number in range(1001)]
    SalesOrderLine.objects.bulk_create(lines)  # more than a sum can hold
    with pytest.raises(NotSummed, match="could not be summed"):
        refresh(full=True, today=TODAY)
    summed = set(Refresh.objects.filter(summed_at__isnull=False).values_list("fact", flat=True))
    assert "order_line" not in summed
    assert {"settlement", "receivable", "lead", "visit"} & set(FACTS) <= summed
    job = Job.objects.get(kind="figures")
    assert (job.state, "could not be summed" in job.message, job.done) == ("failed", True, job.total)
    tasks.refresh_all()
    assert CustomerFigures.objects.exists()  # nor the customers' figures
    with pytest.raises(CommandError, match="numeric field overflow"):
        call_command("kpi", "recompute", "--full")


def _values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def test_a_change_while_the_sums_are_made_stays_marked(sales: Any, monkeypatch: Any) -> None:
    refresh(full=True, today=TODAY)
    mark_changed(facts=["settlement"], months=[OCTOBER])
    original = domain.replace_cells

    def late(sheet: Any, **values: Any) -> int:
        if sheet.fact.key == "settlement":
            mark_changed(facts=["settlement"], months=[OCTOBER])
        return original(sheet, **values)

    monkeypatch.setattr(domain, "replace_cells", late)
    refresh(today=TODAY)
    assert "settlement" in stale_months(TODAY)


def test_the_day_after_a_running_month_is_summed_anew(sales: Any) -> None:
    refresh(full=True, today=TODAY)
    Refresh.objects.update(summed_at=timezone.now() - dt.timedelta(days=90))
    stale = stale_months(TODAY)
    assert NOVEMBER in stale["receivable"]
    assert NOVEMBER in stale["order_due"]
    assert "order_line" not in stale


@pytest.mark.django_db(transaction=True)
def test_only_one_refresh_runs_at_a_time(settings: Any) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, 0)", [int(AdvisoryLock.KPI)])
        with pytest.raises(LockTaken):
            refresh(full=True)
        with pytest.raises(CommandError, match="try again") as refused:
            call_command("kpi", "recompute")
        assert refused.value.returncode == 1
        with other.cursor() as cursor:  # from a connection that is only closed the server takes locks a moment later
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()


def test_a_storm_of_changes_is_one_job(sales: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any) -> None:
    queued = []
    monkeypatch.setattr(domain, "enqueue", lambda name, **options: queued.append(name))
    for _ in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            facts_changed.send(facts=["order_line", "nonsense"], months=[OCTOBER])
    assert queued == ["analytics.refresh"]
    assert Refresh.objects.get(fact="order_due", month=OCTOBER).changed_at is not None


def test_a_condition_means_what_the_method_means(funnel: Any) -> None:
    for model, method, args in [
        (Opportunity, "won", ()),
        (SalesOrderLine, "on_time", ()),
        (SalesOrderLine, "by_weight", ()),
        (InvoiceLine, "real", ()),
        (Receivable, "overdue_at", (TODAY,)),
    ]:
        same = set(model.objects.filter(condition_of(model, method, *args)).values_list("pk", flat=True))
        assert same == set(getattr(model.objects, method)(*args).values_list("pk", flat=True))
    with pytest.raises(AttributeError):
        condition_of(Opportunity, "visible_to", None)


def test_figures_of_customers(sales: Any, org: Any) -> None:
    last_year = make.settle(sales.a, "10-01", 1).invoice_line
    InvoiceLine.objects.filter(pk=last_year.pk).update(invoiced_on=dt.date(2025, 11, 30), net_base=11)
    InvoiceLine.objects.filter(invoiced_on=make.day("10-01"), customer=sales.a).update(
        product=org.product, quantity_base=Decimal("40.5")
    )
    assert refresh_figures(today=TODAY) == 3
    figures = CustomerFigures.objects.get(customer=sales.a)
    assert figures.sales_12m == 160  # 60 + 120 - 20
    assert figures.sales_12m_before == 11
    assert figures.sales_by_month[-3:] == [60, 100, 0]
    assert len(figures.sales_by_month) == 12
    assert (figures.receivable, figures.overdue) == (0, 0)
    assert figures.volume_12m_kg == Decimal("40.5")
    assert figures.last_order_on == make.day("11-01")
    other = CustomerFigures.objects.get(customer=sales.x)
    assert (other.receivable, other.overdue) == (70, 70)
    assert refresh_figures(today=TODAY) == 0
    Receivable.objects.filter(customer=sales.x).delete()
    assert refresh_figures(customer_ids=[sales.a.pk], today=TODAY) == 0
    assert refresh_figures(customer_ids=[sales.x.pk], today=TODAY) == 1


def test_figures_of_changed_customers_only(sales: Any, org: Any) -> None:
    refresh_changed(today=TODAY)  # the first of the month: all of them
    assert CustomerFigures.objects.get(customer=sales.x).overdue == 70
    Receivable.objects.update(cleared_on=TODAY, read_at=timezone.now() - dt.timedelta(hours=1))
    Invoice.objects.update(read_at=timezone.now() - dt.timedelta(hours=1))
    SalesOrder.objects.update(read_at=timezone.now() - dt.timedelta(hours=1))
    assert refresh_changed(today=TODAY) == 0
    Receivable.objects.filter(customer=sales.x).update(read_at=timezone.now())
    assert refresh_changed(today=TODAY) == 1
    assert CustomerFigures.objects.get(customer=sales.x).overdue == 0


def test_figures_of_customers_whose_documents_are_gone_follow_at_once(sales: Any, org: Any) -> None:
    refresh_changed(today=TODAY)
    assert CustomerFigures.objects.get(customer=sales.x).overdue == 70
    long_ago = timezone.now() - dt.timedelta(hours=1)
    for model in (Invoice, SalesOrder, Shipment, Receivable):
        model.objects.update(read_at=long_ago)
    numbers = list(Receivable.objects.filter(customer=sales.x).values_list("number", flat=True))
    mark_gone(model=Receivable, numbers=numbers, at=timezone.now())
    refresh_changed(today=TODAY)
    assert CustomerFigures.objects.get(customer=sales.x).overdue == 0


@pytest.mark.django_db(transaction=True)
def test_the_nightly_refresh_waits_for_its_turn(monkeypatch: Any) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(tasks, "enqueue", lambda name, **options: queued.append((name, options["attempt"])))
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, 0)", [int(AdvisoryLock.KPI)])
            tasks.refresh_all()
            tasks.refresh_all(attempt=tasks.MOST)
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    assert queued == [("analytics.refresh_all", 1)]


def test_a_dashboard_s_worth_of_sums_is_read_in_two_queries(funnel: Any) -> None:
    refresh(full=True, today=TODAY)
    figures = Figures(COMPANY, today=TODAY)
    with CaptureQueriesContext(connection) as queries:
        figures.preload(FACTS.values(), [OCTOBER])
    assert [query["sql"].split("FROM ")[1].split()[0].strip('"') for query in queries] == [
        "analytics_refresh",
        "opportunities_opportunity",  # what counts once in any period: the customers with a won opportunity
        "analytics_cell",
    ]
