"""Check-ins outside the office: fetched, stored in one system of places, put to customers, shown, judged by nobody."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from crm.extension_points import personal_data
from crm.models import Comment, Notification, Role
from crm.personal.domain import retention
from customers.domain.merging.moves import foreign_keys
from customers.domain.pool.activity import latest_contacts
from integrations.models import WecomCheckin
from integrations.wecom.domain.checkins import fetch_checkins, set_customer, to_name
from integrations.wecom.geo import metres_between, to_gcj02, to_wgs84
from integrations.wecom.views.checkins import checkin_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import make_customer
from tests.factories.wecom import make_checkin
from tests.wecom.server import Wecom

DAY = dt.timedelta(days=1)
HERE = (31.230416, 121.473701)  # Shanghai


def told(wecom: Wecom, userid: str, at: dt.datetime, place: tuple[float, float] | None = HERE, **values: Any) -> None:
    """WeCom knows of a check-in at this place, which it tells as GCJ-02 in millionths of a degree."""
    row: dict[str, Any] = {
        "userid": userid,
        "groupname": "",
        "checkin_type": "外出打卡",
        "exception_type": "",
        "checkin_time": int(at.timestamp()),
        "location_title": "某工业园",
        "location_detail": "上海市黄浦区人民大道",
        "notes": "",
        "wifiname": "",
        "wifimac": "",
        "mediaids": [],
        **values,
    }
    if place is not None:
        latitude, longitude = to_gcj02(place)
        row |= {"lat": round(latitude * 1_000_000), "lng": round(longitude * 1_000_000)}
    wecom.checkins.append(row)


@given(st.floats(18.5, 53.0), st.floats(74.0, 134.0))
def test_places_of_chinese_maps_come_back_to_a_decimetre(latitude: float, longitude: float) -> None:
    moved = to_gcj02((latitude, longitude))
    assert metres_between(to_wgs84(moved), (latitude, longitude)) < 0.1
    assert 1 < metres_between(moved, (latitude, longitude)) < 1200


def test_known_places() -> None:
    # Tiananmen, as published in both systems
    assert metres_between(to_gcj02((39.907333, 116.391083)), (39.908737, 116.397326)) < 5
    assert to_gcj02((48.8584, 2.2945)) == (48.8584, 2.2945), "outside China both are the same"
    assert round(metres_between((31.0, 121.0), (31.0, 122.0)) / 1000, 1) == 95.3


class TestCheckins(EntitySuite):
    entity = checkin_entity
    make = staticmethod(make_checkin)

    @staticmethod
    def form_data(org: Any, record: Any) -> dict[str, Any]:
        return {"customer": make_customer(org, owner=org.people.sales_rep).pk}


@pytest.mark.django_db
class TestFetching:
    def test_new_ones_are_stored_once_in_wgs84_with_what_wecom_found_odd(self, org, wecom, switched_on, linked):
        switched_on("check_ins")
        rep = org.people.sales_rep
        linked(rep, "Lin")
        at = timezone.now().replace(microsecond=0) - DAY
        told(wecom, "lin", at, exception_type="地点异常", notes="见采购")
        told(wecom, "stranger-there", at)
        assert (fetch_checkins(), fetch_checkins()) == (1, 0)
        row = WecomCheckin.objects.get()
        assert (row.user, row.team, row.at, row.exception, row.notes) == (rep, org.sub_team, at, "地点异常", "见采购")
        assert metres_between((float(row.latitude), float(row.longitude)), HERE) < 1
        asked = wecom.asked("checkin/getcheckindata")[0]
        assert (asked["opencheckindatatype"], asked["useridlist"]) == (2, ["lin"])

    def test_calls_are_of_at_most_30_days_and_100_people(self, org, wecom, switched_on, linked):
        switched_on("check_ins")
        from crm.models import User
        from integrations.models import WecomAccount

        people = User.objects.bulk_create(User(username=f"p{n}", display_name=f"p{n}") for n in range(101))
        WecomAccount.objects.bulk_create(WecomAccount(user=user, userid=user.username) for user in people)
        fetch_checkins()
        calls = wecom.asked("checkin/getcheckindata")
        assert sorted(len(call["useridlist"]) for call in calls) == [1, 100]
        assert {call["endtime"] - call["starttime"] for call in calls} == {30 * 24 * 3600}
        make_checkin(org, at=timezone.now() - DAY)
        fetch_checkins()
        last = wecom.asked("checkin/getcheckindata")[-1]
        assert abs(last["endtime"] - last["starttime"] - 3 * 24 * 3600) < 60, "the last known one and two days before"

    def test_one_belongs_to_the_customer_that_others_nearby_were_confirmed_for(self, org, wecom, switched_on, linked):
        switched_on("check_ins")
        rep = org.people.sales_rep
        linked(rep, "lin")
        near = make_customer(org, owner=rep)
        place = {"latitude": Decimal(str(HERE[0])), "longitude": Decimal(str(HERE[1]))}
        first = make_checkin(org, rep, at=timezone.now() - 3 * DAY, **place)
        set_customer(instance=first, expected_version=1, actor=rep, customer=near)
        told(wecom, "lin", timezone.now() - DAY, (HERE[0] + 0.002, HERE[1]))
        told(wecom, "lin", timezone.now() - 2 * DAY, (HERE[0] + 0.006, HERE[1]))
        fetch_checkins()
        far, close = WecomCheckin.objects.exclude(pk=first.pk).order_by("at")
        assert (close.customer, close.known) == (near, "place") and 215 < close.distance < 230
        assert (far.customer, far.known) == (None, ""), "667 metres are too far"

    def test_one_belongs_to_the_only_customer_that_its_place_names(self, org, wecom, switched_on, linked):
        switched_on("check_ins")
        rep = org.people.sales_rep
        linked(rep, "lin")
        named = make_customer(org, owner=rep, short_name="依澜新材", name="四川依澜新材料有限公司")
        make_customer(org, owner=org.people.stranger, short_name="某工业园", name="x")
        told(wecom, "lin", timezone.now() - DAY, None, location_title="依澜新材(东门)")
        told(wecom, "lin", timezone.now() - 2 * DAY)
        fetch_checkins()
        other, row = WecomCheckin.objects.order_by("at")
        assert (row.customer, row.known, row.latitude, row.distance) == (named, "name", None, None)
        assert other.customer is None, "the other one is not within reach"
        asked = Notification.objects.get(recipient=rep, kind="wecom.checkins")
        assert asked.text == "某工业园" and asked.url.endswith("?customer=none")

    def test_while_it_is_off_nothing_is_asked(self, org, wecom, switched_on, linked):
        switched_on("messages")
        linked(org.people.sales_rep)
        assert fetch_checkins() == 0 and wecom.calls == []


@pytest.mark.django_db
def test_it_stands_on_the_customers_timeline_for_who_may_see_it(org, client_of):
    rep, customer = org.people.sales_rep, make_customer(org, owner=org.people.sales_rep)
    make_checkin(org, rep, customer=customer, known="person", exception="地点异常", distance=1240)
    url = f"/customers/{customer.pk}/?panel=timeline"
    page = client_of(rep).get(url).content.decode()
    assert "依澜府" in page and "地点异常" in page and "1.2 km from earlier check-ins there" in page
    assert "依澜府" not in client_of(org.people.finance).get(url).content.decode()


@pytest.mark.django_db
def test_a_merge_of_customers_takes_them_along(org):
    winner, loser = (make_customer(org, owner=org.people.sales_rep) for _n in range(2))
    make_checkin(org, customer=loser)
    foreign_keys("wecom_checkins", "x", "integrations.WecomCheckin.customer").move(loser.pk, winner.pk)
    assert WecomCheckin.objects.get().customer == winner


@pytest.mark.django_db
def test_a_rule_of_retention_forgets_where_it_was_and_keeps_that_it_was(org):
    old = make_checkin(org, at=timezone.now() - dt.timedelta(days=900), customer=make_customer(org))
    new = make_checkin(org)
    kind = personal_data.get("integrations.WecomCheckin")
    retention.set_rule(kind=kind, expected_version=0, months=24, is_active=True, actor=org.people.administrator)
    assert retention.apply_rules() == {"integrations.WecomCheckin": 1}
    assert retention.apply_rules() == {"integrations.WecomCheckin": 0}
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.place, old.address, old.latitude, old.longitude) == ("", "", None, None)
    assert old.customer is not None
    assert new.place and new.latitude is not None


@pytest.mark.django_db
class TestNamingTheCustomer:
    """Who made a check-in says where it was and what came of it."""

    def test_the_menu_leads_to_them_while_they_are_fetched(self, org, wecom, switched_on, client_of):
        rep = org.people.sales_rep
        link = 'href="/integrations/wecom/check-ins/"'
        assert link not in client_of(rep).get("/tasks/").content.decode()
        switched_on("check_ins")
        assert link in client_of(rep).get("/tasks/").content.decode()
        assert link not in client_of(org.people.finance).get("/tasks/").content.decode(), "not without the right"

    def test_the_number_is_of_ones_own_without_a_customer(self, org):
        rep = org.people.sales_rep
        assert to_name(rep) is None
        make_checkin(org, rep)
        make_checkin(org, rep, customer=make_customer(org, owner=rep))
        make_checkin(org, org.people.colleague)
        assert to_name(rep) == 1
        assert to_name(org.people.sales_manager) is None, "not those of the team"

    def test_it_is_found_by_person_customer_and_day(self, org, client_of):
        rep, customer = org.people.sales_rep, make_customer(org, owner=org.people.sales_rep)
        old = make_checkin(org, rep, at=timezone.now() - 9 * DAY, customer=customer, place="老厂")
        make_checkin(org, rep, place="新厂")
        make_checkin(org, org.people.colleague, place="他人")
        manager = client_of(org.people.sales_manager)

        def found(query: str) -> set[str]:
            page = manager.get(f"/integrations/wecom/check-ins/?{query}").content.decode()
            return {place for place in ("老厂", "新厂", "他人") if place in page}

        day = timezone.localtime(old.at).date()
        assert found("view=all") == {"老厂", "新厂", "他人"}
        assert found(f"user={rep.pk}") == {"老厂", "新厂"}
        assert found(f"visited={customer.pk}") == {"老厂"}
        assert found(f"at_from={day}&at_until={day}") == {"老厂"}
        assert found("customer=none") == {"新厂", "他人"}

    def test_the_customer_and_a_note_in_one_form(self, org, client_of):
        rep = org.people.sales_rep
        row, customer = make_checkin(org, rep), make_customer(org, owner=rep)
        url = f"/integrations/wecom/check-ins/{row.pk}/"
        assert f'href="{url}edit/"' in client_of(rep).get(url).content.decode()
        data = {"customer": customer.pk, "note": "见采购，下周送样", "version_read": row.version}
        assert client_of(rep).post(f"{url}edit/", data).status_code == 302
        row.refresh_from_db()
        assert (row.customer, row.known) == (customer, "person")
        said = Comment.objects.get()
        assert (said.object_id, said.author) == (customer.pk, rep)
        assert said.text.startswith("见采购，下周送样\n") and "依澜府" in said.text
        timeline = client_of(rep).get(f"/customers/{customer.pk}/?panel=timeline").content.decode()
        assert "依澜府" in timeline and "见采购，下周送样" in timeline
        assert latest_contacts([customer.pk])[customer.pk] == timezone.localdate()

    def test_a_note_needs_a_customer_and_the_right_to_comment(self, org, client_of):
        rep = org.people.sales_rep
        row = make_checkin(org, rep)
        url = f"/integrations/wecom/check-ins/{row.pk}/edit/"
        answer = client_of(rep).post(url, {"customer": "", "note": "x", "version_read": row.version})
        assert answer.status_code == 422 and ">x</textarea>" in answer.content.decode().replace("\n", "")
        for role in Role.objects.all():
            role.permissions = [name for name in role.permissions if name != "crm.add_comment"]
            role.save()
        data = {"customer": make_customer(org, owner=rep).pk, "note": "x", "version_read": row.version}
        assert client_of(rep).post(url, data).status_code == 422
        row.refresh_from_db()
        assert row.customer is None and not Comment.objects.exists(), "all or nothing"

    def test_several_get_their_customer_with_one_note(self, org, client_of):
        rep, customer = org.people.sales_rep, make_customer(org, owner=org.people.sales_rep)
        rows = [make_checkin(org, rep), make_checkin(org, rep)]
        foreign = make_checkin(org, org.people.stranger)
        data = {"ids": [row.pk for row in (*rows, foreign)], "confirmed": "1", "customer": customer.pk, "note": "巡检"}
        assert client_of(rep).post("/integrations/wecom/check-ins/bulk/assign/", data).status_code == 302
        assert set(WecomCheckin.objects.filter(customer=customer)) == set(rows)
        assert Comment.objects.get().text.count("依澜府") == 2

    def test_a_foreign_customer_cannot_be_named(self, org, client_of):
        rep = org.people.sales_rep
        row, foreign = make_checkin(org, rep), make_customer(org, owner=org.people.stranger)
        data = {"customer": foreign.pk, "version_read": row.version}
        assert client_of(rep).post(f"/integrations/wecom/check-ins/{row.pk}/edit/", data).status_code == 422
        row.refresh_from_db()
        assert row.customer is None
