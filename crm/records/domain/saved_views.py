"""Keep views of lists. Only its owner changes a view; the one a list opens with is each reader's own choice."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError, NotAllowed
from crm.organisation.models import Team, TeamMembership
from crm.records.models import ListSetting, SavedView
from crm.records.models.saved_view import Audience

NOT_KEPT = (
    "page",
    "after",
    "before",
    "view",
    "part",
    "in",
)  # of a list's query string: where one is, not what one looks at
LONGEST_QUERY = 4000


def kept_query(query: str) -> str:
    """What a view keeps of a list's query string. Raises DomainError when that is too long."""
    params = QueryDict(query, mutable=True)
    for name in NOT_KEPT:
        params.pop(name, None)
    text = params.urlencode()
    if len(text) > LONGEST_QUERY:
        raise DomainError(_("This view has too many filters to be saved."))
    return text


@transaction.atomic
def create_view(*, actor: Any, list_key: str, name: str, query: str, audience: str, default: bool = False) -> SavedView:
    """A new view; `default`: the actor's list opens with it from now on."""
    view = create_record(
        SavedView(
            list_key=list_key,
            name=name.strip(),
            query=kept_query(query),
            audience=audience,
            owner=actor,
            team=_team_for(actor, audience),
        )
    )
    if default:
        set_default(actor=actor, view=view, on=True)
    return view


def update_view(*, instance: SavedView, expected_version: int, actor: Any, name: str, audience: str) -> SavedView:
    """Rename and share. Raises NotAllowed for somebody else's view."""
    _must_own(instance, actor)
    instance.name, instance.audience, instance.team = name.strip(), audience, _team_for(actor, audience)
    return save_record(instance, expected_version=expected_version, fields=["name", "audience", "team"])


def update_query(*, instance: SavedView, expected_version: int, actor: Any, query: str) -> SavedView:
    """Let the view be what the list shows now."""
    _must_own(instance, actor)
    instance.query = kept_query(query)
    return save_record(instance, expected_version=expected_version, fields=["query"])


def delete_view(*, instance: SavedView, actor: Any) -> None:
    """Delete it for all who found it; lists that opened with it open as they are."""
    _must_own(instance, actor)
    instance.delete()


def set_default(*, actor: Any, view: SavedView, on: bool) -> None:
    """Let the actor's list open with the view, or no longer."""
    if on:
        ListSetting.objects.update_or_create(user=actor, list_key=view.list_key, defaults={"default_view": view})
    else:
        ListSetting.objects.filter(user=actor, list_key=view.list_key, default_view=view).update(default_view=None)


def _must_own(view: SavedView, actor: Any) -> None:
    if view.owner_id != actor.pk:
        raise NotAllowed(_("Only its owner may change this view. Save a view of your own instead."))


def _team_for(actor: Any, audience: str) -> Team | None:
    """The actor's team of today, for a view that is for a team."""
    if audience != Audience.TEAM:
        return None
    today = timezone.localdate()
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    membership = TeamMembership.objects.filter(running, user=actor, starts_on__lte=today).select_related("team").first()
    if membership is None:
        raise DomainError(_("You are in no team that the view could be shared with."), field="audience")
    return membership.team
