"""Users and roles."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.confirmation import ConfirmFirst
from crm.administration.filters import RoleFilter, UserFilter
from crm.administration.forms import LeaveForm, MoveForm, RoleForm, UserForm
from crm.administration.tables import SPACE, RoleTable, UserTable, state_badge, user_url
from crm.errors import DomainError
from crm.formats import num
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, EditView, add_error
from crm.models import Role, User
from crm.organisation.catalogue import ACTION_LABELS
from crm.organisation.domain.memberships import move_people
from crm.organisation.domain.roles import create_role, update_role
from crm.organisation.domain.users import (
    create_user,
    deactivate_user,
    owned_by,
    reactivate_user,
    reset_password,
    update_user,
)

CHANGE_USER = "crm.change_user"


def password_page(request: HttpRequest, user: User, password: str, title: Any) -> HttpResponse:
    """Shows a temporary password: in this answer only, which no cache keeps."""
    crumbs = [(gettext("Users"), reverse(f"{SPACE}:user_list")), (str(user), user_url(user)), (title, None)]
    context = {"user_made": user, "password": password, "title": title, "crumbs": crumbs, "nav": "settings"}
    response = render(request, "organisation/password_shown.html", context)
    add_never_cache_headers(response)
    return response


class UserCreateView(CreateView, ConfirmFirst):
    """A new user: the answer shows the temporary password."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Create, then show the password."""
        form = self.form(data=request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            user, password = create_user(actor=request.user, **form.values())  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        return password_page(request, user, password, gettext("%(name)s was created.") % {"name": user})


class UserEditView(EditView, ConfirmFirst):
    """A user, with the roles."""


class RoleCreateView(CreateView, ConfirmFirst):
    """A new role, with the table of rights."""

    template: ClassVar[str] = "organisation/role_form.html"

    def context(self, **more: Any) -> dict[str, Any]:
        """With the heads of the table's columns."""
        return super().context(actions=list(ACTION_LABELS.values()), **more)


class RoleEditView(RoleCreateView, EditView, ConfirmFirst):
    """A role, with the table of rights."""

    action: ClassVar[str] = "change"


class UserStep(EntityView, ConfirmFirst):
    """Base of what is done to a user."""

    action = "change"

    def ask(
        self, user: User, form: Any, title: Any, text: Any, button: Any, status: int = 200, **more: Any
    ) -> HttpResponse:
        """The page that asks."""
        crumbs = [self.context()["list_crumb"], (str(user), user_url(user)), (title, None)]
        context = self.context(
            form=form, title=title, text=text, button=button, cancel_url=user_url(user), crumbs=crumbs, **more
        )
        return render(self.request, "organisation/ask.html", context, status=status)


class PasswordReset(UserStep):
    """A new temporary password."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set it and show it."""
        user = self.record()
        try:
            password = reset_password(user=user, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
            return HttpResponseRedirect(user_url(user))
        return password_page(request, user, password, gettext("The password of %(name)s was reset.") % {"name": user})


class Deactivate(UserStep):
    """Lists what somebody owns, and hands it over as access ends."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What there is to hand over."""
        return self.show(self.record(), LeaveForm(user=request.user))  # type: ignore[arg-type]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        user = self.record()
        form = LeaveForm(request.POST, user=request.user)  # type: ignore[arg-type]
        if not form.is_valid():
            return self.show(user, form, status=422)
        try:
            moved = deactivate_user(user=user, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(user, form, status=422)
        text = gettext("%(name)s was deactivated; %(count)d records were handed over.")
        messages.success(request, text % {"name": user, "count": sum(moved.values())})
        return HttpResponseRedirect(user_url(user))

    def show(self, user: User, form: LeaveForm, status: int = 200) -> HttpResponse:
        """The page."""
        owned = owned_by(user)
        if not owned:
            form.fields.pop("successor", None)
        title = gettext("Deactivate %(name)s") % {"name": user}
        text = gettext(
            "Access ends at once. Team, deputies and shared records end today; documents and past figures stay as they are."
        )
        return self.ask(user, form, title, text, gettext("Deactivate"), status=status, owned=owned)


class Reactivate(UserStep):
    """Lets somebody come back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it and show the temporary password."""
        user = self.record()
        try:
            password = reactivate_user(user=user, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
            return HttpResponseRedirect(user_url(user))
        return password_page(request, user, password, gettext("%(name)s is active again.") % {"name": user})


def _move(rows: Any, *, actor: User, **values: Any) -> int:
    return move_people(people=list(rows), actor=actor, **values)


def _step(name: str) -> Any:
    return lambda record: reverse(f"{SPACE}:user_{name}", args=[record.pk])


user_entity = Entity(
    model=User,
    table=UserTable,
    filterset=UserFilter,
    form=UserForm,
    create=create_user,
    update=update_user,
    dossier=False,
    nav="settings",
    icon="user",
    namespace=SPACE,
    subtitle=_("Who signs in, in which team, with which roles"),
    views={"create": UserCreateView, "edit": UserEditView},
    presets=(
        Preset("active", _("Active"), "is_active=true"),
        Preset("left", _("Deactivated"), "is_active=false"),
        Preset("all", _("All")),
    ),
    bulk_actions=(
        BulkAction(
            key="move",
            label=_("Move to a team"),
            icon="users-group",
            permission=CHANGE_USER,
            apply=_move,
            form=MoveForm,
            done=_("%(count)d people were moved."),
        ),
    ),
    page=RecordPage(
        code=lambda record: record.username,
        avatar=str,
        badges=lambda record: [state_badge(record)],
        meta=lambda record: [
            ("briefcase", record.title),
            ("building", record.business_unit.label if record.business_unit else ""),
            ("at", record.email),
            ("phone", record.phone),
        ],
        actions=(
            Action(
                _("Reset the password"),
                _step("password"),
                "key",
                CHANGE_USER,
                post=True,
                when=lambda user: user.is_active,
            ),
            Action(_("Deactivate"), _step("deactivate"), "lock", CHANGE_USER, when=lambda user: user.is_active),
            Action(
                _("Reactivate"),
                _step("reactivate"),
                "refresh",
                CHANGE_USER,
                post=True,
                when=lambda user: not user.is_active,
            ),
        ),
        select=("business_unit",),
        attributes=("username", "title", "email", "phone", "business_unit"),
    ),
)
role_entity = Entity(
    model=Role,
    table=RoleTable,
    filterset=RoleFilter,
    form=RoleForm,
    create=create_role,
    update=update_role,
    dossier=False,
    nav="settings",
    icon="shield-check",
    namespace=SPACE,
    subtitle=_("What people may do, and whose records they see"),
    views={"create": RoleCreateView, "edit": RoleEditView},
    page=RecordPage(
        code=lambda record: record.code,
        meta=lambda record: [("eye", record.get_data_scope_display())],
        attributes=(
            "name",
            "name_en",
            "data_scope",
            (_("rows per export"), lambda role: _("no limit") if role.export_limit is None else num(role.export_limit)),
            (_("looks at masked data per day"), lambda role: num(role.reveal_limit)),
            (_("second factor required"), lambda role: _("yes") if role.require_second_factor else _("no")),
        ),
    ),
)
