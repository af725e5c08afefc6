"""The pages: what they show, whose figures, where they lead, how many queries they take."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analytics.catalogue import CATALOGUE
from analytics.domain.customer_figures import refresh_figures
from analytics.domain.refresh import refresh
from analytics.models import Target
from analytics.panels import customer_year
from customers.models import Customer
from orders.models import InvoiceLine
from tests.factories import analytics as make
from tests.factories.analytics import TODAY
from tests.factories.archive import make_registration
from tests.gate import of_which_daily


def test_the_dashboard_shows_the_reader_s_figures(funnel: Any, targets: Any, org: Any, page_of: Any) -> None:
    refresh(full=True, today=TODAY)
    page = page_of(org.people.executive, "dashboard", period="2026-10")
    assert '<span class="v">440.00<small>CNY</small></span>' in page  # revenue
    assert "88.0%" in page  # of 500
    assert "CR10" in page
    own = page_of(org.people.sales_rep, "dashboard", period="2026-10")
    assert '<span class="v">100.00<small>CNY</small></span>' in own
    assert "440.00" not in own
    assert funnel.x.short_name not in own  # another's customer


def test_the_dashboard_can_be_narrowed(funnel: Any, org: Any, page_of: Any) -> None:
    page = page_of(org.people.executive, "dashboard", period="2026-10", product_line=org.sealant.pk)
    assert '<span class="v">160.00<small>CNY</small></span>' in page  # 120 + 40
    assert "Receivables" in page.split("Not available for this selection:")[1].split("</p>")[0]


def named(page: str) -> list[str]:
    """The indicators of the table."""
    return re.findall(r'class="ttl" href="[^"]*">([^<]*)</a>', page)


@pytest.mark.parametrize("tier", ["strategic", "management", "operations"])
def test_the_tiers_are_those_of_the_catalogue(tier: str, funnel: Any, org: Any, page_of: Any) -> None:
    page = page_of(org.people.executive, "indicators", tier=tier)
    wanted = [indicator.name.en for indicator in CATALOGUE.values() if tier in [item.value for item in indicator.tiers]]
    assert sorted(named(page)) == sorted(wanted)


def test_an_open_row_leads_to_each_member_s_records(funnel: Any, org: Any, page_of: Any) -> None:
    page = page_of(org.people.executive, "indicators", period="2026-10", open=31, by="team")
    links = re.findall(r'href="([^"]*/indicators/31/rows/[^"]*)"', page)
    assert len(links) == 2
    assert f"team=only-{org.sub_team.pk}" in links[0] + links[1]


def test_only_the_rows_below_target(funnel: Any, targets: Any, org: Any, page_of: Any) -> None:
    page = page_of(org.people.executive, "indicators", period="2026-10", below=1)
    assert named(page) == ["Revenue"]


def test_an_indicator_says_what_it_means_and_how_fresh_it_is(funnel: Any, org: Any, page_of: Any) -> None:
    refresh(full=True, today=TODAY)
    page = page_of(org.people.executive, "indicator", 83, period="2026-10", by="product_line")
    assert CATALOGUE[83].formula.en in page
    assert CATALOGUE[83].reading.en in page
    assert "33.3" in page
    assert "as of" in page
    assert "Sealant" in page


def test_records_add_up_to_the_figure_and_stay_in_scope(funnel: Any, org: Any, page_of: Any) -> None:
    page = page_of(org.people.executive, "rows", 54, period="2026-10")
    assert "CNY 1.5 k" in page.split("</h1>")[1].split("</p>")[0]
    assert page.count("<tr data-href") == 5
    mine = page_of(org.people.sales_rep, "rows", 54, period="2026-10")
    assert "CNY 310.00" in mine
    assert mine.count("<tr data-href") == 3
    assert funnel.x.short_name not in mine
    sub_team = page_of(org.people.executive, "rows", 54, period="2026-10", team=f"only-{org.team.pk}")
    assert sub_team.count("<tr data-href") == 1


def test_records_come_fifty_a_page(org: Any, today: Any, page_of: Any) -> None:
    customer = make.customer_of(org, org.people.sales_rep)
    for _ in range(51):
        make.settle(customer, "10-05", 1, org.sealant)
    assert page_of(org.people.executive, "rows", 61, period="2026-10").count("<tr data-href") == 50
    assert page_of(org.people.executive, "rows", 61, period="2026-10", page=2).count("<tr data-href") == 1


@pytest.mark.parametrize("number", of_which_daily(sorted(CATALOGUE), sorted(CATALOGUE)[::2]))
def test_each_indicator_has_a_page_and_records(number: int, funnel: Any, targets: Any, org: Any, page_of: Any) -> None:
    for by in CATALOGUE[number].dimensions:
        page_of(org.people.bu_head, "indicator", number, period="ytd", by=by)
    page_of(org.people.bu_head, "rows", number, period="ytd")


def test_the_records_of_the_archive_are_registrations(org: Any, today: Any, page_of: Any) -> None:
    owner = org.people.sales_rep
    row = make_registration(org, state="rejected", decided_on=today, submissions=1, decisions=1, refusals=1)
    page = page_of(org.people.bu_head, "rows", 107, period="ytd")
    assert f'data-href="{reverse("customers:customerregistration_record", args=[row.pk])}"' in page
    assert row.name in page
    assert owner.label in page
    assert row.contact_phone not in page


def test_records_need_the_right_to_see_such(funnel: Any, org: Any, page_of: Any) -> None:
    finance = org.people.finance  # figures and receivables, no leads
    page_of(finance, "rows", 6, status=403)
    assert "/rows/" not in page_of(finance, "indicator", 6)
    page_of(finance, "rows", 69)


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [
        ("indicator", (999,), {}),
        ("rows", (999,), {}),
        ("rows", (61,), {"part": "denominator"}),
        ("rows", (68,), {"product_line": "1"}),
        ("rows", (61,), {"part": "sideways"}),
        ("dashboard", (), {"period": "soon"}),
        ("dashboard", (), {"period": "9999"}),
        ("indicator", (61,), {"period": "9999-Q4"}),
        ("rows", (61,), {"period": "0001"}),
        ("dashboard", (), {"region": "x"}),
        ("dashboard", (), {"tier": "lower"}),
        ("indicator", (61,), {"by": "colour"}),
    ],
)
def test_what_does_not_exist_is_404(name: str, args: Any, query: Any, org: Any, page_of: Any) -> None:
    page_of(org.people.executive, name, *args, status=404, **query)


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [("dashboard", (), 26), ("indicators", (), 16), ("indicator", (61,), 12), ("rows", (54,), 9)],
)
def test_queries_do_not_grow_with_the_rows(
    name: str, args: Any, most: int, sales: Any, org: Any, client_of: Any
) -> None:
    def queries() -> int:
        refresh(full=True, today=TODAY)
        cache.clear()
        client = client_of(org.people.executive)
        url = reverse(f"analytics:{name}", args=args)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    before = queries()
    for number in range(5):
        customer = make.customer_of(org, org.people.sales_rep)
        make.order(customer, "11-05", (org.sealant, 10, 1), promised="11-07")
        make.settle(customer, f"11-0{number + 1}", 5, org.liquid)
        make.item(customer, "11-01", "11-02", 9)
    assert queries() == before <= most


def test_the_start_page_has_the_reader_s_month(sales: Any, org: Any, client_of: Any) -> None:
    page = client_of(org.people.sales_rep).get("/").content.decode()
    assert "Sales order amount" in page
    assert '<span class="v">50.00<small>CNY</small></span>' in page


def test_a_customer_s_page_shows_its_year(sales: Any, org: Any, client_of: Any) -> None:
    refresh_figures()
    url = reverse("customers:customer_record", args=[sales.a.pk])
    page = client_of(org.people.sales_rep).get(url, {"panel": "year"}).content.decode()
    assert f"customer-year-{sales.a.pk}" in page


def test_a_target_is_set_on_its_page(org: Any, client_of: Any) -> None:
    client = client_of(org.people.bu_head)
    data = {"indicator": 61, "month": "2026-10-01", "business_unit": org.silicones.pk, "value": "12.5"}
    assert client.post(reverse("analytics:target_create"), data).status_code == 302
    target = Target.objects.get()
    assert (target.value, target.month.isoformat()) == (12.5, "2026-10-01")
    assert client.post(reverse("analytics:target_create"), data).status_code == 422
    edit = reverse("analytics:target_edit", args=[target.pk])
    assert client.post(edit, {"value": "13", "version_read": 1}).status_code == 302
    assert client.post(edit, {"value": "14", "version_read": 1}).status_code == 409
    target.refresh_from_db()
    assert (target.value, target.indicator) == (13, 61)


def test_a_month_without_business_is_nothing_and_one_to_come_is_left_out(sales: Any, org: Any) -> None:
    request = RequestFactory().get("/")
    request.user = org.people.sales_rep
    assert customer_year(request, sales.a) is None  # nothing stored yet
    refresh_figures()
    customer = Customer.objects.select_related("course").get(pk=sales.a.pk)
    found: Any = customer_year(request, customer)
    last, this = (series["data"] for series in found["chart"]["spec"]["series"])
    today = timezone.localdate()
    assert last.count(None) == 0
    assert [value is None for value in this] == [number > today.month for number in range(1, 13)]
    year = [line for line in InvoiceLine.objects.filter(customer=customer) if line.invoiced_on.year == today.year]
    assert sum(value or 0 for value in this) * 1000 == sum(line.net_base for line in year)


def test_the_dashboard_of_somebody_without_figures_says_so(org: Any, client_of: Any) -> None:
    page = client_of(org.people.sales_rep).get(reverse("analytics:dashboard")).content.decode()
    assert 'id="revenue"' not in page
    assert "—%" not in page
    assert page.count("No revenue in this period.") == 3
