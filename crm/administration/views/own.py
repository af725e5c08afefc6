"""What everybody sets for themselves: who stands in during an absence, and the password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from crm.accounts.domain.sessions import ROW, open_session
from crm.administration.forms import DeputyForm, PasswordForm
from crm.administration.tables import SPACE
from crm.errors import DomainError, NotAllowed
from crm.generic.views.edit import add_error
from crm.models import Deputy
from crm.organisation.domain.deputies import ADMINISTER, appoint_deputy, end_deputy, may_arrange
from crm.organisation.domain.users import change_password

SHOWN = 200


class Deputies(View):
    """The arrangements of today and later that concern the reader (an administrator: all), and the form for a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self.show(DeputyForm(initial={"starts_on": timezone.localdate()}, user=request.user))  # type: ignore[arg-type]

    def post(self, request: HttpRequest) -> HttpResponse:
        """A new arrangement; without the right to choose for whom it is the reader's own."""
        form = DeputyForm(request.POST, user=request.user)  # type: ignore[arg-type]
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            appoint_deputy(actor=request.user, **{"person": request.user, **form.cleaned_data})  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        messages.success(request, _("The deputy was appointed."))
        return HttpResponseRedirect(reverse(f"{SPACE}:deputies"))

    def show(self, form: DeputyForm, status: int = 200) -> HttpResponse:
        """The page."""
        user: Any = self.request.user
        today = timezone.localdate()
        rows = Deputy.objects.visible_to(user).filter(ends_on__gte=today).select_related("person", "deputy")
        if not user.has_perm(ADMINISTER):
            rows = rows.filter(person=user) | rows.filter(deputy=user)
        arrangements = [
            {"row": row, "running": row.starts_on <= today, "may_end": may_arrange(row.person, user)}
            for row in rows.order_by("starts_on", "pk")[:SHOWN]
        ]
        context = {"form": form, "arrangements": arrangements, "crumbs": [(_("Absence and deputies"), None)]}
        return render(self.request, "organisation/deputies.html", context, status=status)


class EndDeputy(View):
    """Ends an arrangement."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it; told why not for an arrangement that others set."""
        row = Deputy.objects.visible_to(request.user).select_related("person").filter(pk=pk).first()
        if row is None:
            raise Http404
        try:
            end_deputy(arrangement=row, actor=request.user)  # type: ignore[arg-type]
        except NotAllowed as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("The arrangement has ended."))
        return HttpResponseRedirect(reverse(f"{SPACE}:deputies"))


class Password(View):
    """The reader's own password. Whoever signed in with a temporary one gets here first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self.show(PasswordForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Change it. This session stays, all others of the user end."""
        form = PasswordForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        user: Any = request.user
        try:
            change_password(
                user=user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                session=request.session.get(ROW),
            )
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        update_session_auth_hash(request, user)
        open_session(request=request, user=user)  # under its new key
        messages.success(request, _("The password was changed."))
        return HttpResponseRedirect(reverse("home"))

    def show(self, form: PasswordForm, status: int = 200) -> HttpResponse:
        """The page."""
        must: bool = self.request.user.must_change_password  # type: ignore[union-attr]
        title = _("Change the password")
        why = ""
        if must:
            why = _("You signed in with a temporary password, or yours has grown old: choose one that only you know.")
        text = why or _("All your other sessions end.")
        cancel = "" if must else reverse("home")
        context = {
            "form": form, "title": title, "text": text, "button": title, "cancel_url": cancel, "rules": rules(),
            "crumbs": [(title, None)],
        }  # fmt: skip
        return render(self.request, "organisation/ask.html", context, status=status)


def rules() -> list[str]:
    """What a password must be, in words."""
    counts = {"length": settings.PASSWORD_MIN_LENGTH, "history": settings.PASSWORD_HISTORY}
    return [
        _("At least %(length)d characters.") % counts,
        _("No common password, and not only digits."),
        _("Not like your name, user name, e-mail or phone."),
        _("None of your last %(history)d passwords.") % counts,
    ]


password = sensitive_post_parameters()(Password.as_view())
