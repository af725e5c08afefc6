"""The pages of API tokens: the reader's own, and all of them for those who administer them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View

from crm.accounts.confirmation import ConfirmFirst
from crm.errors import DomainError
from crm.formats import day_html, moment_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import Action, RecordPage
from crm.generic.views.edit import add_error
from integrations.api.token_form import TokenForm, kinds
from integrations.api.token_list import ApiTokenFilter, ApiTokenTable, rights_of, state_badge, state_of
from integrations.domain.api_tokens import create_token, revoke_token
from integrations.models import ApiToken
from integrations.models.api import HAVE_ONE, SEE_ALL


class OwnTokens(PermissionRequiredMixin, ConfirmFirst):
    """The reader's tokens, and a new one, which is shown this once."""

    permission_required = HAVE_ONE
    raise_exception = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self.show(TokenForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one."""
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            token, secret = create_token(actor=request.user, request=request, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        return self.show(TokenForm(), made=token, secret=secret)

    def show(self, form: TokenForm, status: int = 200, **more: Any) -> HttpResponse:
        """The page; never kept by a browser, for it may hold a secret."""
        user: Any = self.request.user
        rows = ApiToken.objects.visible_to(user).filter(user=user).order_by("-pk")
        names = dict(kinds())
        tokens = [
            {
                "token": token,
                "badge": state_badge(token),
                "rights": rights_of(token),
                "kinds": [names.get(name, name) for name in token.records],
                "in_force": state_of(token) == "in_force",
            }
            for token in rows
        ]
        context = {
            "form": form,
            "tokens": tokens,
            "sees_all": user.has_perm(SEE_ALL),
            "nav": "settings",
            "crumbs": [(_("API tokens"), None)],
            **more,
        }
        response = render(self.request, "integrations/tokens.html", context, status=status)
        add_never_cache_headers(response)
        return response


class RevokeToken(View):
    """Ends a token: one of the reader's own, or any for those who administer them."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        token = ApiToken.objects.visible_to(request.user).select_related("user").filter(pk=pk).first()
        if token is None:
            raise Http404
        if revoke_token(token=token, actor=request.user, request=request):
            messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
        else:
            messages.info(request, _("The token “%(name)s” was revoked before.") % {"name": token.name})
        own = token.user_id == request.user.pk and request.user.has_perm(HAVE_ONE)
        return HttpResponseRedirect(reverse("integrations:tokens") if own else token_entity.record_url(token))


def _kinds(token: ApiToken) -> str:
    names = dict(kinds())
    return escape(", ".join(names.get(name, name) for name in token.records)) or escape(_("all"))


token_entity = Entity(
    model=ApiToken,
    table=ApiTokenTable,
    filterset=ApiTokenFilter,
    dossier=False,
    nav="settings",
    icon="key",
    subtitle=gettext_lazy("By which programs act as people, and what they may do"),
    empty_text=gettext_lazy("Nobody has made a token yet."),
    presets=(
        Preset("in_force", pgettext_lazy("token", "In force"), "state=in_force"),
        Preset("all", gettext_lazy("All")),
    ),
    page=RecordPage(
        title=str,
        code=lambda token: f"{token.start}…",
        badges=lambda token: [state_badge(token)],
        meta=lambda token: [("user", token.user.label), ("key", rights_of(token))],
        select=("user", "revoked_by"),
        actions=(
            Action(
                label=gettext_lazy("Revoke"),
                url=lambda token: reverse("integrations:token_revoke", args=[token.pk]),
                icon="circle-x",
                permission=SEE_ALL,
                post=True,
                when=lambda token: state_of(token) == "in_force",
            ),
        ),
        attributes=(
            (gettext_lazy("Only for"), _kinds),
            (pgettext_lazy("label of a time", "Created"), lambda token: moment_html(token.created_at)),
            (pgettext_lazy("token", "Valid until"), lambda token: day_html(token.expires_on)),
            (
                gettext_lazy("Last used"),
                lambda token: moment_html(token.last_used_at) if token.last_used_at else "—",
            ),
            (gettext_lazy("Last used from"), lambda token: escape(token.last_used_from or "—")),
            (
                gettext_lazy("Revoked on"),
                lambda token: moment_html(token.revoked_at) if token.revoked_at else "—",
            ),
            (gettext_lazy("Revoked by"), lambda token: escape(token.revoked_by.label) if token.revoked_by else "—"),
        ),
    ),
)
