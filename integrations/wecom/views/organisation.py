"""The proposal of what to take over from WeCom's organisation: fetched, looked at, and taken over by a press."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from crm.accounts.confirmation import ConfirmFirst
from crm.errors import DomainError
from integrations.models import WecomSnapshot
from integrations.wecom.domain.applying import apply_changes
from integrations.wecom.domain.directory import RIGHTS, queue_fetch
from integrations.wecom.domain.proposal import TEAMS, propose
from integrations.wecom.domain.settings import switched_on


class Organisation(PermissionRequiredMixin, ConfirmFirst, View):
    """Shows what differs; a POST takes over what is ticked."""

    permission_required = tuple(RIGHTS)
    raise_exception = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self.show(self.snapshot(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it, and show what is left."""
        snapshot = self.snapshot(request)
        taken = {key: request.POST.get(f"choice.{key}", "") for key in request.POST.getlist("take")}
        if snapshot is None or str(snapshot.pk) != request.POST.get("snapshot"):
            messages.error(request, _("The organisation was fetched again meanwhile: look at what it says now."))
            return redirect("integrations:wecom_organisation")
        try:
            done = apply_changes(snapshot=snapshot, chosen=taken, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("integrations:wecom_organisation")
        text = ngettext("%(n)d change was taken over.", "%(n)d changes were taken over.", done.count)
        messages.success(request, text % {"n": done.count})
        if done.failed:
            return self.show(snapshot, failed=done.failed, status=422)
        return redirect("integrations:wecom_organisation")

    def snapshot(self, request: HttpRequest) -> WecomSnapshot | None:
        """What was fetched last."""
        row: WecomSnapshot | None = WecomSnapshot.objects.visible_to(request.user).order_by("-pk").first()
        return row

    def show(
        self, snapshot: WecomSnapshot | None, failed: list[tuple[str, str]] | None = None, status: int = 200
    ) -> HttpResponse:
        """The page."""
        changes = propose(snapshot)
        context: dict[str, Any] = {
            "snapshot": snapshot,
            "parts": [
                (_("Departments"), [change for change in changes if change.what in TEAMS]),
                (_("People"), [change for change in changes if change.what not in TEAMS and not change.by_hand]),
            ],
            "by_hand": [change for change in changes if change.by_hand],
            "changes": changes,
            "failed": failed or [],
            "switched_on": switched_on("organisation") is not None,
            "nav": "settings",
            "crumbs": [
                (_("Settings"), reverse("settings")),
                (_("WeCom"), reverse("integrations:wecom_settings")),
                (_("Departments and people"), None),
            ],
        }
        return render(self.request, "integrations/wecom/organisation.html", context, status=status)


class Fetch(PermissionRequiredMixin, View):
    """Has the organisation fetched, and shows how far that is."""

    permission_required = tuple(RIGHTS)
    raise_exception = True
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Queue it."""
        try:
            job = queue_fetch(actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("integrations:wecom_organisation")
        return redirect("workflow:job", job.pk)
