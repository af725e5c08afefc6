"""The reader's own account: how safe it is, where it is signed in, what happened to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from crm.accounts.domain.second_factor import codes_left, is_wanted
from crm.accounts.domain.sessions import ROW, end_session, end_sessions, running_sessions
from crm.accounts.models.sign_in import Reason
from crm.models import SecondFactor, SignInEvent, UserSession
from crm.security.views.sign_in import ways

SHOWN = 20


class Own(View):
    """The page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Second factor, sessions, the newest entries of the log."""
        user: Any = request.user
        factor = SecondFactor.objects.visible_to(user).filter(user=user).first()
        context = {
            "factor": factor,
            "codes_left": codes_left(user) if factor else 0,
            "wanted": is_wanted(user),
            "sessions": list(running_sessions(user)),
            "current": request.session.get(ROW),
            "events": list(
                SignInEvent.objects.visible_to(user)
                .filter(user=user)
                .select_related("actor")
                .order_by("-at", "-pk")[:SHOWN]
            ),
            "ways": ways(),
            "crumbs": [(_("Sign-in and security"), None)],
        }
        return render(request, "security/own.html", context)


class EndSession(View):
    """Ends a session: one of the reader's own, or for those who may change users that of somebody else."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        row = UserSession.objects.visible_to(request.user).select_related("user").filter(pk=pk).first()
        if row is None:
            raise Http404
        own = row.user_id == request.user.pk
        reason = Reason.SELF if own else Reason.ADMINISTRATOR
        if end_session(row=row, reason=reason, actor=request.user, request=request):
            messages.success(request, _("The session on “%(device)s” has ended.") % {"device": row.device})
        else:
            messages.info(request, _("That session had ended already."))
        url = reverse("security:own") if own else reverse("organisation:user_record", args=[row.user_id])
        return HttpResponseRedirect(url)


class EndOthers(View):
    """Ends all own sessions but this one."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it."""
        count = end_sessions(user=request.user, reason=Reason.SELF, keep=request.session.get(ROW))
        text = ngettext("%(n)d other session has ended.", "%(n)d other sessions have ended.", count) % {"n": count}
        messages.success(request, text)
        return redirect("security:own")
