"""Tell people that the safety of their account was changed."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts.models.sign_in import Kind
from crm.organisation.models import User
from crm.workflow.domain.notifications import notify

TOLD = {
    Kind.PASSWORD_CHANGED: gettext_lazy("Your password was changed"),
    Kind.PASSWORD_RESET: gettext_lazy("An administrator has reset your password"),
    Kind.FACTOR_ON: gettext_lazy("A second factor was set up for your account"),
    Kind.FACTOR_OFF: gettext_lazy("The second factor of your account was removed"),
    Kind.CODES_RENEWED: gettext_lazy("Your recovery codes were made anew"),
}


def tell(*, user_id: int, what: str, actor_id: int | None) -> None:
    """Tell the person, also of what was done in the person's own name: it may have been somebody else."""
    notify(
        recipients=[User.objects.get(pk=user_id)],
        kind="account",
        title=TOLD[Kind(what)],
        text=lambda: _("If this was not you, tell your administrator at once."),
        url=reverse("security:own"),
        actor=User.objects.filter(pk=actor_id).first() if actor_id else None,
    )
