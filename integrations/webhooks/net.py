"""A POST to an address that somebody typed in: never into our own network, never somewhere else than what was checked.

The name is resolved and all its addresses are looked at; the connection then goes to the address that was looked at, whatever
the name means a moment later. Nothing is redirected, and no more is read than a beginning.
"""

import ipaddress
import socket
import ssl
import time
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError, ExternalError
from crm.languages import lazily

SECONDS = 10.0  # for all of it
READ = 2000  # bytes of the answer
PIECE = 16 * 1024  # bytes sent at a time
PLAIN = "%/:?@!$&'()*+,;=~"  # characters of a path that stay as they were typed
HTTP, HTTPS = "http", "https"
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # stands for an address of IPv4 (RFC 6052), perhaps one of our own


class Target(NamedTuple):
    """Where it goes: the parts of the URL, and the address that its name stands for."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def url(self) -> str:
        """The URL with the address instead of the name."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{host}:{self.port}{self.path}"


class Answered(NamedTuple):
    """What came back."""

    status: int
    text: str
    milliseconds: int


def target_of(url: str) -> Target:
    """The target of a URL. Raises DomainError for one that we do not send to."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise DomainError(_("This is not an address."), field="url") from error
    schemes = (HTTPS, HTTP) if settings.WEBHOOK_ALLOW_HTTP else (HTTPS,)
    if parts.scheme not in schemes or not parts.hostname or parts.username is not None or parts.fragment:
        raise DomainError(_("Enter an address that begins with https://, without a name or password."), field="url")
    port = port or (443 if parts.scheme == HTTPS else 80)
    path = quote(parts.path or "/", safe=PLAIN) + (f"?{quote(parts.query, safe=PLAIN)}" if parts.query else "")
    try:
        host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    except UnicodeError as error:
        raise DomainError(_("This is not an address."), field="url") from error
    return Target(parts.scheme, host, port, path, _resolved(host, port))


def _resolved(host: str, port: int) -> str:
    """The first address of a name. Raises DomainError when there is none, or any of them is one that we do not send to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DomainError(lazily(_("The name %(host)s is not known."), host=host), field="url") from error
    addresses = [str(row[4][0]).partition("%")[0] for row in found]
    if not addresses or not all(is_open(address) for address in addresses):
        raise DomainError(_("Addresses inside our own network are not sent to."), field="url")
    return addresses[0]


def is_open(text: str) -> bool:
    """Whether an address is one of the internet, or in a network that the settings name."""
    address = ipaddress.ip_address(text)
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    address = inner or address
    allowed = [ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS]
    if any(address.version == network.version and address in network for network in allowed):
        return True
    inside = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
    return bool(address.is_global) and not inside


class _Stream(httpcore.NetworkStream):
    """A connection that ends at a time: whoever sends a byte now and then cannot hold it longer."""

    def __init__(self, inner: httpcore.NetworkStream, until: float) -> None:
        self.inner, self.until = inner, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes until then."""
        return self.inner.read(max_bytes, _left(self.until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """In pieces, because the time is counted for each."""
        for start in range(0, len(buffer), PIECE):
            self.inner.write(buffer[start : start + PIECE], _left(self.until))

    def close(self) -> None:
        """End it."""
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same for what is encrypted."""
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, _left(self.until)), self.until)

    def get_extra_info(self, info: str) -> Any:
        """Of the connection below."""
        return self.inner.get_extra_info(info)


class _Network(httpcore.NetworkBackend):
    """Connections that end at a time."""

    def __init__(self, until: float) -> None:
        self.inner, self.until = httpcore.SyncBackend(), until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """As always, but for the time."""
        return _Stream(self.inner.connect_tcp(host, port, _left(self.until), local_address, socket_options), self.until)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.TimeoutException
    return left


def _beginning(response: httpcore.Response) -> bytes:
    """As much of the answer as there is in time: its status has come, and that is what counts."""
    read = b""
    try:
        for part in response.iter_stream():
            read += part
            if len(read) >= READ:
                break
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        return read
    return read


def post(url: str, body: bytes, headers: dict[str, str]) -> Answered:
    """Send it. Raises DomainError for a target we do not send to, ExternalError when there is no answer in time."""
    target = target_of(url)
    default = 443 if target.scheme == HTTPS else 80
    host = target.host if target.port == default else f"{target.host}:{target.port}"
    began = time.monotonic()
    sent: dict[bytes | str, bytes | str] = {"Host": host, "Accept-Encoding": "identity"}
    sent.update(headers)
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_Network(began + SECONDS)
            ) as pool,
            pool.stream(
                "POST",
                target.url,
                content=body,
                headers=sent,
                extensions={"sni_hostname": target.host},
            ) as response,
        ):
            read = _beginning(response)
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, UnicodeError) as error:
        raise ExternalError(lazily(_("No answer: %(error)s"), error=type(error).__name__)) from error
    took = int((time.monotonic() - began) * 1000)
    return Answered(response.status, read[:READ].decode("utf-8", "replace").replace("\x00", ""), took)
