"""What each parser takes, and what it says about the rest."""

import pytest
from django.utils import translation

from crm.importing.domain.lookups import Lookups
from crm.importing.messages import message_of
from crm.importing.parsers import CellError
from customers.resources.customer import CustomerResource
from tests.factories.organisation import make_user
from tests.factories.records import credit_code

GOOD = [
    ("name", "　宁波  华新 ", "", "宁波 华新"),
    ("credit_code", credit_code(1).lower(), "", credit_code(1)),
    ("credit_code", credit_code(1)[:9] + " " + credit_code(1)[9:], "", credit_code(1)),
    ("kind", "经销商", "", "distributor"),
    ("kind", "direct", "", "direct"),
    ("grade", "Ｂ", "", "B"),
    ("grade", "A级", "", "A"),
    ("payment_terms", "60", "", "60"),
    ("payment_terms", "月结30天", "", "30"),
    ("payment_terms", "六十天", "", "60"),
    ("payment_terms", "现款现货", "", "0"),
    ("credit_limit", "1,200", "", "1200"),
    ("credit_limit", "１，２００", "", "1200"),
    ("credit_limit", "50万", "", "500000"),
    ("credit_limit", "五十万元", "", "500000"),
    ("credit_limit", "一百二十", "信用额度(万元)", "1200000"),
    ("credit_limit", "￥3,000.50", "", "3000.5"),
    ("credit_limit", "50万", "信用额度（万元）", "500000"),
    ("annual_demand", "120", "年需求(吨)", "120000"),
    ("annual_demand", "120吨", "年需求(kg)", "120000"),
    ("annual_demand", "500 公斤", "", "500"),
    ("annual_demand", "1.5", "年用量", "1.5"),
    ("annual_demand", "10", "年需求（t/年）", "10000"),
    ("contact_phone", "138－0000－0000", "", "138-0000-0000"),
    ("phone", "0574-87001234转801", "", "0574-87001234转801"),
    ("contact_email", "chen @example.com", "", "chen@example.com"),
    ("notes", "一\n二", "", "一\n二"),
]
BAD = [
    ("name", "长" * 201, "201 characters; at most 200 fit.", None),
    ("credit_code", "91320214MA1X7", "13 characters; must be 18.", None),
    ("credit_code", "9133048IMA2B9X5T1Q", "Contains characters that a credit code never has.", None),
    (
        "credit_code",
        credit_code(1)[:-1] + ("1" if credit_code(1)[-1] != "1" else "2"),
        "The last character does not fit the others.",
        None,
    ),
    ("kind", "朋友", "Must be one of: direct, distributor, end user behind a distributor, agent.", None),
    ("grade", "A+", "Must be one of: S, A, B, C, D.", "A"),
    ("grade", "甲", "Must be one of: S, A, B, C, D.", "A"),
    ("grade", "X", "Must be one of: S, A, B, C, D.", None),
    ("payment_terms", "三个月", "Not a number.", "90"),
    ("payment_terms", "2.5", "Must be a whole number.", None),
    ("payment_terms", "5000", "Must be at most 3650.", None),
    ("credit_limit", "很多", "Not a number.", None),
    ("credit_limit", "1,20,0", "Not a number.", None),
    ("credit_limit", "12,5", "Not a number.", None),
    ("credit_limit", "-5", "Must be at least 0.", None),
    ("credit_limit", "100斤", "Unknown unit “斤”.", None),
    ("credit_limit", "9" * 17, "Must be at most 9999999999999999.", None),
    ("contact_phone", "找前台", "Not a phone number.", None),
    ("contact_email", "chen.example.com", "Not an e-mail address.", None),
]


@pytest.mark.parametrize(("key", "text", "header", "value"), GOOD)
def test_what_is_taken(key, text, header, value):
    assert CustomerResource.column(key).parser.parse(text, header, None) == value


@pytest.mark.parametrize(("key", "text", "message", "fix"), BAD)
def test_what_is_not_taken_says_why(key, text, message, fix):
    with pytest.raises(CellError) as raised:
        CustomerResource.column(key).parser.parse(text, "", None)
    error = {"key": key, "code": raised.value.code, "params": raised.value.params}
    with translation.override("en"):
        assert message_of(CustomerResource, error) == message
    assert raised.value.fix == fix


def test_letters_mistaken_for_digits_give_a_suggestion():
    right = credit_code(1)
    wrong = right.replace("0", "O", 1)
    with pytest.raises(CellError) as raised:
        CustomerResource.column("credit_code").parser.parse(wrong, "", None)
    assert raised.value.fix == right


def refuses(text, code, **params):
    with pytest.raises(CellError) as raised:
        CustomerResource.column("owner").parser.parse(text, "", Lookups())
    assert raised.value.code == code
    assert raised.value.params == params
    return raised.value.fix


def test_people_by_name_and_user_name(org):
    parser = CustomerResource.column("owner").parser
    colleague = org.people.colleague
    assert parser.parse("郑凯", "", Lookups()) == parser.parse("Colleague", "", Lookups()) == colleague.pk
    assert parser.parse("郑 凯（华东）", "", Lookups()) == colleague.pk
    assert refuses("郑凯凯", "person_unknown") == "郑凯"
    make_user("zhengkai2", "郑凯", org.silicones, None, "sales_rep")
    refuses("郑凯", "person_ambiguous", count=2, names="colleague, zhengkai2")
    assert parser.parse("zhengkai2", "", Lookups()) != colleague.pk
    colleague.is_active = False
    colleague.save()
    assert parser.parse("郑凯", "", Lookups()) != colleague.pk
    refuses("colleague", "person_inactive")


def test_regions_by_name_and_code(org):
    parser = CustomerResource.column("region").parser
    assert parser.parse("华东", "", Lookups()) == parser.parse("east", "", Lookups()) == org.east.pk
    assert parser.parse("East China", "", Lookups()) == org.east.pk
    with pytest.raises(CellError) as raised:
        parser.parse("华东区", "", Lookups())
    assert (raised.value.code, raised.value.fix) == ("reference_unknown", "华东")
