"""Error pages: what they say, to whom, and that the worst one needs nothing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, override_settings
from django.urls import include, path

from crm.shell.errors import server_error

HTMX = {"HX-Request": "true", "Accept-Language": "en"}


def denied(request):
    raise PermissionDenied


def denied_for_a_reason(request):
    raise PermissionDenied("Only finance may do this.")


def missing(request):
    raise Http404


def broken(request):
    raise RuntimeError("secret detail")


urlpatterns = [
    path("", include("crm.urls")),
    path("denied/", denied),
    path("denied-why/", denied_for_a_reason),
    path("missing/", missing),
    path("broken/", broken),
]
handler400 = "crm.shell.errors.bad_request"
handler403 = "crm.shell.errors.permission_denied"
handler404 = "crm.shell.errors.not_found"
handler500 = "crm.shell.errors.server_error"

pytestmark = pytest.mark.urls(__name__)


def test_someone_signed_in_keeps_the_frame(org, client_of):
    answer = client_of(org.people.nobody).get("/missing/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Not found" in page
    assert 'class="nav-side"' in page


def test_a_visitor_sees_a_page_without_the_frame(client, db):
    answer = client.get("/no-such-page/", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Not found" in page
    assert "nav-side" not in page


def test_a_refusal_gives_its_reason(org, client_of):
    client = client_of(org.people.nobody)
    assert "Your role does not include this page" in client.get("/denied/").content.decode()
    answer = client.get("/denied-why/")
    assert answer.status_code == 403
    assert "Only finance may do this." in answer.content.decode()


def test_htmx_gets_a_fragment(org, client_of):
    answer = client_of(org.people.nobody).get("/missing/", headers=HTMX)
    assert answer.status_code == 404
    assert "<html" not in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("headers", [{"Accept-Language": "en"}, HTMX])
def test_a_crash_is_told_without_detail(org, client_of, headers):
    client = client_of(org.people.nobody)
    client.raise_request_exception = False
    answer = client.get("/broken/", headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "secret detail" not in page
    assert ("<html" in page) is (headers is not HTMX)


def test_the_page_for_a_crash_asks_no_query(rf, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_a_request_for_another_host_is_refused_politely(db):
    answer = Client().get("/login/", headers={"Host": "evil.example", "Accept-Language": "en"})
    assert answer.status_code == 400
    assert "<html" in answer.content.decode()
