"""Whose WeCom account it is: linked by the import of the organisation or by the person, never by e-mail or mobile."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError
from crm.organisation.domain.guards import refuse_rise_over
from crm.organisation.models import User
from integrations.models import WecomAccount


def account_of(userid: str) -> WecomAccount | None:
    """The link of this WeCom account, with its person, active or not; None when it is nobody's."""
    return WecomAccount.objects.filter(userid__iexact=userid).select_related("user").first()


def link(*, user: User, userid: str, actor: User) -> WecomAccount:
    """Link a WeCom account to a person; the one of before is given up.

    Raises DomainError when it is linked to another person, NotAllowed for somebody who can do more than the actor: whoever has
    the account signs in as that person.
    """
    if actor.pk != user.pk:
        refuse_rise_over(actor, user)
    taken = account_of(userid)
    if taken is not None and taken.user_id == user.pk:
        return taken
    if taken is not None:
        raise DomainError(
            _("The WeCom account %(account)s is linked to %(name)s: unlink it there first.")
            % {"account": userid, "name": taken.user}
        )
    with transaction.atomic():
        WecomAccount.objects.filter(user=user).delete()
        return create_record(WecomAccount(user=user, userid=userid))


def unlink(*, user: User, actor: User) -> bool:
    """Give the link up; False when there is none."""
    with transaction.atomic():
        count, _by_model = WecomAccount.objects.filter(user=user).delete()
    return bool(count)
