"""The inbox: what the reader was told."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crm.workflow.domain.inbox import inbox, items, kinds_in
from crm.workflow.domain.notifications import mark_read

PAGE_SIZE = 30
NEWEST = 7
LAST_PAGE = 1000


class Inbox(View):
    """Everything the reader was told, newest first; the unread ones or one kind only when asked for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of it."""
        mine = inbox(request.user)  # type: ignore[arg-type]
        kinds = kinds_in(mine)
        unread, kind = request.GET.get("unread") == "1", request.GET.get("kind", "")
        rows = mine.filter(read_at__isnull=True) if unread else mine
        rows = rows.filter(kind=kind) if kind else rows
        number = request.GET.get("page", "")
        page = min(max(int(number), 1), LAST_PAGE) if number.isdecimal() and len(number) < 6 else 1
        found = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
        context = {
            "items": items(request.user, found[:PAGE_SIZE]),  # type: ignore[arg-type]
            "unread": unread,
            "kind": kind,
            "kinds": kinds,
            "kind_label": dict(kinds).get(kind, ""),
            "page": {
                "number": page,
                "has_previous": page > 1,
                "previous_page_number": page - 1,
                "has_next": len(found) > PAGE_SIZE,
                "next_page_number": page + 1,
            },
            "nav": "inbox",
            "crumbs": [(_("Notifications"), None)],
        }
        return render(request, "workflow/inbox.html", context)


@require_safe
@never_cache
def newest(request: HttpRequest) -> HttpResponse:
    """The newest ones, for the menu under the bell."""
    return render(request, "workflow/_bell_menu.html", newest_context(request))


def newest_context(request: HttpRequest) -> dict[str, Any]:
    """The bell's menu shows these."""
    return {"items": items(request.user, list(inbox(request.user)[:NEWEST]))}  # type: ignore[arg-type]


class Read(View):
    """Mark one (`id`) or all as read. The bell's menu gets itself anew, a page is gone back to."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark and answer."""
        rows, key = inbox(request.user), request.POST.get("id", "")  # type: ignore[arg-type]
        if key:
            rows = rows.filter(pk=int(key)) if key.isdecimal() and len(key) < 18 else rows.none()
        mark_read(rows=rows, actor=request.user)  # type: ignore[arg-type]
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "workflow/_bell_menu.html", {**newest_context(request), "changed": True})
        return HttpResponseRedirect(reverse("workflow:inbox"))


class Open(View):
    """Open one: it is read, and the reader goes to where it leads."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark it read and redirect; back to the inbox when it leads nowhere, or to a record out of reach."""
        row = inbox(request.user).filter(pk=pk).first()  # type: ignore[arg-type]
        if row is None:
            raise Http404
        mark_read(rows=inbox(request.user).filter(pk=pk), actor=request.user)  # type: ignore[arg-type]
        item = items(request.user, [row])[0]  # type: ignore[arg-type]
        if item.hidden:
            messages.info(request, item.text)
        if item.url and url_has_allowed_host_and_scheme(item.url, {request.get_host()}, request.is_secure()):
            return HttpResponseRedirect(item.url)
        return HttpResponseRedirect(reverse("workflow:inbox"))
