"""Make and change roles."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.domain.sessions import end_sessions
from crm.accounts.models.sign_in import Reason
from crm.base.saving import create_record, save_record
from crm.base.scopes import DataScope
from crm.errors import DomainError
from crm.organisation.catalogue import known_permissions, owned_kinds
from crm.organisation.domain.guards import lock_roles, refuse_without_administrator
from crm.organisation.models import Role, User


def create_role(*, actor: User, **values: Any) -> Role:
    """A new role. Raises DomainError for a code in use, a right or a kind of record that does not exist."""
    role = Role(**values)
    _check(role)
    with transaction.atomic():
        return create_record(role)


def update_role(*, instance: Role, expected_version: int | None, actor: User, **values: Any) -> Role:
    """Change a role. Rights that this version of the software does not know are kept. When it comes to want a second factor,
    those who have it and have no second factor are signed out, and set one up when they come back.

    Raises StaleVersion, and DomainError as on creation and when nobody would be left to administer.
    """
    unknown = set(instance.permissions) - known_permissions()
    for name, value in values.items():
        setattr(instance, name, value)
    _check(instance)
    instance.permissions = sorted({*instance.permissions, *unknown})
    with transaction.atomic():
        lock_roles()
        required = Role.objects.filter(pk=instance.pk, require_second_factor=True).exists()
        role = save_record(
            instance, expected_version=expected_version, fields=list(dict.fromkeys([*values, "permissions"]))
        )
        refuse_without_administrator()
        if role.require_second_factor and not required:
            for user in role.users.filter(is_active=True, second_factor=None).exclude(pk=actor.pk).order_by("pk"):
                end_sessions(user=user, reason=Reason.FACTOR_REQUIRED, actor=actor)
    return role


def _check(role: Role) -> None:
    wrong = set(role.permissions) - known_permissions()
    if wrong - set(Role.objects.filter(pk=role.pk).values_list("permissions", flat=True).first() or ()):
        raise DomainError(_("A right does not exist: %(names)s") % {"names": ", ".join(sorted(wrong))})
    kinds = {kind.label for kind in owned_kinds()}
    if any(kind not in kinds or scope not in DataScope.ORDER for kind, scope in role.reaches.items()):
        raise DomainError(_("A reach names a kind of record or a reach that does not exist."), field="reaches")
