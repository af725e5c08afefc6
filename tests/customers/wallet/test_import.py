"""Demands from a sheet: messy cells, competitors' parts, what is rejected stays with its reason."""

import datetime as dt
from decimal import Decimal as D
from typing import Any

import pytest
from django.urls import reverse

from crm.importing.domain import batches
from crm.importing.domain.corrections import correct_cell
from crm.importing.messages import message_of
from crm.importing.models import ImportBatch
from crm.importing.resources import resource_of
from crm.models import Competitor, User
from customers.models import CustomerDemand, CustomerFigures, DemandShare
from tests.factories.records import day, make_customer
from tests.factories.wallet import make_demand, ship
from tests.importing.sheets import rows_of, xlsx

HEAD = [
    "客户名称",
    "产品线",
    "年需求量（吨）",
    "开始日期",
    "来源",
    "获知日期",
    "竞争对手",
    "竞品用量(吨)",
    "竞品份额",
    "竞品单价",
    "计价单位",
]
YEAR = day().replace(month=1, day=1)
START = YEAR.isoformat()


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def rivals(org: Any) -> list[Competitor]:
    return [
        Competitor.objects.create(code=f"C-{name}", name=f"{name} 牌有机硅", short_name=f"{name} 牌") for name in "DE"
    ]


def line(customer: str, kg: Any = "", start: str = START, source: str = "客户告知", **cells: Any) -> list[Any]:
    """A line of HEAD."""
    more = {"stated": "", "rival": "", "rival_kg": "", "percent": "", "price": "", "unit": "", **cells}
    return [customer, more.pop("product_line", "密封胶"), kg, start, source, *more.values()]


def checked(org: Any, rows: list[list[Any]], user: Any = None, head: list[str] = HEAD) -> ImportBatch:
    actor = user or org.people.sales_rep
    batch = batches.create_batch(actor=actor, resource_key="demands", file_name="x.xlsx", content=xlsx(rows, head))
    return batches.start_check(batch=batch, actor=actor, at_once=True)


def imported(org: Any, rows: list[list[Any]], user: Any = None) -> tuple[ImportBatch, dict[str, int]]:
    actor = user or org.people.sales_rep
    batch = checked(org, rows, actor)
    done = batches.start_commit(batch=batch, actor=actor, on_duplicate="skip", at_once=True)
    return done, {name: count for name, count in done.counts["result"].items() if count}


def problems(batch: ImportBatch) -> list[list[tuple[str, str]]]:
    return [[(error["key"], error["code"]) for error in row.errors] for row in rows_of(batch)]


def test_a_messy_sheet_becomes_statements_with_their_parts(org: Any, rivals: list[Competitor]) -> None:
    customer = make_customer(org, name="宁波远景密封材料有限公司")
    other = make_customer(org)
    older = make_demand(org, customer=customer, starts_on=dt.date(YEAR.year - 1, 1, 1))
    ship(org, customer, 2000)
    rows = [
        line(
            "宁波远景密封材料（有限公司）",
            "１２０吨",
            f"{YEAR.year}年1月1日",
            rival="D 牌",
            rival_kg="30",
            price="36.5元",
            unit="千克",
        ),
        line("宁波远景密封材料有限公司", "", rival="E 牌有机硅", percent="25%"),
        line(other.code.lower(), "5,000公斤", f"{YEAR.year}/1/1", "our estimate"),
    ]
    batch, result = imported(org, rows)
    assert result == {"created": 3}, problems(batch)
    demand = CustomerDemand.objects.get(customer=customer, starts_on=YEAR)
    assert (demand.kg_per_year, demand.source, demand.stated_on) == (120_000, "customer", day())
    older.refresh_from_db()
    assert older.ends_on == YEAR - dt.timedelta(days=1)  # as a statement by hand ends the one before it
    first, second = demand.shares.order_by("pk")
    assert (first.competitor, first.kg_per_year, first.price, first.unit.code) == (rivals[0], 30_000, D("36.5"), "KG")
    assert (second.competitor, second.percent, second.kg_per_year) == (rivals[1], 25, None)
    assert CustomerDemand.objects.get(customer=other).kg_per_year == 5000
    assert CustomerFigures.objects.get(customer=customer).share_of_wallet is not None


def test_a_second_time_changes_nothing_and_a_corrected_sheet_what_differs(org: Any, rivals: list[Competitor]) -> None:
    customer = make_customer(org)
    rows = [line(customer.code, 120, rival="D 牌", rival_kg=30), line(customer.code, 120, rival="E 牌", percent="10")]
    assert imported(org, rows)[1] == {"created": 2}
    assert imported(org, rows)[1] == {"unchanged": 2}
    rows[0] = line(customer.code, 150, rival="D 牌", percent="20%")
    rows[1] = line(customer.code, "", rival="E 牌", percent="10")
    assert imported(org, rows)[1] == {"updated": 1, "unchanged": 1}
    demand = CustomerDemand.objects.get()
    share = DemandShare.objects.get(competitor=rivals[0])
    assert (demand.kg_per_year, share.percent, share.kg_per_year) == (150_000, 20, None)


def test_what_does_not_fit_is_told_in_its_cell(org: Any, rivals: list[Competitor]) -> None:
    mine, foreign = make_customer(org), make_customer(org, owner=org.people.stranger)
    for name in ("同名公司一", "同名公司二"):
        make_customer(org, name=name, short_name="同名")
    rows = [
        line(foreign.name, 10),
        line("没有这家公司", 10),
        line("同名", 10),
        line(mine.code, ""),
        line(mine.code, 10, source=""),
        line(mine.code, "很多"),
        line(mine.code, 10, rival="X 牌", rival_kg=1),
        line(mine.code, 10, rival="D 牌"),
        line(mine.code, 10, price=30, unit="KG"),
        line(mine.code, 10, rival="D 牌", rival_kg=1, price=30),
        line(mine.code, 10, rival="D 牌", rival_kg=1, percent=10),
        line(mine.code, 10, start=""),
    ]
    batch = checked(org, rows)
    assert problems(batch) == [
        [("customer", "customer_unknown")],
        [("customer", "customer_unknown")],
        [("customer", "customer_ambiguous")],
        [("kg_per_year", "rule")],
        [("source", "rule")],
        [("kg_per_year", "number")],
        [("competitor", "reference_unknown")],
        [("share_kg", "rule")],
        [("competitor", "rule")],
        [("unit", "rule")],
        [("share_percent", "rule")],
        [("starts_on", "required")],
    ]
    resource = resource_of("demands")
    said = message_of(resource, rows_of(batch)[0].errors[0])
    assert said == "No customer that you may change has this number, credit code or name."
    assert foreign.code not in str([row.errors for row in rows_of(batch)])
    row = correct_cell(batch=batch, actor=org.people.sales_rep, number=rows_of(batch)[3].number, column=2, text="10")
    assert (row.status, row.errors) == ("new", [])
    assert not CustomerDemand.objects.exists()


def test_rejected_lines_are_kept_and_the_others_written(org: Any, rivals: list[Competitor]) -> None:
    customer, other = make_customer(org), make_customer(org)
    ship(org, customer, 9000)
    rows = [
        line(customer.code, 5),  # less than we ship
        line(other.code, 10, rival="D 牌", rival_kg=8),
        line(other.code, 10, rival="E 牌", rival_kg=4),  # with the other more than the demand
        line(other.code, 10, rival="D 牌", rival_kg=8),
    ]
    batch, result = imported(org, rows)
    assert result == {"created": 1, "rejected": 2, "skipped": 1}
    kept = [row for row in rows_of(batch) if row.outcome == "rejected"]
    assert [row.errors[0]["key"] for row in kept] == ["kg_per_year", "kg_per_year"]
    assert "more than the demand" in kept[0].errors[0]["params"]["text"]
    assert not CustomerDemand.objects.filter(customer=customer).exists()
    assert [share.competitor for share in CustomerDemand.objects.get().shares.all()] == [rivals[0]]


def test_without_the_right_to_parts_only_demands_come_in(org: Any, rivals: list[Competitor]) -> None:
    role = org.people.sales_rep.roles.get()
    role.permissions = [name for name in role.permissions if not name.endswith("_demandshare")]
    role.save()
    customer = make_customer(org)
    rows = [line(customer.code, 10), line(customer.code, 10, rival="D 牌", rival_kg=1)]
    batch, result = imported(org, rows)
    assert result == {"created": 1, "rejected": 1}
    assert problems(batch)[1] == [("competitor", "rule")]
    assert not DemandShare.objects.exists()


def test_the_wizard_offers_it_with_a_template_in_both_languages(org: Any, client_of: Any) -> None:
    admin, template = org.people.administrator, reverse("importing:template", args=["demands"])
    client = client_of(admin)
    assert client_of(org.people.sales_rep).get(template).status_code == 403  # may state demands, but not import
    assert client_of(org.people.data_steward).get(template).status_code == 200
    assert client_of(org.people.marketing).get(template).status_code == 404  # may import, but not state demands
    for language, head in (("zh-hans", "产品线"), ("en", "Product line")):
        User.objects.filter(pk=admin.pk).update(language=language)
        page = client.get(reverse("importing:start")).content.decode()
        assert template in page
        answer = client.get(template)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert head in texts(content)


def texts(content: bytes) -> list[str]:
    """The heads of a template."""
    import io

    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [str(cell).rstrip("* ") for row in book.get_sheet_by_index(0).to_python() for cell in row]
