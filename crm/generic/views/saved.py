"""Saved views of a list: their tabs, their menu, and what is done with them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from crm.errors import DomainError, NotAllowed
from crm.generic.lists import list_view
from crm.generic.tabs import address_of
from crm.generic.views.listing import ListView
from crm.records.domain import saved_views
from crm.records.models import SavedView
from crm.records.models.saved_view import Audience


class SavedViewForm(forms.Form):
    """The name of a view and who finds it."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=40)
    audience = forms.ChoiceField(label=gettext_lazy("Who finds it"), choices=Audience.choices)


class NewViewForm(SavedViewForm):
    """Asks for a new view's default too."""

    default = forms.BooleanField(label=gettext_lazy("Open this list with it"), required=False)


def list_of(request: HttpRequest, key: str) -> ListView:
    """The list; 404 for none of that key, 403 for one the reader may not open."""
    try:
        view = list_view(key, request.user, "")
    except KeyError as error:
        raise Http404 from error
    if not request.user.has_perm(view.entity.permission("view")):
        raise PermissionDenied
    return view


def _address(view: ListView, saved: SavedView) -> str:
    return view.entity.url("list") + address_of(saved)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    """The form for a new view of a list, as a fragment; and its creation, with what the list shows as `query`."""
    view = list_of(request, key)
    if request.method != "POST":
        form = NewViewForm(auto_id="new_view_%s", initial={"audience": Audience.PRIVATE})
        return render(
            request, "generic/_new_view.html", {"form": form, "key": key, "state": request.GET.get("state", "")}
        )
    form = NewViewForm(request.POST)
    query = request.POST.get("state", "")
    if form.is_valid():
        try:
            saved = saved_views.create_view(actor=request.user, list_key=key, query=query, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("The view “%(name)s” was saved.") % {"name": saved.name})
            return HttpResponseRedirect(_address(view, saved))
    else:
        messages.error(request, _("Give the view a name of up to 40 characters."))
    return HttpResponseRedirect(f"{view.entity.url('list')}?{QueryDict(query).urlencode() or 'view=all'}")


def _saved(request: HttpRequest, pk: int) -> tuple[SavedView, ListView]:
    """The view, when it is the reader's or shared with the reader, and its list."""
    found = SavedView.objects.visible_to(request.user).select_related("owner").filter(pk=pk).first()
    if found is None:
        raise Http404
    view = list_of(request, found.list_key)
    saved = SavedView.objects.visible_to(request.user).of_list(found.list_key, request.user).get(pk=pk)
    return saved, view


@require_http_methods(["GET", "HEAD"])
def menu(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done with a view, as a fragment; `state` is what its list shows now."""
    saved, _view = _saved(request, pk)
    state = request.GET.get("state", "")
    form = SavedViewForm(auto_id="view_%s", initial={"name": saved.name, "audience": saved.audience})
    context = {"saved": saved, "form": form, "state": state, "changed": not same_state(saved.query, state)}
    return render(request, "generic/_view_menu.html", context)


def same_state(one: str, other: str) -> bool:
    """Whether two query strings show the same, in whatever order they say it."""
    return dict(QueryDict(one).lists()) == dict(QueryDict(other).lists())


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the menu offers: save (name and audience), state, default, undefault, delete."""
    saved, view = _saved(request, pk)
    what = DEEDS.get(request.POST.get("do", ""))
    if what is None:
        raise Http404
    gone = False
    try:
        gone = what(request, saved)
    except NotAllowed as error:
        raise PermissionDenied(str(error.message)) from error
    except DomainError as error:
        messages.error(request, str(error.message))
    if gone:
        return HttpResponseRedirect(f"{view.entity.url('list')}?view=all")
    saved.refresh_from_db()
    return HttpResponseRedirect(_address(view, saved))


def _save(request: HttpRequest, saved: SavedView) -> bool:
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        raise DomainError(_("Give the view a name of up to 40 characters."))
    saved_views.update_view(instance=saved, expected_version=_version(request), actor=request.user, **form.cleaned_data)
    messages.success(request, _("The view was saved."))
    return False


def _state(request: HttpRequest, saved: SavedView) -> bool:
    saved_views.update_query(
        instance=saved,
        expected_version=_version(request),
        actor=request.user,
        query=request.POST.get("state", ""),
    )
    messages.success(request, _("The view now shows what the list showed."))
    return False


def _default(request: HttpRequest, saved: SavedView) -> bool:
    saved_views.set_default(actor=request.user, view=saved, on=True)
    messages.success(request, _("The list now opens with “%(name)s”.") % {"name": saved.name})
    return False


def _undefault(request: HttpRequest, saved: SavedView) -> bool:
    saved_views.set_default(actor=request.user, view=saved, on=False)
    messages.success(request, _("The list opens with all rows again."))
    return False


def _delete(request: HttpRequest, saved: SavedView) -> bool:
    saved_views.delete_view(instance=saved, actor=request.user)
    messages.success(request, _("The view “%(name)s” was deleted.") % {"name": saved.name})
    return True


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version_read", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


DEEDS: dict[str, Any] = {
    "save": _save,
    "state": _state,
    "default": _default,
    "undefault": _undefault,
    "delete": _delete,
}
