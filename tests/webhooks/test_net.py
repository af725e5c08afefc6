"""Where messages are not sent: into our own network, by whatever name, redirect or trick."""

import socket
from typing import Any

import pytest

from crm.errors import DomainError
from integrations.models import Webhook
from integrations.webhooks import net
from tests.factories.organisation import Organisation
from tests.webhooks.conftest import Other, make_webhook, send_due


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "64:ff9b::a00:8",
        "64:ff9b::a9fe:a9fe",
        "::",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "100.100.100.200",
    ],
)
def test_no_address_of_our_own(address: str) -> None:
    assert not net.is_open(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "114.114.114.114"])
def test_addresses_of_the_internet(address: str) -> None:
    assert net.is_open(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://user:secret@8.8.8.8/",
        "https://8.8.8.8/#part",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "https:///nothing",
        "https://8.8.8.8:99999/",
        "https://no-such-name.invalid/",
        "gopher",
    ],
)
def test_what_is_no_target(url: str) -> None:
    with pytest.raises(DomainError):
        net.target_of(url)


def test_one_wrong_address_among_several_is_enough(monkeypatch: Any) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: rows)
    with pytest.raises(DomainError):
        net.target_of("https://mixed.example.com/")


def test_the_name_is_asked_once_and_the_address_used(other: Other, monkeypatch: Any) -> None:
    """A name that means another address a moment later (rebinding) changes nothing."""
    asked = []
    real = socket.getaddrinfo

    def resolve(host: Any, *args: Any, **more: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if host == "hook.example.com" else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    answered = net.post(f"http://hook.example.com:{other.port}/a?b=c", b"{}", {"Content-Type": "application/json"})
    assert answered.status == 200
    assert asked.count("hook.example.com") == 1
    assert other.came[0][0]["Host"] == f"hook.example.com:{other.port}"


def test_addresses_may_have_other_characters(other: Other, monkeypatch: Any) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **more: real("127.0.0.1", *args, **more))
    assert net.post(f"http://衡谱.example.com:{other.port}/钩子?q=报价 1&r=%20", b"{}", {}).status == 200
    assert other.came[0][0]["Host"].startswith("xn--")


def test_nothing_is_redirected(other: Other) -> None:
    other.answers, other.location = [302], "http://169.254.169.254/latest/meta-data/"
    assert net.post(other.url, b"{}", {}).status == 302
    assert len(other.came) == 1


@pytest.mark.django_db
def test_it_is_checked_when_saved_and_when_sent(org: Organisation, other: Other, settings: Any) -> None:
    from integrations.domain.webhooks import send_test
    from integrations.models import WebhookDelivery

    webhook = make_webhook(org.people.administrator, other.url, "created")
    settings.WEBHOOK_NETWORKS = []
    with pytest.raises(DomainError):
        make_webhook(org.people.administrator, other.url, "created")
    assert Webhook.objects.count() == 1
    send_test(webhook, actor=org.people.administrator)
    assert send_due() == 0
    assert other.came == []
    assert "own network" in WebhookDelivery.objects.get().error
