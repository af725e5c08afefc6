"""manage.py kpi: one JSON object on stdout, messages on stderr."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from analytics.catalogue import CATALOGUE
from analytics.management.commands.kpi import Command
from crm.models import User


def run(*args: str) -> Any:
    out = io.StringIO()
    call_command("kpi", *args, stdout=out)
    return json.loads(out.getvalue())


def test_show_prints_numerator_denominator_and_value(funnel: Any) -> None:
    answer = run("show", "83", "--period", "2026-Q4")
    assert (answer["numerator"], answer["denominator"], answer["value"]) == ("2", "5", "40")
    assert (answer["from"], answer["to"]) == ("2026-10-01", "2026-12-31")
    assert answer["name"] == "准时交货率"


def test_show_by_a_dimension_lists_its_members(funnel: Any) -> None:
    members = run("show", "54", "--period", "ytd", "--by", "business_unit")["members"]
    assert [(member["code"], member["value"]) for member in members] == [("AGR", "1000"), ("SIL", "660.50")]
    shares = run("show", "31", "--period", "2026-10", "--by", "team")["members"]
    assert {member["code"]: (member["numerator"], member["denominator"], member["value"]) for member in shares} == {
        "T11": ("1", "2", "50"),
        "T1": ("0", "1", "0"),
    }


def test_show_as_a_person_sees_it(funnel: Any) -> None:
    assert run("show", "54", "--period", "ytd")["value"] == "1660.50"
    assert run("show", "54", "--period", "ytd", "--user", "sales_rep")["value"] == "460.50"


def test_show_of_a_ranking_gives_both_shares(funnel: Any) -> None:
    answer = run("show", "64", "--period", "2026-10", "--by", "customer")
    assert answer["shares"] == {"CR10": "100", "CR20": "100"}
    assert [member["label"] for member in answer["members"]] == [str(funnel.x), str(funnel.a), str(funnel.b)]


@pytest.fixture
def shell(monkeypatch: Any, capsys: Any) -> Any:
    """Runs the command as a shell does: (exit code, stdout, stderr)."""
    monkeypatch.setattr(connections, "close_all", lambda: None)  # a process ends with it, a test's transaction must not

    def run_it(*args: str) -> tuple[int, str, str]:
        code: Any = 0
        try:
            Command().run_from_argv(["manage.py", "kpi", *args])
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return run_it


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("show", "999", "--period", "ytd"), "999"),
        (("show", "sixty-one", "--period", "ytd"), "sixty-one"),
        (("show", "61"), "--period"),
        (("show", "61", "--period", "2026-13"), "2026-Q3"),
        (("show", "61", "--period", ""), "2026-Q3"),
        (("show", "68", "--period", "2026", "--by", "product"), "business_unit"),
        (("show", "68", "--period", "2026", "--by", "colour"), "colour"),
        (("show", "61", "--period", "2026", "--user", "who"), "who"),
        (("list", "--xml"), "--xml"),
        (("draw",), "draw"),
        ((), "action"),
    ],
)
def test_bad_input_ends_with_a_message_on_stderr_and_code_2(
    args: tuple[str, ...], message: str, org: Any, shell: Any
) -> None:
    code, out, err = shell(*args)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_somebody_who_left_has_no_figures(org: Any, shell: Any) -> None:
    User.objects.filter(username="sales_rep").update(is_active=False)
    assert shell("show", "54", "--period", "ytd", "--user", "sales_rep")[0] == 2


def test_each_action_prints_one_json_object_and_nothing_else(funnel: Any, shell: Any) -> None:
    for args in (
        ("list",),
        ("show", "70", "--period", "2026-11"),
        ("show", "64", "--period", "2026"),
        ("recompute", "--full"),
    ):
        code, out, _err = shell(*args)
        assert code == 0
        assert isinstance(json.loads(out), dict), args
    numbers = [row["no"] for row in json.loads(shell("list")[1])["indicators"]]
    assert numbers == sorted(CATALOGUE)


def test_a_ratio_of_nothing_has_no_value(org: Any, shell: Any) -> None:
    answer = json.loads(shell("show", "83", "--period", "2026-10")[1])
    assert (answer["numerator"], answer["denominator"], answer["value"]) == ("0", "0", None)


def test_recompute_reports_months_and_seconds(funnel: Any) -> None:
    full = run("recompute", "--full")
    assert full["full"] is True
    assert full["facts"]["order_line"] >= 36
    assert full["seconds"] > 0
    again = run("recompute")
    assert set(again["facts"]) <= {
        "receivable",
        "order_due",
        "opportunity_open",
    }  # the running month of what depends on the day


def test_list_matches_the_catalogue_that_the_figures_were_ordered_from() -> None:
    out = io.StringIO()
    call_command("kpi", "list", "--csv", stdout=out)
    rows = {int(row["no"]): row for row in csv.DictReader(io.StringIO(out.getvalue()))}
    assert set(rows) == set(CATALOGUE) >= {1, 6, 31, 33, 53, 54, 55, 61, 64, 68, 69, 70, 72, 83}
    assert rows[61]["formula"] == "已结算实收营业收入金额"
    assert (rows[33]["stage1_attribute"], rows[33]["stage1_type"]) == ("管理监测", "CPI")
    assert (rows[33]["stage2_attribute"], rows[33]["stage2_type"]) == ("运营考核", "KPI")
    assert rows[70]["tiers"] == "战略层、管理层、运营层"
    source = Path(__file__).resolve().parents[3] / "shared" / "kpi" / "catalogue.csv"
    if source.exists():
        with source.open(encoding="utf-8") as file:
            wanted = {int(row["no"]): row for row in csv.DictReader(file)}
        columns = (
            "process",
            "theme",
            "name",
            "unit",
            "formula",
            "tiers",
            "stage1_type",
            "stage2_type",
            "cycle",
            "system",
        )
        for number, row in rows.items():
            for column in columns:
                assert row[column] == wanted[number][column], (number, column)
