"""Messages in WeCom, cards with buttons, and what a press does."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm import extension_points
from crm.base.remembered import forget
from crm.extension_points import NotificationKind
from crm.models import ApprovalRequest, Delivery, Notification, NotificationChoice, User
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.delivery import deliver_due
from crm.workflow.domain.notifications import notify
from crm.workflow.domain.preferences import save_preferences
from integrations.models import WecomAccount, WecomCard, WecomSettings
from tests.factories.approvals import ask, named
from tests.factories.records import make_customer
from tests.wecom.server import encrypted, envelope, pressed, signed

pytestmark = pytest.mark.django_db
CALLBACK = "/integrations/wecom/callback/"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = "https://crm.example.com"


@pytest.fixture
def boss(org: Any, linked: Any) -> User:
    """The head of the unit, who reads English."""
    person = org.people.bu_head
    person.language = "en"
    person.save()
    linked(person, "Boss")
    return person


@pytest.fixture
def other(org: Any, linked: Any) -> User:
    """A second person who may decide."""
    person = org.people.executive
    person.language = "en"
    person.save()
    linked(person, "other")
    return person


def tell(*people: User, title: str = "news", **values: Any) -> None:
    notify(recipients=people, kind="task.assigned", title=title, **values)


def press(task: str, userid: str, key: str = "approve", **values: Any) -> Any:
    text = encrypted(pressed(task, userid, key, **values))
    return Client().post(
        f"{CALLBACK}?{'&'.join(f'{k}={v}' for k, v in signed(text).items())}", envelope(text), "text/xml"
    )


def asked_card(django_capture: Any, org: Any, *people: User) -> ApprovalRequest:
    """A request that all of these have to decide, with its cards sent."""
    with django_capture(execute=True):
        request = ask(org, named(people[0]), *(named(person, order=1) for person in people[1:]))
    deliver_due()
    return request


def test_one_message_is_a_card_with_a_link_that_signs_in(org, wecom, switched_on, linked):
    switched_on("messages")
    rep = org.people.sales_rep
    linked(rep)
    mine = make_customer(org, owner=rep)
    tell(rep, title="about <b>mine</b>", text="read this", record=mine)
    assert (deliver_due(), deliver_due()) == (1, 0)
    (sent,) = wecom.sent
    assert (sent["touser"], sent["msgtype"], sent["enable_duplicate_check"]) == (rep.username, "textcard", 1)
    card = sent["textcard"]
    assert (card["title"], card["description"]) == ("about ‹b›mine‹/b›", "read this")
    assert card["url"] == f"https://crm.example.com/integrations/wecom/sign-in/?next=%2Fcustomers%2F{mine.pk}%2F"


def test_several_are_one_text_and_nothing_of_what_is_out_of_reach_is_told(org, wecom, switched_on, linked):
    switched_on("messages")
    rep = org.people.sales_rep
    rep.language = "en"
    rep.save()
    linked(rep)
    tell(rep, title="secret", text="secret text", record=make_customer(org, owner=org.people.stranger))
    tell(rep, title="长" * 80)
    for n in range(14):
        tell(rep, title=f"plain {n}")
    deliver_due()
    (sent,) = wecom.sent
    content = sent["text"]["content"]
    assert len(content.encode()) <= 2048
    assert "secret" not in content and "16 notifications" in content and "plain 1" in content


def test_mail_and_wecom_stand_beside_each_other_and_each_person_chooses(org, wecom, switched_on, linked, settings):
    settings.EMAIL_CONFIGURED = True
    switched_on("messages")
    rep, colleague = org.people.sales_rep, org.people.colleague
    for person in (rep, colleague):
        person.email = f"{person.username}@example.com"
        person.save()
        linked(person)
    usual = {"digest": "now", "daily_at": 8, "quiet_from": None, "quiet_until": None}
    wanted = {("task.assigned", "email"): True, ("task.assigned", "wecom"): True}
    save_preferences(actor=rep, wanted=wanted, **usual)
    assert not NotificationChoice.objects.exists(), "what is usual is not kept"
    save_preferences(actor=rep, wanted={**wanted, ("task.assigned", "wecom"): False}, **usual)
    tell(rep, colleague)
    sent = sorted(Delivery.objects.values_list("notification__recipient__username", "channel"))
    assert sent == [("colleague", "email"), ("colleague", "wecom"), ("sales_rep", "email")]
    quiet = NotificationKind("test.quiet", "Quiet", "work", channels=("in_app",))
    with extension_points.notification_kinds.override(quiet):
        notify(recipients=[colleague], kind="test.quiet", title="x")
    assert Delivery.objects.count() == 3, "a kind that is not mailed is not sent here either"


def test_without_a_link_or_the_switch_nothing_is_queued(org, wecom, switched_on, linked):
    row = switched_on("messages")
    tell(org.people.sales_rep)
    assert not Delivery.objects.exists()
    linked(org.people.sales_rep)
    WecomSettings.objects.filter(pk=row.pk).update(messages=False)
    forget()
    tell(org.people.sales_rep, title="more")
    assert not Delivery.objects.exists()


def test_a_message_that_wecom_refuses_is_tried_again_and_its_reason_kept(org, wecom, switched_on):
    switched_on("messages")
    WecomAccount.objects.create(user=org.people.sales_rep, userid="unknown-there")
    tell(org.people.sales_rep)
    assert deliver_due() == 0
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1) and "81013" in row.error
    wecom.person("unknown-there", "x")
    Delivery.objects.update(due_at=timezone.now())
    assert deliver_due() == 1


def test_a_request_comes_with_buttons_and_a_press_decides_it(
    org, wecom, switched_on, boss, django_capture_on_commit_callbacks
):
    switched_on("messages")
    request = asked_card(django_capture_on_commit_callbacks, org, boss)
    (sent,) = wecom.sent
    card = sent["template_card"]
    assert (card["card_type"], [b["key"] for b in card["button_list"]]) == ("button_interaction", ["approve", "reject"])
    assert card["card_action"]["url"].endswith(f"next=%2Fapprovals%2F{request.pk}%2F")
    assert re.fullmatch(r"[\w@-]{1,128}", card["task_id"]) and request.title[:20] in card["main_title"]["desc"]
    with django_capture_on_commit_callbacks(execute=True):
        assert press(card["task_id"], "boss").status_code == 200  # WeCom does not tell case apart
    request.refresh_from_db()
    assert request.state == "approved"
    assert request.log.filter(kind="approved").get().actor == boss
    (update,) = wecom.updated
    assert (update["response_code"], update["userids"]) == ("press-1", ["Boss"])
    assert update["template_card"]["sub_title_text"] == "You approved it."


@pytest.mark.parametrize("order", [2, 1], ids=["next", "beside"])
def test_whoever_decides_the_next_step_too_is_told_and_gets_its_card(
    org, wecom, switched_on, boss, order, django_capture_on_commit_callbacks
):
    switched_on("messages")
    with django_capture_on_commit_callbacks(execute=True):
        request = ask(org, named(boss), named(boss, order=order))
    deliver_due()
    first = wecom.sent[0]["template_card"]["task_id"]
    with django_capture_on_commit_callbacks(execute=True):
        press(first, "Boss")
    assert wecom.updated[0]["template_card"]["sub_title_text"] == (
        "You approved it. The next step is yours as well: open the request."
    )
    request.refresh_from_db()
    assert request.state == "pending"
    deliver_due()
    (_first, sent) = wecom.sent
    assert sent["template_card"]["task_id"] != first
    assert Notification.objects.filter(recipient=boss, kind="approval.asked", read_at__isnull=True).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        press(sent["template_card"]["task_id"], "Boss", code="press-2")
    request.refresh_from_db()
    assert request.state == "approved" and request.log.filter(kind="approved", actor=boss).count() == 2
    assert wecom.updated[1]["template_card"]["sub_title_text"] == "You approved it."


def test_a_next_step_of_somebody_else_is_told_to_that_one_alone(
    org, wecom, switched_on, boss, other, django_capture_on_commit_callbacks
):
    switched_on("messages")
    with django_capture_on_commit_callbacks(execute=True):
        ask(org, named(boss), named(other, order=2))
    deliver_due()
    with django_capture_on_commit_callbacks(execute=True):
        press(wecom.sent[0]["template_card"]["task_id"], "Boss")
    deliver_due()
    assert wecom.updated[0]["template_card"]["sub_title_text"] == "You approved it."
    assert [row["touser"] for row in wecom.sent] == ["Boss", "other"]


def test_a_rejection_takes_its_reason_from_the_card_and_decides_nothing_without_one(
    org, wecom, switched_on, boss, django_capture_on_commit_callbacks
):
    switched_on("messages")
    request = asked_card(django_capture_on_commit_callbacks, org, boss)
    task = wecom.sent[0]["template_card"]["task_id"]
    with django_capture_on_commit_callbacks(execute=True):
        press(task, "Boss", "reject", why="page")
    request.refresh_from_db()
    assert request.state == "pending"
    assert "open the request to say why" in wecom.updated[0]["template_card"]["sub_title_text"]
    with django_capture_on_commit_callbacks(execute=True):
        press(task, "Boss", "reject", why="terms", code="press-2")
    request.refresh_from_db()
    assert request.state == "rejected"
    assert request.log.get(kind="rejected").reason == "Price or terms are not acceptable"


def test_a_press_that_comes_again_is_told_that_it_was_decided(
    org, wecom, switched_on, boss, django_capture_on_commit_callbacks
):
    switched_on("messages")
    request = asked_card(django_capture_on_commit_callbacks, org, boss)
    task = wecom.sent[0]["template_card"]["task_id"]
    for code, key in (("a", "approve"), ("b", "reject"), ("c", "approve")):
        with django_capture_on_commit_callbacks(execute=True):
            assert press(task, "Boss", key, why="terms", code=code).status_code == 200
    request.refresh_from_db()
    assert request.state == "approved" and request.log.exclude(kind="requested").count() == 1
    assert [row["template_card"]["sub_title_text"] for row in wecom.updated] == [
        "You approved it.",
        "Decided already: approved.",
        "Decided already: approved.",
    ]


def test_of_two_approvers_the_second_is_told_who_was_quicker_and_both_cards_change(
    org, wecom, switched_on, boss, other, django_capture_on_commit_callbacks
):
    switched_on("messages")
    asked_card(django_capture_on_commit_callbacks, org, boss, other)
    tasks = {row["touser"]: row["template_card"]["task_id"] for row in wecom.sent}
    with django_capture_on_commit_callbacks(execute=True):
        press(tasks["Boss"], "Boss", "reject", why="talk")
    assert {row["userids"][0]: row["template_card"]["sub_title_text"] for row in wecom.updated} == {
        "Boss": "You rejected it.",
        "other": "Decided already: rejected.",
    }
    with django_capture_on_commit_callbacks(execute=True):
        press(tasks["other"], "other", code="late")
    assert "was quicker" in wecom.updated[-1]["template_card"]["sub_title_text"]


def test_a_decision_on_the_page_changes_the_card(org, wecom, switched_on, boss, django_capture_on_commit_callbacks):
    switched_on("messages")
    request = asked_card(django_capture_on_commit_callbacks, org, boss)
    with django_capture_on_commit_callbacks(execute=True):
        decide.approve(request=request, actor=boss)
    (update,) = wecom.updated
    assert update["response_code"] == "r1" and update["template_card"]["sub_title_text"] == "Decided already: approved."


def test_rights_count_at_the_press(org, wecom, switched_on, boss, other, django_capture_on_commit_callbacks):
    switched_on("messages")
    request = asked_card(django_capture_on_commit_callbacks, org, boss)
    task = wecom.sent[0]["template_card"]["task_id"]
    press(task, "other")  # a card of somebody else
    WecomAccount.objects.filter(user=boss).update(user=org.people.sales_rep)
    press(task, "Boss")  # the account is another person's now
    WecomAccount.objects.filter(userid="Boss").update(user=boss)
    User.objects.filter(pk=boss.pk).update(is_active=False)
    press(task, "Boss")
    request.refresh_from_db()
    assert request.state == "pending" and WecomCard.objects.get().answer == ""
    User.objects.filter(pk=boss.pk).update(is_active=True)
    request.assignments.update(is_open=False)
    press(task, "Boss")
    assert WecomCard.objects.get().answer == "It is not your turn to decide this request."


def test_without_a_callback_a_card_has_a_link_and_no_buttons(
    org, wecom, switched_on, boss, django_capture_on_commit_callbacks
):
    row = switched_on("messages")
    WecomSettings.objects.filter(pk=row.pk).update(aes_key_encrypted="", callback_token_encrypted="")
    forget()
    request = asked_card(django_capture_on_commit_callbacks, org, boss)
    (sent,) = wecom.sent
    assert sent["msgtype"] == "textcard" and sent["textcard"]["url"].endswith(f"%2Fapprovals%2F{request.pk}%2F")
    assert press("hengpu-1", "Boss").status_code == 404


def test_an_attempt_made_again_sends_the_cards_once(org, wecom, switched_on, boss, django_capture_on_commit_callbacks):
    switched_on("messages")
    tell(boss, title="one more")
    wecom.people, people = [], wecom.people
    wecom.faults["message/send"] = []
    asked_card(django_capture_on_commit_callbacks, org, boss)
    assert wecom.sent == [] and set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    wecom.people = people
    Delivery.objects.update(due_at=timezone.now())
    wecom.faults["message/send"] = [0, 60011]
    deliver_due()
    Delivery.objects.update(due_at=timezone.now())
    deliver_due()
    kinds = [row["msgtype"] for row in wecom.sent]
    assert kinds.count("template_card") <= 1 and kinds.count("textcard") == 1


def sign_in_query(text: str, **values: Any) -> str:
    return "&".join(f"{name}={value}" for name, value in signed(text, **values).items())


def test_wecom_is_answered_the_text_that_only_the_key_opens(org, switched_on):
    switched_on("messages")
    echo = encrypted("1616140317555161061")
    from urllib.parse import urlencode

    answer = Client().get(f"{CALLBACK}?{urlencode({**signed(echo), 'echostr': echo})}")
    assert answer.content == b"1616140317555161061"


@pytest.mark.parametrize("fault", ["signature", "token", "old", "corp", "key", "body", "entities", "plain"])
def test_what_is_not_from_wecom_decides_nothing(
    org, wecom, switched_on, boss, fault, django_capture_on_commit_callbacks
):
    switched_on("messages")
    request = asked_card(django_capture_on_commit_callbacks, org, boss)
    message = pressed(wecom.sent[0]["template_card"]["task_id"], "Boss", "approve")
    if fault == "entities":
        message = f'<!DOCTYPE x [<!ENTITY a "b">]>{message}'
    key = "A" * 43 if fault == "key" else None
    text = encrypted(message, **({"corp": "ww-other"} if fault == "corp" else {}), **({"key": key} if key else {}))
    query = sign_in_query(text)
    if fault == "signature":
        query = query.replace("msg_signature=", "msg_signature=0")
    if fault == "token":
        query = sign_in_query(text, token="another")
    if fault == "old":
        query = sign_in_query(text, at=int(timezone.now().timestamp()) - 601)
    body = {"body": "<xml", "plain": message}.get(fault, envelope(text))
    assert Client().post(f"{CALLBACK}?{query}", body, "text/xml").status_code == 403
    request.refresh_from_db()
    assert request.state == "pending"


def test_a_message_recorded_and_sent_again_decides_once(
    org, wecom, switched_on, boss, django_capture_on_commit_callbacks
):
    switched_on("messages")
    request = asked_card(django_capture_on_commit_callbacks, org, boss)
    text = encrypted(pressed(wecom.sent[0]["template_card"]["task_id"], "Boss", "approve"))
    query = sign_in_query(text)
    for _n in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            assert Client().post(f"{CALLBACK}?{query}", envelope(text), "text/xml").status_code == 200
    request.refresh_from_db()
    assert request.log.filter(kind="approved").count() == 1 and len(wecom.updated) == 1


ENTITY = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "%s">]><xml><Encrypt>&a;</Encrypt></xml>'


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0" encoding="gbk"?><xml><Encrypt>a</Encrypt></xml>',
        b'<?xml version="1.0" encoding="foo"?><xml/>',
        "<xml>恒谱</xml>".encode("gbk"),
        "<xml/>".encode("utf-16-le"),
        b"<xml>\0</xml>",
        b"",
    ],
)
def test_a_stranger_is_refused_whatever_is_sent(switched_on, body):
    switched_on("messages")
    query = sign_in_query("other")
    assert Client().post(f"{CALLBACK}?{query}", body, "text/xml").status_code == 403


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_entities_do_not_hide_in_another_encoding(switched_on, encoding):
    switched_on("messages")
    text = encrypted(pressed("hengpu-1", "Boss", "approve"))
    body = (ENTITY % text).encode(encoding)
    assert Client().post(f"{CALLBACK}?{sign_in_query(text)}", body, "text/xml").status_code == 403
