"""Comments: who sees them, whom they mention and tell, how they are changed and shown."""

import pytest
from django.urls import reverse

from crm.errors import DomainError, NotAllowed
from crm.models import Comment, Notification, User
from crm.records.domain.comments import add_comment, delete_comment, edit_comment, mentioned_in
from crm.records.domain.marks import set_follow
from crm.records.text import rich_text
from tests.factories.records import make_customer

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


def url(record, name="comments", *more):
    return reverse(f"dossier:{name}", args=["customers.customer", record.pk, *more])


def told(person, kind=None):
    rows = Notification.objects.filter(recipient=person).order_by("pk")
    return list((rows.filter(kind=kind) if kind else rows).values_list("kind", flat=True))


def add(org, customer, text, actor=None):
    return add_comment(actor=actor or org.people.sales_rep, record=customer, text=text)


def test_markup_is_escaped_links_and_lines_are_kept():
    text = rich_text("<img src=x onerror=alert(1)>\nsee https://a.example/?x=1&y=2 @王<b>", ["王<b>"])
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;<br>see" in text
    assert '<a href="https://a.example/?x=1&amp;y=2" rel="nofollow">' in text
    assert "<b>@王&lt;b&gt;</b>" in text
    assert "javascript:" not in rich_text("javascript:alert(1)", []) or "<a" not in rich_text("javascript:alert(1)", [])


def test_the_longest_name_is_meant_and_a_name_of_two_asks_which(org):
    people = org.people
    User.objects.filter(pk=people.sales_rep.pk).update(display_name="林晓")
    User.objects.filter(pk=people.colleague.pk).update(display_name="林晓雯")
    assert [p.pk for p in mentioned_in("请 @林晓雯看一下")] == [people.colleague.pk]
    assert {p.pk for p in mentioned_in("@林晓 和 @林晓雯")} == {people.sales_rep.pk, people.colleague.pk}
    assert mentioned_in("a@b.example and @nobody at all") == []
    User.objects.filter(pk=people.sales_rep.pk).update(display_name="林晓雯")
    with pytest.raises(DomainError, match="Several colleagues"):
        mentioned_in("@林晓雯")
    assert [p.pk for p in mentioned_in(f"@林晓雯({people.sales_rep.username})")] == [people.sales_rep.pk]
    User.objects.filter(pk=people.colleague.pk).update(is_active=False)
    assert [p.pk for p in mentioned_in("@林晓雯")] == [people.sales_rep.pk]


@pytest.mark.django_db(transaction=True)
def test_owner_followers_and_mentioned_are_told_once_each_and_nobody_who_does_not_see_it(org):
    people = org.people
    customer = make_customer(org)
    set_follow(actor=people.sales_manager, record=customer, on=True)
    set_follow(actor=people.stranger, record=customer, on=True)
    comment, unseen = add(org, customer, f"@{people.sales_manager} @{people.stranger} please", actor=people.bu_head)
    assert unseen == [people.stranger]
    assert told(people.sales_rep) == ["comment.added"]
    assert told(people.sales_manager) == ["comment.mention"]
    assert told(people.stranger) == told(people.bu_head) == []
    row = Notification.objects.get(recipient=people.sales_rep)
    assert row.url == f"/customers/{customer.pk}/tab/discussion/"
    assert str(customer) in row.title
    edit_comment(
        instance=comment,
        record=customer,
        expected_version=comment.version,
        actor=people.bu_head,
        text=f"@{people.sales_manager} @{people.sales_rep} please",
    )
    assert told(people.sales_rep) == ["comment.added", "comment.mention"]  # newly mentioned
    assert told(people.sales_manager) == ["comment.mention"]  # not told of the same again


def test_only_the_author_changes_and_deletes_and_the_trail_keeps_it(org):
    customer = make_customer(org)
    comment, _unseen = add(org, customer, "first")
    change = {"instance": comment, "record": customer, "expected_version": 1, "text": "second"}
    with pytest.raises(NotAllowed):
        edit_comment(actor=org.people.sales_manager, **change)
    with pytest.raises(NotAllowed):
        delete_comment(instance=comment, actor=org.people.sales_manager)
    edit_comment(actor=org.people.sales_rep, **change)
    delete_comment(instance=comment, actor=org.people.sales_rep)
    texts = Comment.pgh_event_model.objects.filter(pgh_obj_id=comment.pk).order_by("pgh_id")
    assert list(texts.values_list("text", flat=True)) == ["first", "second", "second"]
    assert not Comment.objects.present().exists()


def test_nothing_is_no_comment(org):
    with pytest.raises(DomainError):
        add(org, make_customer(org), "  \n ")


def test_posting_gives_the_line_and_an_empty_form_and_says_who_was_not_told(org, client_of):
    customer = make_customer(org)
    client = client_of(org.people.sales_rep)
    page = client.post(url(customer), {"text": f"hello <b> @{org.people.stranger}"}, headers=HTMX).content.decode()
    assert "hello &lt;b&gt;" in page
    assert 'id="comment-form"' in page
    assert 'hx-swap-oob="true"' in page
    assert f"not within their reach: {org.people.stranger}" in page
    tab = client.get(f"/customers/{customer.pk}/tab/discussion/").content.decode()
    assert "hello &lt;b&gt;" in tab
    assert client.post(url(customer), {"text": "plain"}).status_code == 302  # without scripts


def test_a_bad_comment_keeps_what_was_typed(org, client_of):
    customer = make_customer(org)
    User.objects.filter(pk__in=[org.people.colleague.pk, org.people.stranger.pk]).update(display_name="同名")
    response = client_of(org.people.sales_rep).post(url(customer), {"text": "@同名 long text"}, headers=HTMX)
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#comment-form"
    assert "@同名 long text</textarea>" in response.content.decode()
    too_long = client_of(org.people.sales_rep).post(url(customer), {"text": "x" * 4001}, headers=HTMX)
    assert too_long.status_code == 422
    assert not Comment.objects.exists()


def test_a_stale_edit_shows_what_is_stored_and_keeps_what_was_typed(org, client_of):
    customer = make_customer(org)
    comment, _unseen = add(org, customer, "first")
    client = client_of(org.people.sales_rep)
    address = url(customer, "comment", comment.pk)
    assert 'name="version" value="1"' in client.get(address, headers=HTMX).content.decode()
    assert client.post(address, {"text": "second", "version": "1"}, headers=HTMX).status_code == 200
    stale = client.post(address, {"text": "third", "version": "1"}, headers=HTMX)
    assert stale.status_code == 422
    page = stale.content.decode()
    assert "third</textarea>" in page
    assert "Stored meanwhile: second" in page
    assert 'name="version" value="2"' in page
    assert client.post(address, {"text": "third", "version": "2"}, headers=HTMX).status_code == 200
    comment.refresh_from_db()
    assert comment.text == "third"
    assert comment.edited_at is not None


def test_others_get_no_form_and_a_comment_of_another_record_is_not_there(org, client_of):
    customer, other = make_customer(org), make_customer(org)
    comment, _unseen = add(org, customer, "mine")
    manager = client_of(org.people.sales_manager)
    assert manager.get(url(customer, "comment", comment.pk)).status_code == 404
    rep = client_of(org.people.sales_rep)
    assert rep.get(url(other, "comment", comment.pk)).status_code == 404
    assert rep.post(url(customer, "comment_delete", comment.pk), headers=HTMX).content == b""
    assert rep.post(url(customer, "comment_delete", comment.pk), headers=HTMX).status_code == 404


def test_older_comments_come_page_by_page_in_constant_queries(org, client_of, django_assert_num_queries):
    customer = make_customer(org)
    for number in range(65):
        add(org, customer, f"number {number}.")
    client = client_of(org.people.sales_rep)
    page = client.get(f"/customers/{customer.pk}/tab/discussion/").content.decode()
    assert "number 64." in page
    assert "number 34." not in page
    first_shown = Comment.objects.get(text="number 35.")
    older = client.get(url(customer), {"before": first_shown.pk}, headers=HTMX).content.decode()
    assert "number 34." in older
    assert "number 4." not in older
    assert "comments-older" in older


def test_mention_offers_only_who_sees_the_record(org, client_of):
    people = org.people
    customer = make_customer(org)
    client = client_of(people.sales_rep)
    names = {person["name"] for person in client.get(url(customer, "people")).json()}
    assert str(people.stranger) not in names
    assert str(people.sales_rep) not in names  # nobody mentions oneself
    add(org, customer, "seen", actor=people.finance)
    assert client.get(url(customer, "people")).json()[0]["name"] == str(people.finance)
    found = client.get(url(customer, "people"), {"q": str(people.sales_manager)[:2]}).json()
    assert str(people.sales_manager) in {person["insert"] for person in found}
    assert client.get(url(customer, "people"), {"q": str(people.stranger)}).json() == []
