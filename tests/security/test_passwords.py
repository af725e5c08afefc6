"""The rules for passwords."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError
from crm.models import Notification, PasswordHash, SignInEvent
from crm.organisation.domain.users import change_password, create_user, reset_password
from tests.factories.organisation import PASSWORD

GOOD = "Kx82-lange-Wege"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Kx82-kurz", "at least 10 characters"),
        ("password1234", "too common"),
        ("839201756384", "entirely numeric"),
        ("sales_rep-26", "too similar"),
        (PASSWORD, "other than the present"),
    ],
)
def test_weak_passwords_are_refused_in_words(org, password, why):
    user = org.people.sales_rep
    with pytest.raises(DomainError, match=why) as caught:
        change_password(user=user, old=PASSWORD, new=password)
    assert caught.value.field == "new"
    assert user.check_password(PASSWORD)


def test_the_last_passwords_are_not_taken_again(org, settings):
    user, old = org.people.sales_rep, PASSWORD
    names = [f"{GOOD}-{n}" for n in range(7)]
    for name in names:
        change_password(user=user, old=old, new=name)
        old = name
    assert PasswordHash.objects.filter(user=user).count() == settings.PASSWORD_HISTORY == 5
    for name in names[2:6]:
        with pytest.raises(DomainError, match="other than your last 5"):
            change_password(user=user, old=old, new=name)
    change_password(user=user, old=old, new=names[1])


def test_the_page_tells_the_rules(org, client_of):
    page = client_of(org.people.sales_rep).get(reverse("organisation:password")).content.decode()
    assert "At least 10 characters" in page
    assert "your last 5 passwords" in page


def test_a_password_that_has_grown_old_is_changed_at_the_next_sign_in(org, settings, sign_in):
    user = org.people.sales_rep
    change_password(user=user, old=PASSWORD, new=GOOD)
    assert sign_in(user, password=GOOD).get("/more/").status_code == 200
    settings.PASSWORD_MAX_AGE_DAYS = 90
    assert sign_in(user, password=GOOD).get("/more/").status_code == 200
    user.password_hashes.update(set_at=timezone.now() - dt.timedelta(days=91))
    client = sign_in(user, password=GOOD)
    assert client.get("/more/").url == reverse("organisation:password")
    new = {"old": GOOD, "new": f"{GOOD}-2", "again": f"{GOOD}-2"}
    assert client.post(reverse("organisation:password"), new).status_code == 302
    assert client.get("/more/").status_code == 200


def test_a_temporary_password_is_not_kept_as_the_own_one(org, sign_in):
    user, password = create_user(actor=org.people.administrator, username="neu", display_name="新")
    client = sign_in(user, password=password)
    answer = client.post(reverse("organisation:password"), {"old": password, "new": password, "again": password})
    assert answer.status_code == 422


def test_guessing_the_present_password_on_the_page_is_slowed_down(org, client_of):
    client = client_of(org.people.sales_rep)
    new = {"new": GOOD, "again": GOOD}
    for _attempt in range(5):
        client.post(reverse("organisation:password"), {"old": "wrong", **new})
    answer = client.post(reverse("organisation:password"), {"old": PASSWORD, **new})
    assert answer.status_code == 422
    assert "Too many wrong passwords" in answer.content.decode()


def test_the_person_is_told_of_a_changed_password(org, django_capture_on_commit_callbacks):
    rep, admin = org.people.sales_rep, org.people.administrator
    with django_capture_on_commit_callbacks(execute=True):
        change_password(user=rep, old=PASSWORD, new=GOOD)
        reset_password(user=rep, actor=admin)
    kinds = list(SignInEvent.objects.filter(user=rep).order_by("pk").values_list("kind", "actor"))
    assert kinds == [("password_changed", None), ("password_reset", admin.pk)]
    told = Notification.objects.filter(recipient=rep, kind="account")
    assert told.count() == 2
    assert told.latest("pk").actor == admin
