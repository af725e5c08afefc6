"""What those who may change users do to the accounts of others: end sessions, unlock, reset the second factor."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from crm.accounts.confirmation import ConfirmFirst
from crm.accounts.domain.locks import unlock
from crm.accounts.domain.sessions import ROW, end_sessions
from crm.accounts.models.session import ADMINISTER
from crm.accounts.models.sign_in import Reason
from crm.errors import DomainError
from crm.models import User
from crm.organisation.domain.users import reset_second_factor


class AccountStep(View):
    """Base: the right, then the person, then back to the person's page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right to change users."""
        if not request.user.has_perm(ADMINISTER):  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, and say what was done or why not."""
        user = User.objects.visible_to(request.user).filter(pk=pk).first()
        if user is None:
            raise Http404
        try:
            messages.success(request, self.step(request, user))
        except DomainError as error:
            messages.error(request, str(error.message))
        return HttpResponseRedirect(reverse("organisation:user_record", args=[pk]))

    def step(self, request: HttpRequest, user: User) -> str:
        """What is done; returns what to say."""
        raise NotImplementedError


class EndAll(AccountStep):
    """Ends all sessions of somebody; of the reader's own all but this."""

    def step(self, request: HttpRequest, user: User) -> str:
        """End them."""
        keep = request.session.get(ROW) if user.pk == request.user.pk else None
        count = end_sessions(user=user, reason=Reason.ADMINISTRATOR, actor=request.user, keep=keep)
        return ngettext("%(n)d session has ended.", "%(n)d sessions have ended.", count) % {"n": count}


class Unlock(AccountStep):
    """Lets somebody try again at once who is locked after wrong passwords or codes."""

    def step(self, request: HttpRequest, user: User) -> str:
        """Unlock."""
        unlock(user=user, actor=request.user)
        return _("%(name)s can sign in again.") % {"name": user}


class ResetFactor(AccountStep, ConfirmFirst):
    """Takes somebody's second factor away."""

    def step(self, request: HttpRequest, user: User) -> str:
        """Reset it."""
        reset_second_factor(user=user, actor=request.user)  # type: ignore[arg-type]
        return _("The second factor of %(name)s was reset; all sessions have ended.") % {"name": user}
