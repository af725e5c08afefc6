"""Sheets of products, prices, rates and competitors: checked, written through the domain, twice without harm."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from crm.importing.domain import batches
from crm.importing.domain.corrections import correct_cell
from crm.importing.models import ImportBatch
from crm.models import Competitor, Cost, ExchangeRate, PriceItem, PriceReport, Product, Role
from tests.factories.catalogue import (
    make_competitor,
    make_cost,
    make_field,
    make_list,
    make_price,
    make_rate,
    make_rival,
)
from tests.factories.records import day
from tests.importing.sheets import rows_of, xlsx

pytestmark = pytest.mark.django_db
PRODUCTS = ["产品编码", "产品名称", "产品线", "计量单位", "目录价", "技术指标"]
PRICES = ["价格表", "产品编码", "单位", "起订量", "指导价", "底价", "生效日期"]
REPORTS = ["竞争对手", "竞品型号", "报价", "币种", "单位", "日期", "来源", "区域"]
RATES = ["币种", "日期", "汇率", "来源"]


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def checked(org: Any, kind: str, head: list[str], rows: list[list[Any]], *, user: Any = None) -> ImportBatch:
    actor = user or org.people.data_steward
    batch = batches.create_batch(actor=actor, resource_key=kind, file_name="x.xlsx", content=xlsx(rows, head))
    return batches.start_check(batch=batch, actor=actor, at_once=True)


def imported(org: Any, *args: Any, on_duplicate: str = "skip") -> tuple[ImportBatch, dict[str, int]]:
    batch = checked(org, *args)
    done = batches.start_commit(batch=batch, actor=org.people.data_steward, on_duplicate=on_duplicate, at_once=True)
    return done, {name: count for name, count in done.counts["result"].items() if count}


def problems(batch: ImportBatch) -> list[list[tuple[str, str]]]:
    return [[(error["key"], error["code"]) for error in row.errors] for row in rows_of(batch)]


def test_products_come_with_their_specification_and_are_changed_by_their_code(org: Any) -> None:
    make_field(org, key="viscosity", name="粘度", maximum=1000000)
    make_field(org, key="parts", name="组份", kind="choice", choices=["单组份", "双组份"], required=True)
    rows = [
        ["N-1", "新密封胶", "密封胶", "KG", "38.5", "粘度=15000；组份=单组份"],
        ["N-2", "新密封胶二", "SEAL", "千克", "", "组份：双组份"],
        ["SF-820", "改名 SF-820", "", "", "39", "组份=单组份"],
    ]
    _batch, result = imported(org, "products", PRODUCTS, rows)
    assert result == {"created": 2, "updated": 1}
    first = Product.objects.get(code="N-1")
    assert (first.specification, first.list_price) == ({"viscosity": 15000, "parts": "单组份"}, Decimal("38.5"))
    assert "xmfj" in first.search_text
    changed = Product.objects.get(code="SF-820")
    assert (changed.name, changed.list_price, changed.product_line) == ("改名 SF-820", 39, org.sealant)
    event = Product.pgh_event_model.objects.filter(pgh_obj_id=changed.pk, pgh_label="update").last()
    assert event.pgh_context.metadata["source"] == "import"
    _batch, result = imported(org, "products", PRODUCTS, rows)
    assert result == {"unchanged": 3}


def test_what_does_not_fit_is_told_in_its_cell_before_anything_is_written(org: Any) -> None:
    make_field(org, key="parts", name="组份", kind="choice", choices=["单组份", "双组份"], required=True)
    rows = [
        ["N-1", "甲", "密封胶", "KG", "38.5", "组份=三组份"],
        ["N-2", "乙", "没有的线", "KG", "-1", ""],
        ["N-3", "丙", "密封胶", "", "", "组份=单组份"],
        ["N-4", "丁", "密封胶", "KG", "", ""],
        ["N-5", "戊", "密封胶", "KG", "", "颜色=红"],
    ]
    batch = checked(org, "products", PRODUCTS, rows)
    assert problems(batch) == [
        [("code", "rule")],
        [("product_line", "reference_unknown"), ("list_price", "too_small")],
        [("base_unit", "required")],
        [("code", "rule")],
        [("specification", "rule")],
    ]
    row = correct_cell(batch=batch, actor=org.people.data_steward, number=2, column=5, text="组份=单组份")
    assert (row.status, row.errors) == ("new", [])
    assert not Product.objects.filter(code__startswith="N-").exists()


def test_prices_find_their_list_product_and_quantity(org: Any) -> None:
    price_list = make_list(org, code="STD")
    stored = make_price(org, price_list=price_list)
    rows = [
        ["STD", "SF-820", "KG", "", "38.5", "33", ""],
        ["STD", "SF-820", "KG", "500", "37", "32.5", "2026-01-01"],
        ["STD", "SF-820", "KG", "500", "36", "32", "2026-01-01"],
        ["STD", "SF-820", "KG", "800", "36", "36.5", ""],
        ["STD", "SF-820", "KG", "900", "36", "32", "2019-01-01"],
        ["XYZ", "SF-820", "KG", "900", "36", "32", ""],
    ]
    batch, result = imported(org, "prices", PRICES, rows)
    assert result == {"created": 1, "updated": 1, "skipped": 1, "rejected": 3}
    assert [codes for codes in problems(batch) if codes] == [
        [("floor_price", "rule")],
        [("starts_on", "rule")],
        [("price_list", "reference_unknown")],
    ]
    stored.refresh_from_db()
    assert (stored.guide_price, stored.floor_price) == (Decimal("38.5"), 33)
    new = PriceItem.objects.get(quantity_from=500)
    assert (new.guide_price, new.starts_on.isoformat()) == (37, "2026-01-01")


def test_a_repeated_row_is_laid_over_the_first_when_that_is_chosen(org: Any) -> None:
    make_list(org, code="STD")
    rows = [["STD", "SF-820", "KG", "", "38.5", "", ""], ["STD", "SF-820", "KG", "", "39.5", "", ""]]
    _batch, result = imported(org, "prices", PRICES, rows, on_duplicate="update")
    assert result == {"created": 1, "updated": 1}
    assert PriceItem.objects.get().guide_price == Decimal("39.5")
    _batch, result = imported(org, "prices", PRICES, rows[:1] * 2, on_duplicate="create")
    assert result == {"updated": 1, "rejected": 1}


def test_rates_are_read_as_banks_publish_them(org: Any) -> None:
    make_rate(org, starts_on="2026-06-01", rate=Decimal("7.1"))
    rows = [
        ["USD", "2026年6月1日", "7.1203", "人民银行"],
        ["jpy", "2026/6/2", "0.04812345", ""],
        ["CNY", "2026-06-02", "1", ""],
        ["XXX", "2026-06-02", "1", ""],
    ]
    batch, result = imported(org, "rates", RATES, rows)
    assert result == {"created": 1, "updated": 1, "rejected": 2}
    assert [codes for codes in problems(batch) if codes] == [
        [("currency", "rule")],
        [("currency", "reference_unknown")],
    ]
    assert ExchangeRate.objects.get(currency_id="USD").rate == Decimal("7.1203")
    assert ExchangeRate.objects.get(currency_id="JPY").rate == Decimal("0.04812345")


def test_competitors_and_who_may_import_what(org: Any) -> None:
    _batch, result = imported(
        org, "competitors", ["编码", "名称", "简称", "优势"], [["C1", "D 牌有机硅", "D 牌", "成本低"]]
    )
    assert result == {"created": 1}
    assert Competitor.objects.get().search_text.startswith("d 牌有机硅")
    role = Role.objects.create(
        code="adder", name="x", permissions=["crm.add_competitor", "crm.add_importbatch", "crm.view_competitor"]
    )
    org.people.nobody.roles.add(role)
    batch = checked(org, "competitors", ["编码", "名称"], [["C1", "改名"], ["C2", "新"]], user=org.people.nobody)
    assert problems(batch) == [[("code", "no_right_to_change")], []]


def test_competitors_prices_are_judged_row_by_row_and_come_once(org: Any) -> None:
    rival = make_rival(org, competitor=make_competitor(org, short_name="D 牌"), name="A100")
    make_rate(org, starts_on=day(-30), rate=Decimal(7))
    rows = [
        ["D 牌", "a100", "36.5", "", "KG", day(-2).isoformat(), "招投标", "华东"],
        ["D 牌", "A100", "5", "USD", "KG", day(-2).isoformat(), "", ""],
        ["D 牌", "A100", "36.5", "CNY", "KG", day(-2).isoformat(), "投标", "华东"],
        ["D 牌", "A101", "36.5", "", "KG", day(-2).isoformat(), "", ""],
        ["D 牌", "ZZZ", "36.5", "", "KG", day(-2).isoformat(), "", ""],
        ["X 牌", "A100", "36.5", "", "KG", day(-2).isoformat(), "", ""],
        ["D 牌", "A100", "36.5", "", "KG", day(3).isoformat(), "", ""],
        ["D 牌", "A100", "36.5", "JPY", "KG", day(-2).isoformat(), "", ""],
        ["D 牌", "A100", "0", "", "", day(-2).isoformat(), "梦见", ""],
    ]
    batch, result = imported(org, "price_reports", REPORTS, rows)
    assert result == {"created": 2, "skipped": 1, "rejected": 6}
    assert [codes for codes in problems(batch) if codes] == [
        [("product", "rule")],
        [("product", "rule")],
        [("competitor", "reference_unknown")],
        [("observed_on", "rule")],
        [("currency", "rule")],
        [("source", "choice"), ("unit", "required")],
    ]
    like, unknown = (row.errors[0]["params"]["text"] for row in rows_of(batch)[3:5])
    assert ("A100" in like, "A100" in unknown) == (True, False)
    first, second = PriceReport.objects.order_by("pk")
    assert (first.competitor_product, first.price, first.source, first.region) == (
        rival,
        Decimal("36.5"),
        "tender",
        org.east,
    )
    assert (second.currency_id, second.price_base, second.source) == ("USD", 35, "customer")
    assert first.reporter == org.people.data_steward
    _batch, result = imported(org, "price_reports", REPORTS, rows[:2])
    assert result == {"unchanged": 2}
    _batch, result = imported(org, "price_reports", REPORTS, [[*rows[0][:2], "36.8", *rows[0][3:]]])
    assert result == {"created": 1}


@pytest.mark.parametrize(("role", "offered"), [("administrator", True), ("marketing", True), ("sales_rep", False)])
def test_marketing_and_administrators_import_competitors_prices(
    org: Any, client_of: Any, role: str, offered: bool
) -> None:
    response = client_of(org.user(role)).get(reverse("importing:start"))
    assert response.status_code == (200 if offered else 403)
    assert ('value="price_reports"' in response.content.decode()) is offered


def test_costs_are_found_by_product_and_day(org: Any) -> None:
    cost = make_cost(org, starts_on=day(-5))
    head = ["产品编码", "生效日期", "标准成本", "单位"]
    rows = [
        ["SF-820", day(-5).isoformat(), "26", "KG"],
        ["SF-820", day(-1).isoformat(), "26.5", "KG"],
        ["SF-820", day(-2).isoformat(), "-1", "KG"],
    ]
    _batch, result = imported(org, "costs", head, rows)
    assert result == {"created": 1, "updated": 1, "rejected": 1}
    cost.refresh_from_db()
    assert cost.amount == 26
    assert Cost.objects.get(starts_on=day(-1)).amount == Decimal("26.5")


def test_a_guarded_field_is_not_written_by_who_may_not_see_it(org: Any) -> None:
    price_list = make_list(org, code="STD")
    stored = make_price(org, price_list=price_list)
    names = ("add_importbatch", "view_priceitem", "add_priceitem", "change_priceitem")
    role = Role.objects.create(code="keeper", name="x", permissions=[f"crm.{name}" for name in names])
    org.people.nobody.roles.add(role)
    rows = [["STD", "SF-820", "KG", "", "39", "1", ""], ["STD", "SF-820", "KG", "500", "37", "", ""]]
    batch = checked(org, "prices", PRICES, rows, user=org.people.nobody)
    assert problems(batch) == [[("floor_price", "no_right_to_set")], []]
    batches.start_commit(batch=batch, actor=org.people.nobody, on_duplicate="skip", at_once=True)
    stored.refresh_from_db()
    assert stored.floor_price == Decimal("34.25")
    assert PriceItem.objects.get(quantity_from=500).guide_price == 37


def test_the_wizard_offers_the_sheets_and_their_templates(org: Any, client_of: Any) -> None:
    client = client_of(org.people.data_steward)
    page = client.get(reverse("importing:start")).content.decode()
    for kind in ("products", "prices", "rates", "competitors", "price_reports", "costs"):
        url = reverse("importing:template", args=[kind])
        assert url in page
        assert client.get(url).status_code == 200
