"""How the ERP is reached: the administrator's connection, or the environment's; its password is kept encrypted."""

import base64
from typing import Any, NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError, ExternalError
from integrations.domain.pacing import Resting, SharedGate, resting
from integrations.enums import SignIn
from integrations.models import ErpConnection
from integrations.models.connection import FAST
from integrations.sap.client import ODataClient
from integrations.sap.contract import compare
from integrations.sap.mapping import ENTITY_SETS, EntitySet


class Access(NamedTuple):
    """Address and account. `name` is empty when they come from the environment."""

    base_url: str
    username: str
    password: str
    name: str = ""
    token_url: str = ""  # of OAuth2; then user name and password are the client's id and secret
    ca_pem: str = ""
    v4: tuple[str, ...] = ()  # services that are asked by OData V4
    per_second: int = FAST


class Finding(NamedTuple):
    """What the test of a connection found for one entity set: whether it can be read, or what is missing, or differs."""

    entity_set: EntitySet
    works: bool
    message: str
    details: tuple[str, ...] = ()


def active_connection() -> ErpConnection | None:
    """The connection that an administrator has switched on."""
    return ErpConnection.objects.filter(is_active=True).order_by("pk").first()


def access() -> Access:
    """Where the ERP is: the active connection, else ERP_URL, ERP_USER and ERP_PASSWORD. Raises ExternalError for neither."""
    row = active_connection()
    if row is not None:
        v4 = ("API_SALES_ORDER_SRV",) if row.orders_by_v4 else ()
        token_url = row.token_url if row.sign_in == SignIn.OAUTH else ""
        return Access(
            row.base_url,
            row.username,
            decrypted(row.password_encrypted),
            row.name,
            token_url,
            row.ca_pem,
            v4,
            row.per_second,
        )
    if settings.ERP_URL:
        return Access(settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD)
    raise ExternalError(
        _("No ERP is connected: enter the connection on the sync page, or set ERP_URL."), permanent=True
    )


def described() -> Access | None:
    """Where the ERP is, for showing: without the password; None when none is connected."""
    row = active_connection()
    if row is not None:
        return Access(row.base_url, row.username, "", row.name)
    return Access(settings.ERP_URL, settings.ERP_USER, "") if settings.ERP_URL else None


def left_alone() -> Resting | None:
    """Whether the ERP is left alone because it did not answer, and until when."""
    found = described()
    return resting(found.base_url) if found else None


def open_client(*, forced: bool = False, **options: Any) -> ODataClient:
    """A client for the ERP that is connected; `options` as of ODataClient. Raises ExternalError when there is none.

    With `forced` it asks even while the ERP is left alone.
    """
    found = access()
    gate = SharedGate(found.base_url, per_second=found.per_second, forced=forced)
    return ODataClient(
        base_url=found.base_url,
        username=found.username,
        password=found.password,
        token_url=found.token_url,
        ca_pem=found.ca_pem,
        v4=found.v4,
        gate=gate,
        **options,
    )


def save_connection(
    *, connection: ErpConnection, password: str, actor: Any, expected_version: int | None = None
) -> ErpConnection:
    """Create or change the connection; an empty password keeps the stored one, as long as it goes to the same place.

    Raises DomainError, StaleVersion. `actor` is the administrator, whom the trail names.
    """
    stored = ErpConnection.objects.filter(pk=connection.pk).first() if connection.pk else None
    if password:
        connection.password_encrypted = encrypted(password)
    elif stored is not None and stored.password_encrypted and _where_to(stored) != _where_to(connection):
        raise DomainError(_("Enter the password again: address, user name or sign-in has changed."), field="password")
    fields = [
        "name",
        "base_url",
        "username",
        "password_encrypted",
        "is_active",
        "sign_in",
        "token_url",
        "ca_pem",
        "orders_by_v4",
        "per_second",
    ]
    with transaction.atomic():
        if connection.is_active:
            ErpConnection.objects.filter(is_active=True).exclude(pk=connection.pk).update(is_active=False)
        if stored is None:
            return create_record(connection)
        return save_record(connection, expected_version=expected_version, fields=fields)


def _where_to(connection: ErpConnection) -> tuple[str, ...]:
    """Where the password goes, and as whose."""
    return connection.base_url, connection.username, connection.sign_in, connection.token_url


def check_connection(client: ODataClient) -> list[Finding]:
    """Ask each service for its description and compare it with what we read; one finding per entity set."""
    return [_check(client, entity_set) for entity_set in ENTITY_SETS.values()]


def _check(client: ODataClient, entity_set: EntitySet) -> Finding:
    try:
        found = client.described(entity_set.service)
    except DomainError as error:
        return Finding(entity_set, works=False, message=str(error.message))
    except ValueError as error:
        return Finding(
            entity_set, works=False, message=_("The service's description cannot be read: %(error)s") % {"error": error}
        )
    report = compare(entity_set, found)
    if report.missing:
        lacks = _("The service lacks: %(names)s") % {"names": ", ".join(report.missing)}
        return Finding(entity_set, works=False, message=lacks, details=tuple(report.different))
    if report.different:
        differs = _("The service describes it differently.")
        return Finding(entity_set, works=False, message=differs, details=tuple(report.different))
    return Finding(entity_set, works=True, message=_("ready"))


def encrypted(password: str) -> str:
    """The password as it is stored; only an installation with the same SECRET_KEY can read it."""
    return _fernet().encrypt(password.encode()).decode()


def decrypted(token: str) -> str:
    """The stored password. Raises ExternalError when SECRET_KEY has changed since it was stored."""
    if not token:
        return ""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise ExternalError(
            _("The stored password cannot be read any more (SECRET_KEY has changed): enter it again."), permanent=True
        ) from error


def _fernet() -> Fernet:
    digest = salted_hmac("integrations.connection", "password", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
