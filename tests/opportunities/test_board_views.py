"""The board: sums, scope, paging of lanes, the number of queries, and moving cards with what is missing asked for."""

import datetime as dt
import json
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from opportunities.domain.board import board_sums, lane_cards
from opportunities.domain.funnel import Funnel, advance
from opportunities.models import Opportunity
from tests.factories.records import make_customer, make_opportunity
from tests.opportunities.support import SOLUTION, answered, stage

pytestmark = pytest.mark.django_db
BOARD_QUERIES = 14


@pytest.fixture
def client(org, client_of):
    return client_of(org.people.sales_rep)


def board_url():
    return reverse("opportunities:opportunity_board")


def move_url(record):
    return reverse("opportunities:opportunity_move", args=[record.pk])


def on_board(query=""):
    return {"HX-Request": "true", "HX-Current-URL": f"http://testserver{board_url()}{query}"}


def text_of(response):
    return response.content.decode()


def fields_of(page):
    return set(re.findall(r'name="move-(\w+)"', page))


def test_without_the_right_403(org, client_of):
    assert client_of(org.people.nobody).get(board_url()).status_code == 403
    assert client_of(org.people.executive).post(move_url(make_opportunity(org))).status_code == 403


def test_foreign_cards_are_neither_shown_counted_nor_moved(org, client):
    mine = make_opportunity(org, amount_base=Decimal(1000000))
    foreign = make_opportunity(org, owner=org.people.stranger, amount_base=Decimal(7000000))
    page = text_of(client.get(board_url()))
    assert mine.name in page
    assert foreign.name not in page
    assert "1.00<" in page
    assert "7.00<" not in page
    assert "8.00<" not in page
    assert client.get(move_url(foreign)).status_code == 404
    assert client.post(move_url(foreign), {"target": stage("lost").pk}).status_code == 404
    lane = reverse("opportunities:opportunity_lane", args=[stage("requirement").pk])
    assert client.get(lane, {"after": foreign.pk}).status_code == 404


def test_queries_are_the_same_for_one_card_and_five(org, client):
    make_opportunity(org, **answered(org))
    client.get(board_url())
    with CaptureQueriesContext(connection) as one:
        client.get(board_url())
    for code in ("requirement", "solution", "evaluation", "negotiation"):
        make_opportunity(org, stage=code, **answered(org))
    with CaptureQueriesContext(connection) as five:
        client.get(board_url())
    assert len(five) == len(one), "\n".join(query["sql"] for query in five.captured_queries)
    assert len(five) <= BOARD_QUERIES


def test_sums(org):
    today = dt.date(2026, 11, 23)
    make_opportunity(org, amount_base=Decimal(1000), expected_close_on=dt.date(2026, 12, 31))
    make_opportunity(org, amount_base=Decimal(500), expected_close_on=dt.date(2027, 1, 1), stage="negotiation")
    make_opportunity(org, amount_base=Decimal(90), stage="won", closed_on=dt.date(2026, 10, 1))
    make_opportunity(org, amount_base=Decimal(91), stage="won", closed_on=dt.date(2026, 9, 30))
    make_opportunity(org, amount_base=Decimal(92), stage="lost", closed_on=dt.date(2026, 6, 1))
    make_opportunity(org, amount_base=Decimal(93), stage="lost", closed_on=dt.date(2026, 5, 31))
    make_opportunity(org, amount_base=Decimal(94), stage="on_hold")
    sums = board_sums(Opportunity.objects.all(), Funnel().stages, today)
    assert (sums.count, sums.pipeline, sums.weighted) == (2, Decimal(1500), Decimal(500))
    assert sums.expected == Decimal(1000)
    assert sums.win_rate == Decimal(2) / 3
    closed = {found.stage.code: found for found in sums.of("won", "lost", "on_hold")}
    assert (closed["won"].closed_count, closed["won"].closed_amount) == (1, Decimal(90))
    assert (closed["lost"].closed_count, closed["on_hold"].count) == (0, 1)


def test_lanes_are_ordered_by_close_and_show_thirty(org, client):
    customer = make_customer(org)
    days = [dt.date(2026, 12, 1) + dt.timedelta(days=index % 7) for index in range(64)]
    for day in [*days, None]:
        make_opportunity(org, customer=customer, expected_close_on=day)
    wanted = list(Opportunity.objects.order_by("expected_close_on", "pk").values_list("pk", flat=True))
    lane = lane_cards(Opportunity.objects.all())[stage("requirement").pk]
    assert [row.pk for row in lane] == wanted[:31]
    page = text_of(client.get(board_url()))
    assert page.count('class="kc') == 30
    assert "Show 35 more" in page
    seen, url = wanted[:30], reverse("opportunities:opportunity_lane", args=[stage("requirement").pk])
    while len(seen) < 65:
        more = text_of(client.get(url, {"after": seen[-1]}))
        cards = [int(number) for number in re.findall(r'data-card="(\d+)"', more)]
        assert cards
        seen += cards
    assert seen == wanted
    assert "after=" not in more


def test_edges_say_stuck_and_late(org, client):
    today, now = timezone.localdate(), timezone.now()
    fine = make_opportunity(org, expected_close_on=today)
    stuck = make_opportunity(org, stage_since=now - dt.timedelta(days=35))
    slow = make_opportunity(org, stage_since=now - dt.timedelta(days=40))
    past = make_opportunity(org, expected_close_on=today - dt.timedelta(days=1))
    page = text_of(client.get(board_url()))
    classes = {"": fine, " stuck": stuck, " late": slow}
    for edge, record in [*classes.items(), (" late", past)]:
        assert f'<li class="kc{edge}" id="card-{record.pk}"' in page, edge


def test_filters_narrow_cards_and_sums_alike(org, client):
    shown = make_opportunity(org, category="renewal", amount_base=Decimal(2000000))
    hidden = make_opportunity(org, category="share", amount_base=Decimal(3000000))
    page = text_of(client.get(board_url(), {"category": "renewal"}))
    assert shown.name in page
    assert hidden.name not in page
    assert "3.00<" not in page
    assert "5.00<" not in page


def test_a_card_that_lacks_nothing_moves_at_once(org, client):
    record = make_opportunity(org, **answered(org))
    data = {"target": stage("solution").pk, "source": stage("requirement").pk}
    response = client.post(move_url(record), data, headers=on_board())
    assert response.status_code == 200
    record.refresh_from_db()
    assert record.stage.code == "solution"
    events = json.loads(response["HX-Trigger-After-Settle"])
    assert events["opportunity:moved"] == {"id": record.pk, "stage": stage("solution").pk, "shown": True}
    page = text_of(response)
    assert f'id="card-{record.pk}"' in page
    assert 'id="board-figures" hx-swap-oob="true"' in page
    assert page.count("lane-head-") == 4


def test_the_dialog_asks_for_exactly_what_is_missing_then_moves(org, client):
    record = make_opportunity(org, stage="solution", specification={"viscosity": "12000"}, product_line=org.sealant)
    data = {"target": stage("evaluation").pk, "source": stage("solution").pk}
    response = client.post(move_url(record), data, headers=on_board())
    assert response.status_code == 422
    lacking = (SOLUTION["SEAL"] - {"viscosity"}) | {"process"}
    assert fields_of(text_of(response)) == lacking
    answers = {f"move-{name}": f"答 {name}" for name in lacking}
    some = client.post(move_url(record), {**data, **answers, "asked": "1", "move-process": ""}, headers=on_board())
    assert some.status_code == 422
    assert "答 curing" in text_of(some)  # nothing typed is lost
    assert client.post(move_url(record), {**data, **answers, "asked": "1"}, headers=on_board()).status_code == 200
    record.refresh_from_db()
    assert record.stage.code == "evaluation"
    assert record.specification["viscosity"] == "12000"
    assert record.specification["curing"] == "答 curing"
    assert record.process == "答 process"


def test_the_dialog_depends_on_the_product_line(org, client):
    record = make_opportunity(org, stage="solution", product_line=org.liquid)
    page = text_of(client.get(move_url(record), {"target": stage("evaluation").pk}))
    assert fields_of(page) == SOLUTION["LSR"] | {"process"}


def test_back_asks_for_a_reason_only(org, client):
    record = make_opportunity(org, stage="evaluation")
    data = {"target": stage("requirement").pk, "source": stage("evaluation").pk}
    assert fields_of(text_of(client.post(move_url(record), data, headers=on_board()))) == {"reason"}
    assert (
        client.post(move_url(record), {**data, "asked": "1", "move-reason": " "}, headers=on_board()).status_code == 422
    )
    client.post(move_url(record), {**data, "asked": "1", "move-reason": "需求变了"}, headers=on_board())
    assert record.stage_changes.get().reason == "需求变了"


def test_lost_asks_for_reason_and_competitor(org, client):
    record = make_opportunity(org, competitors="D 牌")
    data = {"target": stage("lost").pk, "source": record.stage_id}
    page = text_of(client.post(move_url(record), data, headers=on_board()))
    assert fields_of(page) == {"loss_reason", "lost_to", "lost_price", "reason"}
    assert 'value="D 牌"' in page
    half = client.post(move_url(record), {**data, "asked": "1", "move-loss_reason": "price"}, headers=on_board())
    assert half.status_code == 422
    assert "Needed for this step." in text_of(half)
    whole = {**data, "asked": "1", "move-loss_reason": "price", "move-lost_to": "D 牌"}
    response = client.post(move_url(record), whole, headers=on_board())
    assert json.loads(response["HX-Trigger-After-Settle"])["opportunity:moved"]["shown"] is False
    record.refresh_from_db()
    assert (record.stage.code, record.lost_to) == ("lost", "D 牌")


def test_the_second_who_drags_the_card_is_told_who_was_quicker(org, client):
    record = make_opportunity(org, **answered(org))
    advance(opportunity=record, target=stage("solution"), actor=org.people.sales_manager)
    data = {"target": stage("solution").pk, "source": stage("requirement").pk}
    response = client.post(move_url(record), data, headers=on_board())
    assert response.status_code == 422
    assert "周启明 moved" in text_of(response)
    assert record.stage_changes.count() == 1


def test_a_move_there_is_not_is_refused_with_those_there_are(org, client):
    record = make_opportunity(org)
    response = client.post(move_url(record), {"target": stage("won").pk, "source": record.stage_id}, headers=on_board())
    page = text_of(response)
    assert response.status_code == 422
    assert "won from the last one" in page
    assert f"?target={stage('solution').pk}" in page
    assert f"?target={stage('won').pk}" not in page
    record.refresh_from_db()
    assert record.stage.code == "requirement"


def test_an_answer_that_breaks_a_rule_is_said_in_the_dialog(org, client):
    record = make_opportunity(org, **answered(org, our_volume_kg=None))
    data = {"target": stage("solution").pk, "source": record.stage_id, "asked": "1", "move-our_volume_kg": "999999"}
    response = client.post(move_url(record), data, headers=on_board())
    assert response.status_code == 422
    assert "larger than the customer" in text_of(response)


def test_from_the_record_it_goes_back_there(org, client):
    record = make_opportunity(org, **answered(org))
    data = {"target": stage("solution").pk, "source": record.stage_id}
    url = reverse("opportunities:opportunity_record", args=[record.pk])
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{url}"}
    assert client.post(move_url(record), data, headers=headers)["HX-Redirect"] == url


def test_without_scripts_it_is_a_page(org, client):
    record = make_opportunity(org, **answered(org, need=""))
    data = {"target": stage("solution").pk, "source": record.stage_id}
    page = client.get(move_url(record), data)
    assert "<html" in text_of(page)
    response = client.post(move_url(record), {**data, "asked": "1", "move-need": "低温开裂"})
    assert response.url == reverse("opportunities:opportunity_record", args=[record.pk])
    record.refresh_from_db()
    assert (record.stage.code, record.need) == ("solution", "低温开裂")


def test_readers_see_the_board_without_the_means_to_move(org, client_of):
    record = make_opportunity(org)
    page = text_of(client_of(org.people.executive).get(board_url()))
    assert record.name in page
    assert "data-movable" not in page
    assert move_url(record) not in page
