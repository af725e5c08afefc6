"""Business units, and the trees of regions and teams."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.administration.filters import UnitFilter
from crm.administration.forms import ManagerForm, RegionForm, TeamForm, UnitForm
from crm.administration.tables import SPACE, UnitTable
from crm.errors import DomainError
from crm.generic.entity import Entity
from crm.generic.filters import ListFilter
from crm.generic.layout import Action, RecordPage
from crm.generic.tables import Table
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error
from crm.models import BusinessUnit, Region, Team, TeamMembership
from crm.organisation.domain.memberships import appoint_manager
from crm.organisation.domain.tree import (
    create_region,
    create_team,
    create_unit,
    update_region,
    update_team,
    update_unit,
)


class TreeView(EntityView):
    """A whole tree, drawn as one: each node links to its page and to a new one below it."""

    related: Sequence[str] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        may_add = request.user.has_perm(self.entity.permission("add"))
        create_url = self.entity.url("create")
        below: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
        for node in self.rows().select_related(*self.related).order_by("code", "pk"):
            below[node.parent_id].append(
                {
                    "node": node,
                    "url": self.entity.record_url(node),
                    "facts": self.facts(node),
                    "add_url": f"{create_url}?parent={node.pk}" if may_add else "",
                    "below": below[node.pk],
                }
            )
        context = self.context(
            roots=below[None], create_url=create_url if may_add else "", crumbs=[(self.entity.plural, None)]
        )
        return render(request, "organisation/tree.html", context)

    def facts(self, node: Any) -> list[str]:
        """What is said of a node behind its name."""
        return [node.code]


class TeamTreeView(TreeView):
    """The teams with their managers and how many people are in each today."""

    related = ("business_unit", "region", "manager")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Counts the people first."""
        today = timezone.localdate()
        running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        members = TeamMembership.objects.visible_to(request.user).filter(running, starts_on__lte=today)
        self.people: dict[int, int] = defaultdict(int)
        for team_id in members.order_by().values_list("team_id", flat=True):
            self.people[team_id] += 1
        return super().get(request, *args, **kwargs)

    def facts(self, node: Team) -> list[str]:
        """Code, unit, manager, people."""
        manager = gettext("Manager: %(name)s") % {"name": node.manager} if node.manager else ""
        people = gettext("%(count)d people") % {"count": self.people[node.pk]}
        return [fact for fact in (node.code, str(node.business_unit), manager, people) if fact]


class ManagerView(EntityView):
    """Appoints the manager of a team from a day on."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks."""
        team = self.record()
        initial: dict[str, Any] = {"manager": team.manager_id, "starts_on": timezone.localdate()}
        return self.show(team, ManagerForm(initial=initial, user=request.user))  # type: ignore[arg-type]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        team = self.record()
        form = ManagerForm(request.POST, user=request.user)  # type: ignore[arg-type]
        if not form.is_valid():
            return self.show(team, form, status=422)
        try:
            appoint_manager(team=team, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(team, form, status=422)
        messages.success(request, gettext("The manager of %(name)s was set.") % {"name": team})
        return HttpResponseRedirect(self.entity.record_url(team))

    def show(self, team: Team, form: ManagerForm, status: int = 200) -> HttpResponse:
        """The page."""
        url = self.entity.record_url(team)
        title = gettext("Manager of %(name)s") % {"name": team}
        context = self.context(
            form=form,
            title=title,
            text=gettext("Whoever manages the team until then stays recorded with the period."),
            button=gettext("Save"),
            cancel_url=url,
            crumbs=[self.context()["list_crumb"], (str(team), url), (title, None)],
        )
        return render(self.request, "organisation/ask.html", context, status=status)


def _manager_url(record: Team) -> str:
    return reverse(f"{SPACE}:team_manager", args=[record.pk])


def node_meta(record: Any) -> list[tuple[str, Any]]:
    """What a node stands below."""
    return [("sitemap", record.parent.label if record.parent else "")]


unit_entity = Entity(
    model=BusinessUnit,
    table=UnitTable,
    filterset=UnitFilter,
    form=UnitForm,
    create=create_unit,
    update=update_unit,
    nav="settings",
    icon="building",
    namespace=SPACE,
    page=RecordPage(code=lambda record: record.code, attributes=("code", "name", "name_en")),
)
region_entity = Entity(
    model=Region,
    table=Table,
    filterset=ListFilter,
    form=RegionForm,
    create=create_region,
    update=update_region,
    nav="settings",
    icon="map-pin",
    namespace=SPACE,
    subtitle=_("Sales regions; figures add up along the tree"),
    views={"list": TreeView},
    page=RecordPage(
        code=lambda record: record.code,
        meta=node_meta,
        select=("parent",),
        attributes=("code", "name", "name_en", "parent"),
    ),
)
team_entity = Entity(
    model=Team,
    table=Table,
    filterset=ListFilter,
    form=TeamForm,
    create=create_team,
    update=update_team,
    nav="settings",
    icon="users-group",
    namespace=SPACE,
    subtitle=_("Who reports where; a manager sees what the teams below own"),
    views={"list": TeamTreeView},
    page=RecordPage(
        code=lambda record: record.code,
        meta=lambda record: [
            *node_meta(record),
            ("building", record.business_unit.label),
            ("user", record.manager.label if record.manager else ""),
        ],
        actions=(Action(_("Appoint a manager"), _manager_url, "user-check", "crm.change_team"),),
        select=("parent", "business_unit", "region", "manager"),
        attributes=("code", "name", "name_en", "business_unit", "region", "parent", "manager"),
    ),
)
