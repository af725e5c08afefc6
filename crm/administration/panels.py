"""Parts of the pages of users, roles and teams."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from crm.administration.forms import ShareForm, matrix
from crm.models import Deputy, Role, SpecialDay, Team, TeamManager, TeamMembership, User, WorkingCalendar
from crm.organisation.catalogue import ACTION_LABELS
from crm.organisation.domain import shares
from crm.organisation.domain.users import owned_by

SHOWN = 50
MOST_DAYS = 200


def user_teams(request: HttpRequest, record: User) -> dict[str, Any]:
    """The teams somebody was in, the newest first."""
    rows = TeamMembership.objects.visible_to(request.user).filter(user=record)
    return {"rows": list(rows.select_related("team").order_by("-starts_on", "-pk")), "today": timezone.localdate()}


def user_deputies(request: HttpRequest, record: User) -> dict[str, Any] | None:
    """Who stands in for somebody, and whom the person stands in for, now or later."""
    today = timezone.localdate()
    rows = Deputy.objects.visible_to(request.user).filter(Q(person=record) | Q(deputy=record), ends_on__gte=today)
    found = list(rows.select_related("person", "deputy").order_by("starts_on", "pk"))
    return {"rows": found} if found else None


def user_owned(request: HttpRequest, record: User) -> dict[str, Any]:
    """How much somebody owns that would have to be handed over."""
    return {"owned": owned_by(record)}


def user_roles(request: HttpRequest, record: User) -> dict[str, Any]:
    """The roles somebody has."""
    return {"roles": list(record.roles.all())}


def role_matrix(request: HttpRequest, record: Role) -> dict[str, Any]:
    """What the role may do: the kinds of record it has any right for."""
    rows = [
        row
        for row in matrix(set(record.permissions), role=record)
        if any(cell and cell["on"] for cell in (*row["cells"], *row["further"]))
    ]
    return {"rows": rows, "actions": ACTION_LABELS.values(), "role": record}


def role_people(request: HttpRequest, record: Role) -> dict[str, Any]:
    """Who has the role."""
    rows = User.objects.visible_to(request.user).filter(roles=record, is_active=True).order_by("display_name", "pk")
    found = list(rows[: SHOWN + 1])
    return {"people": found[:SHOWN], "more": len(found) > SHOWN, "role": record}


def team_members(request: HttpRequest, record: Team) -> dict[str, Any]:
    """Who is in the team now or will be, and who was."""
    today = timezone.localdate()
    rows = TeamMembership.objects.visible_to(request.user).filter(team=record).select_related("user")
    now = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    former = list(rows.exclude(now).order_by("-ends_on", "-pk")[:SHOWN])
    return {"rows": list(rows.filter(now).order_by("user__display_name", "pk")), "former": former, "today": today}


def team_managers(request: HttpRequest, record: Team) -> dict[str, Any]:
    """Who manages the team when."""
    rows = TeamManager.objects.visible_to(request.user).filter(team=record).select_related("user")
    return {"rows": list(rows.order_by("-starts_on", "-pk")), "today": timezone.localdate()}


def collaborators(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """Who else works on the record; nothing for readers who may not choose them when there are none."""
    rows = list(shares.collaborators(record))
    may_share = shares.may_share(record, request.user)
    if not rows and not may_share:
        return None
    form = ShareForm(user=request.user, auto_id="share_%s") if may_share else None  # type: ignore[arg-type]
    label = record._meta.label_lower
    return {"rows": rows, "may_share": may_share, "form": form, "label": label, "pk": record.pk}


def below(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """What stands directly below in the tree."""
    rows = list(type(record).objects.visible_to(request.user).filter(parent=record).order_by("code", "pk"))
    return {"rows": rows, "name": record._meta.model_name} if rows else None


def special_days(request: HttpRequest, record: WorkingCalendar) -> dict[str, Any]:
    """The holidays and make-up working days of this year and later ones."""
    this_year = timezone.localdate().replace(month=1, day=1)
    rows = SpecialDay.objects.visible_to(request.user, of=record).filter(day__gte=this_year).order_by("day", "pk")
    return {
        "rows": list(rows[:MOST_DAYS]),
        "calendar": record,
        "may_change": request.user.has_perm("crm.change_workingcalendar"),
    }
