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
from integrations.models import ErpConnection
from integrations.sap import edmx
from integrations.sap.client import ODataClient
from integrations.sap.mapping import ENTITY_SETS, EntitySet


class Access(NamedTuple):
    """Address and account. `name` is empty when they come from the environment."""

    base_url: str
    username: str
    password: str
    name: str = ""


class Finding(NamedTuple):
    """What the test of a connection found for one service."""

    entity_set: EntitySet
    works: bool
    message: str


def active_connection() -> ErpConnection | None:
    """The connection that an administrator has switched on."""
    return ErpConnection.objects.filter(is_active=True).order_by("pk").first()


def access() -> Access:
    """Where the ERP is: the active connection, else ERP_URL, ERP_USER and ERP_PASSWORD. Raises ExternalError for neither."""
    row = active_connection()
    if row is not None:
        return Access(row.base_url, row.username, decrypted(row.password_encrypted), row.name)
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


def open_client(**options: Any) -> ODataClient:
    """A client for the ERP that is connected; `options` as of ODataClient. Raises ExternalError when there is none."""
    found = access()
    return ODataClient(base_url=found.base_url, username=found.username, password=found.password, **options)


def save_connection(
    *, connection: ErpConnection, password: str, actor: Any, expected_version: int | None = None
) -> ErpConnection:
    """Create or change the connection; an empty password keeps the stored one, as long as it goes to the same place.

    Raises DomainError, StaleVersion. `actor` is the administrator, whom the trail names.
    """
    stored = ErpConnection.objects.filter(pk=connection.pk).first() if connection.pk else None
    if password:
        connection.password_encrypted = encrypted(password)
    elif (
        stored is not None
        and stored.password_encrypted
        and (stored.base_url, stored.username) != (connection.base_url, connection.username)
    ):
        raise DomainError(_("Enter the password again: address or user name has changed."), field="password")
    fields = ["name", "base_url", "username", "password_encrypted", "is_active"]
    with transaction.atomic():
        if connection.is_active:
            ErpConnection.objects.filter(is_active=True).exclude(pk=connection.pk).update(is_active=False)
        if stored is None:
            return create_record(connection)
        return save_record(connection, expected_version=expected_version, fields=fields)


def check_connection(client: ODataClient) -> list[Finding]:
    """Ask each service for its description and compare it with what we read; one finding per entity set."""
    return [_check(client, entity_set) for entity_set in ENTITY_SETS.values()]


def _check(client: ODataClient, entity_set: EntitySet) -> Finding:
    try:
        found = edmx.parse(client.metadata(entity_set.service))
    except DomainError as error:
        return Finding(entity_set, works=False, message=str(error.message))
    except ValueError as error:
        return Finding(
            entity_set, works=False, message=_("The service's description cannot be read: %(error)s") % {"error": error}
        )
    missing = missing_properties(entity_set, found)
    if missing:
        return Finding(
            entity_set, works=False, message=_("The service lacks: %(names)s") % {"names": ", ".join(missing)}
        )
    return Finding(entity_set, works=True, message=_("ready"))


def missing_properties(entity_set: EntitySet, found: dict[str, edmx.EntitySetType]) -> list[str]:
    """Which of the properties that we read the service does not have."""
    missing = []
    name: str = entity_set.name
    wanted = [(entity_set.to_items, entity_set.items), (entity_set.to_schedule, entity_set.schedule)]
    selected = [*entity_set.key, *entity_set.header.select, *entity_set.window.properties]
    missing += _lacking(found, name, selected)
    for navigation, fields in wanted:
        if fields is None:
            continue
        target = found[name].navigations.get(navigation, "") if name in found else ""
        missing += _lacking(found, target or navigation, list(fields.select))
        name = target
    return missing


def _lacking(found: dict[str, edmx.EntitySetType], name: str, properties: list[str]) -> list[str]:
    if name not in found:
        return [name]
    return [f"{name}.{item}" for item in dict.fromkeys(properties) if item not in found[name].properties]


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
