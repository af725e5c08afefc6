"""What no change of the organisation may do: leave nobody to administer it, or let somebody rise above themselves."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.organisation.models import Role, User

ADMINISTRATION = ["crm.change_role", "crm.change_user"]


def lock_roles() -> None:
    """Changes that decide who administers go one after another. Needs a transaction."""
    list(Role.objects.order_by("pk").select_for_update().values_list("pk", flat=True))


def refuse_without_administrator() -> None:
    """Raise DomainError when nobody active is left who may change users and roles. Called at the end, under `lock_roles`."""
    administers = Q(roles__permissions__contains=ADMINISTRATION) | Q(is_superuser=True)
    if not User.objects.filter(administers, is_active=True).exists():
        raise DomainError(_("Nobody would be left to administer users and roles: give somebody else that role first."))


def refuse_rise_over(actor: User, user: User) -> None:
    """Raise NotAllowed for a change of somebody who can do more than the actor: whoever has the account could do it too."""
    if user.is_superuser and not actor.is_superuser:
        raise NotAllowed(
            _("%(name)s can do more than you may do yourself: ask another administrator.") % {"name": user.label}
        )
    refuse_rise(actor, user.roles.all())


def refuse_rise(actor: User, roles: Iterable[Role]) -> None:
    """Raise NotAllowed when the roles can do more than the actor, unless the actor may change roles anyway."""
    if actor.has_perm("crm.change_role"):
        return
    if any(not actor.has_perm(name) for role in roles for name in role.permissions):
        raise NotAllowed(_("These roles can do more than you may do yourself: ask an administrator."))
