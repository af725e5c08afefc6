"""Is it a customer already? Candidates, what a person is shown of them, the log, and the index behind it."""

import dataclasses
import datetime as dt
import json
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from crm.errors import DomainError
from customers.domain import existence, recognition
from customers.domain.company_names import asked_keys
from customers.domain.contact import add_contact
from customers.domain.customer import create_customer, update_customer
from customers.domain.existence import does_it_exist, forget_lookups
from customers.domain.name_scores import Reason
from customers.domain.recognition import CompanyQuery, Verdict, find_candidates, same_name
from customers.domain.recognition_keys import domain_of, fill_missing_keys, phone_keys
from customers.models import Contact, Customer, CustomerKeys, ExistenceLookup
from tests.factories.records import credit_code, make_contact, make_customer
from tests.importing.sheets import checked, imported, line, rows_of, xlsx


def found(**query: str) -> list[tuple[str, str]]:
    """(name, verdict) of the candidates."""
    return [(one.customer.name, one.verdict.value) for one in find_candidates(CompanyQuery(**query))]


def test_candidates_come_from_everywhere_the_likeliest_first_and_relatives_last(org):
    make_customer(org, name="上海华新化工有限公司", owner=org.people.stranger)
    make_customer(org, name="上海华欣化工有限公司")
    make_customer(org, name="江苏华新化工有限公司")
    make_customer(org, name="上海华新化工有限公司苏州分公司")
    make_customer(org, name="上海新华化工有限公司")
    assert found(name="华新（上海）化工有限责任公司") == [
        ("上海华新化工有限公司", "certain"),
        ("上海华欣化工有限公司", "likely"),
        ("江苏华新化工有限公司", "possible"),
        ("上海华新化工有限公司苏州分公司", "related"),
    ]
    assert found(name="") == found(name="（）") == []


def test_a_credit_code_decides(org):
    there = make_customer(org, name="上海华新化工有限公司", credit_code=credit_code(4711))
    typed = f" {credit_code(4711)[:9].lower()} {credit_code(4711)[9:]}"
    [one] = find_candidates(CompanyQuery(name="全然另一个名字", credit_code=typed))
    assert (one.customer, one.verdict, one.reasons[0]) == (there, Verdict.CERTAIN, Reason.CREDIT_CODE)
    # The same name with another code is not certain, a similar one not even likely.
    [other] = find_candidates(CompanyQuery(name=there.name, credit_code="91440300MA5DQWER10"))
    assert (other.verdict, Reason.OTHER_CREDIT_CODE in other.reasons) == (Verdict.LIKELY, True)
    [similar] = find_candidates(CompanyQuery(name="上海华欣化工", credit_code="91440300MA5DQWER10"))
    assert similar.verdict is Verdict.POSSIBLE
    # One wrong character in the code is a typing error.
    wrong = ("1" if there.credit_code[5] != "1" else "2").join((there.credit_code[:5], there.credit_code[6:]))
    [near] = find_candidates(CompanyQuery(name="上海华欣化工", credit_code=wrong))
    assert near.reasons[0] is Reason.CREDIT_CODE_TYPO


def test_phones_and_domains(org):
    by_phone = make_customer(
        org, name="宁波甬江紧固件有限公司", phone="0574-8765 4321", website="https://www.yongjiang.example/"
    )
    contact = make_contact(org, customer=make_customer(org, name="青岛崂山机械有限公司"))
    Contact.objects.filter(pk=contact.pk).update(
        phone="139 0532 1234", email="li@laoshan.example", search_text="李 13905321234 li@laoshan.example"
    )
    free = make_contact(org, customer=make_customer(org, name="无锡太湖光伏有限公司"))
    Contact.objects.filter(pk=free.pk).update(email="a@qq.com", search_text="a@qq.com")
    assert found(phone="+86 0574 87654321转8") == [(by_phone.name, "likely")]
    assert found(phone="87654321") == [(by_phone.name, "likely")]
    assert found(phone="13905321234") == found(phone="139-0532-1234") == [("青岛崂山机械有限公司", "likely")]
    assert found(phone="1390532123") == found(phone="0574") == []
    assert found(email="x@laoshan.example") == [("青岛崂山机械有限公司", "possible")]
    assert found(email="x@yongjiang.example") == [(by_phone.name, "possible")]
    assert found(email="b@qq.com") == found(email="x@shan.example") == []
    # What several things say together weighs more.
    alone = find_candidates(CompanyQuery(name="崂山"))[0]
    both = find_candidates(CompanyQuery(name="崂山", phone="13905321234", email="x@laoshan.example"))[0]
    assert both.score > alone.score
    assert {Reason.PHONE, Reason.DOMAIN} <= set(both.reasons)


@pytest.mark.parametrize(
    ("address", "domain"),
    [("a@B.example", "b.example"), ("https://www.b.example:80/x?y", "b.example"), ("b.example", "b.example"),
     ("a@163.com", ""), ("VIP@vip.qq.com", ""), ("无", ""), ("", "")],
)  # fmt: skip
def test_domain_of_an_address(address, domain):
    assert domain_of(address) == domain


def test_phone_keys_know_area_codes_and_short_numbers():
    assert phone_keys("021-6543 2100") == {"p:02165432100", "p:65432100"}
    assert phone_keys("8613800001111") == {"p:13800001111"}
    assert phone_keys("12345") == phone_keys("") == set()


def test_the_short_name_and_the_english_name_count(org):
    make_customer(
        org, name="国岢第九建设集团有限公司", short_name="岢九建", name_en="Guoke Ninth Construction Co., Ltd."
    )
    [one] = find_candidates(CompanyQuery(name="岢九建"))
    assert (one.verdict, one.reasons[0]) == (Verdict.LIKELY, Reason.SHORT_NAME)
    assert found(name="GUOKE NINTH CONSTRUCTION") == [("国岢第九建设集团有限公司", "certain")]


def test_keys_follow_every_writer(org):
    actor = org.people.sales_rep
    customer = create_customer(actor=actor, name="苏州锐芯电子有限公司")
    assert found(name="锐芯（苏州）电子") == [(customer.name, "certain")]
    update_customer(
        instance=customer,
        expected_version=customer.version,
        actor=org.people.data_steward,
        name="苏州启恒电子有限公司",
        phone="0512-66668888",
    )
    assert found(name="锐芯（苏州）电子") == []
    assert found(name="启恒（苏州）电子") == [("苏州启恒电子有限公司", "certain")]
    assert found(phone="66668888") == [("苏州启恒电子有限公司", "likely")]
    imported(
        org.people.administrator, xlsx([line(1, name="温州瓯联电气有限公司"), line(2, name="台州台鑫阀门有限公司")])
    )
    assert found(name="瓯联（温州）电气") == [("温州瓯联电气有限公司", "certain")]
    code = Customer.objects.get(name="台州台鑫阀门有限公司").credit_code
    imported(org.people.administrator, xlsx([line(2, name="台州台昕泵业有限公司", code=code)]))
    assert found(name="台州台昕泵业") == [("台州台昕泵业有限公司", "certain")]
    assert CustomerKeys.objects.count() == Customer.objects.count()


def test_what_has_no_keys_yet_gets_them(org):
    kept = make_customer(org, name="上海申博仪表有限公司")
    customer = make_customer(org, name="上海华新化工有限公司", phone="021-65432100")
    before = CustomerKeys.objects.get(pk=customer.pk)
    CustomerKeys.objects.filter(pk=customer.pk).delete()
    CustomerKeys.objects.filter(pk=kept.pk).update(sound="kept")
    assert fill_missing_keys() == 1
    after = CustomerKeys.objects.get(pk=customer.pk)
    assert (after.sound, after.keys) == (before.sound, before.keys)
    assert CustomerKeys.objects.get(pk=kept.pk).sound == "kept"
    assert fill_missing_keys() == 0


def test_the_same_name_is_refused_whatever_the_legal_form_says(org):
    there = make_customer(org, name="上海华新化工有限公司")
    assert same_name("华新(上海)化工有限责任公司") == there
    assert same_name("上海华新化工集团有限公司") is None
    assert same_name("江苏华新化工有限公司") is None
    assert same_name("上海华新化工有限公司苏州分公司") is None
    with pytest.raises(DomainError, match=there.code):
        create_customer(actor=org.people.sales_rep, name="上海 华新化工 股份有限公司")


# ---- what a person is shown


def test_out_of_reach_only_name_place_unit_and_owner_are_shown(org):
    foreign = make_customer(
        org, owner=org.people.stranger, name="上海华新化工有限公司", short_name="机密简称", city="上海", phone="021-65432100",
        address="机密路 1 号", website="www.secret.example", notes="机密备注", credit_limit=987654, annual_demand_kg=123456,
    )  # fmt: skip
    add_contact(
        actor=org.people.stranger,
        customer=foreign,
        name="机密联系人",
        phone="13912345678",
        email="boss@secret.example",
        is_primary=True,
    )
    for query in (
        CompanyQuery(name="上海华新化工"),
        CompanyQuery(phone="13912345678"),
        CompanyQuery(email="x@secret.example"),
    ):
        [known] = does_it_exist(actor=org.people.sales_rep, query=query)
        assert (known.name, known.city, known.owner) == ("上海华新化工有限公司", "上海", org.people.stranger.label)
        assert known.business_unit == org.agro.label
        assert (known.in_reach, known.pk, known.code) == (False, None, "")
        words = json.dumps(dataclasses.asdict(known), ensure_ascii=False, default=str)
        for secret in (
            "机密",
            "65432100",
            "13912345678",
            "secret",
            "987654",
            "123456",
            foreign.code,
            foreign.credit_code,
        ):
            assert secret not in words
    [own] = does_it_exist(actor=org.people.stranger, query=CompanyQuery(name="上海华新化工"))
    assert (own.in_reach, own.pk, own.code, own.certain) == (True, foreign.pk, foreign.code, True)


def test_reasons_speak_the_readers_language(org):
    make_customer(org, name="上海华新化工有限公司")
    with translation.override("zh-hans"):
        [known] = does_it_exist(actor=org.people.sales_rep, query=CompanyQuery(name="上海华欣化工有限公司"))
    assert known.reasons == ("读音相同",)
    [known] = does_it_exist(actor=org.people.sales_rep, query=CompanyQuery(name="上海华欣化工有限公司"))
    assert known.reasons == ("sounds the same",)


def test_each_question_is_logged_with_its_answer_and_without_personal_data(org):
    foreign = make_customer(org, owner=org.people.stranger, name="上海华新化工有限公司", phone="13912345678")
    query = CompanyQuery(name="上海华新", phone="13912345678", email="wang.secret@huaxin.example", place="上海")
    does_it_exist(actor=org.people.sales_rep, query=query)
    does_it_exist(actor=org.people.sales_rep, query=CompanyQuery(name="没有这家"))
    second, first = ExistenceLookup.objects.all()
    assert first.actor == org.people.sales_rep
    assert first.asked == {"name": "上海华新", "phone": "139****5678", "domain": "huaxin.example", "place": "上海"}
    assert [(entry["customer"], entry["in_reach"]) for entry in first.answer] == [(foreign.pk, False)]
    assert first.answer[0]["verdict"] == "likely"
    assert (second.asked, second.answer) == ({"name": "没有这家"}, [])


def test_the_log_is_kept_for_a_year(org):
    does_it_exist(actor=org.people.sales_rep, query=CompanyQuery(name="甲"))
    does_it_exist(actor=org.people.sales_rep, query=CompanyQuery(name="乙"))
    old = ExistenceLookup.objects.last()
    ExistenceLookup.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=existence.KEPT_DAYS + 1))
    assert forget_lookups() == 1
    assert [entry.asked for entry in ExistenceLookup.objects.all()] == [{"name": "乙"}]


def test_the_number_of_queries_does_not_grow_with_the_answer(org):
    counts = []
    make_customer(org, name="上海华新化工有限公司")
    does_it_exist(
        actor=org.people.sales_rep, query=CompanyQuery(name="上海华新化工")
    )  # the person's reach is read once
    for more in (0, 5):
        for _ in range(more):
            make_customer(org, name="上海华新化工有限公司")
        with CaptureQueriesContext(connection) as captured:
            assert len(does_it_exist(actor=org.people.sales_rep, query=CompanyQuery(name="上海华新化工"))) == 1 + more
        counts.append(len(captured))
    assert counts[0] == counts[1]


# ---- import


def test_an_import_knows_a_company_by_all_its_spellings(org):
    there = make_customer(org, name="上海华新化工有限公司", credit_code="")
    similar = make_customer(org, name="温州瓯联电气有限公司", credit_code="", payment_terms_days=10)
    rows = [
        line(1, name="华新（上海）化工有限责任公司", code=""),
        line(2, name="温州欧联电气有限公司", code="", days=20),
        line(3, name="江苏华新化工有限公司", code=""),
        line(4, name="上海华新化工有限公司苏州分公司", code=""),
        line(5, name="苏州锐芯电子有限公司", code=""),
        line(6, name="锐芯(苏州)电子股份有限公司", code=""),
    ]
    batch = checked(org.people.administrator, xlsx(rows))
    stored = rows_of(batch)
    assert [(row.status, row.target_id, row.duplicate_of) for row in stored] == [
        ("duplicate", there.pk, None), ("duplicate", None, None), ("new", None, None), ("new", None, None),
        ("new", None, None), ("duplicate", None, 6),
    ]  # fmt: skip
    assert (stored[1].note["code"], stored[1].note["similar"]) == (similar.code, True)
    batch = imported(org.people.administrator, xlsx(rows[1:2]), on_duplicate="update")
    similar.refresh_from_db()
    assert (similar.name, similar.payment_terms_days) == ("温州瓯联电气有限公司", 10)
    assert [error["code"] for error in rows_of(batch)[0].errors] == ["name_similar"]


def test_another_credit_code_makes_another_company_of_a_similar_name(org):
    make_customer(org, name="温州瓯联电气有限公司", credit_code=credit_code(8))
    batch = checked(org.people.administrator, xlsx([line(1, name="温州欧联电气有限公司", code=credit_code(600009))]))
    assert [row.status for row in rows_of(batch)] == ["new"]


# ---- at scale

FILL = """
WITH made AS (
  INSERT INTO customers_customer (extra, code, name, short_name, name_en, credit_code, kind, state, grade, industry, application,
    province, city, address, phone, website, next_step, notes, search_text, group_path, business_unit_id, created_at, updated_at,
    version)
  SELECT '{}', 'P' || lpad(n::text, 7, '0'), '上海' || chr(19968 + n %% 3000) || chr(20000 + n / 40 %% 2500) || '化工有限公司',
    '', '', '', 'direct', 'active', '', '', '', '', '', '', '', '', '', '', '', '', %s, now(), now(), 1
  FROM generate_series(1, 100000) n RETURNING id, code)
INSERT INTO customers_customerkeys (customer_id, sound, keys)
SELECT id, 's' || code, ARRAY['k' || id %% 1600, 'l' || id %% 1500, 'm' || id %% 1700, 'n' || id %% 1800] FROM made
"""


def test_at_100_000_customers_the_indexes_are_used_and_an_answer_is_quick(org):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE customers_customer DISABLE TRIGGER USER")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(FILL, [org.silicones.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    there = make_customer(org, name="上海华新化工有限公司")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_customer, customers_customerkeys")
        keys = [*sorted(asked_keys("华新化工")), "k1", "l2", "m3", "n4"]
        cursor.execute(f"EXPLAIN {recognition.BY_NAME}", {"keys": keys, "limit": recognition.LOOKED_AT})
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(
            "EXPLAIN SELECT customer_id FROM customers_customerkeys WHERE sound = ANY(%s)", [["a", "b", "sP0000007"]]
        )
        by_sound = "\n".join(row[0] for row in cursor.fetchall())
    assert "customer_keys" in plan
    assert "Seq Scan" not in plan
    assert "customer_sound" in by_sound
    find_candidates(CompanyQuery(name="上海华欣化工"))
    started = time.process_time()  # ours alone: the machine may be busy
    [one] = find_candidates(
        CompanyQuery(name="上海华欣化工", phone="13900001111", credit_code=credit_code(1), email="a@b.example")
    )
    assert time.process_time() - started < 0.3
    assert one.customer == there
