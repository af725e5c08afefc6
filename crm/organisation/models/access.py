"""What a person may do and whose rows a person sees: by roles, teams of today, people stood in for, records shared."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from crm.base.prepared import Prepared
from crm.base.scopes import DataScope, Reach
from crm.organisation.models.deputy import Deputy
from crm.organisation.models.role import Role
from crm.organisation.models.share import RecordShare
from crm.organisation.models.structure import Team, TeamMembership


@dataclass(frozen=True)
class Sight:
    """How far one person sees: each role's reach with its exceptions by kind of record, and where the person stands today."""

    user_id: int
    name: str = ""
    business_unit_id: int | None = None
    roles: tuple[tuple[str, Mapping[str, str]], ...] = ()
    team_ids: tuple[int, ...] = ()
    team_ids_below: tuple[int, ...] = ()

    def scope_for(self, label: str) -> str:
        """The widest reach of the roles for a kind of record ("app.model"); "" gives that without exceptions."""
        found = (DataScope.ORDER.index(reaches.get(label, scope)) for scope, reaches in self.roles)
        return DataScope.ORDER[max(found, default=0)]

    def teams_for(self, scope: str) -> tuple[int, ...]:
        """The teams that a reach opens."""
        return {DataScope.TEAM: self.team_ids, DataScope.TEAM_BELOW: self.team_ids_below}.get(scope, ())


@dataclass(frozen=True)
class Access:
    """What a person may do and how far it reaches, as of today. Made by at most three queries, once per request.

    `scope`, `team_ids` and `business_unit_ids` are the person's own, without exceptions and deputies. `unlimited` sees
    everything. `sights` are the person's own and those of the people stood in for; `shares` maps a kind of record to the keys
    of records shared with any of them, with whether they may be changed.
    """

    scope: str = DataScope.OWN
    permissions: frozenset[str] = frozenset()
    team_ids: tuple[int, ...] = ()
    business_unit_ids: tuple[int, ...] = ()
    unlimited: bool = False
    sights: tuple[Sight, ...] = ()
    shares: Mapping[str, Mapping[int, bool]] = field(default_factory=dict)

    @property
    def principals(self) -> tuple[Sight, ...]:
        """The people this person stands in for today."""
        return self.sights[1:]

    @property
    def reads_only(self) -> bool:
        """Whether any record is shared for reading only."""
        return any(not write for rows in self.shares.values() for write in rows.values())

    def scope_for(self, label: str) -> str:
        """The person's own reach for a kind of record."""
        return DataScope.ALL if self.unlimited else self.sights[0].scope_for(label)

    def shared(self, label: str, *, write: bool = False) -> list[int]:
        """The keys of the records of that kind that are shared with the person; with `write` those that may be changed."""
        return sorted(key for key, writable in self.shares.get(label, {}).items() if writable or not write)

    def reach(self, label: str) -> Reach:
        """Whose rows of that kind the person sees: what the person and those stood in for see, taken together."""
        scopes = [(sight, sight.scope_for(label)) for sight in self.sights]
        if self.unlimited or any(scope == DataScope.ALL for _sight, scope in scopes):
            return Reach(everything=True)
        in_unit = [sight for sight, scope in scopes if scope == DataScope.BUSINESS_UNIT]
        return Reach(
            owner_ids=tuple(sight.user_id for sight, _scope in scopes),
            team_ids=tuple(sorted({team for sight, scope in scopes for team in sight.teams_for(scope)})),
            business_unit_ids=tuple(sorted({s.business_unit_id for s in in_unit if s.business_unit_id is not None})),
        )


def read_access(user: Any) -> Access:
    """The access of a user, as of today."""
    if user.pk is None:
        return Access(unlimited=user.is_superuser, sights=(Sight(user_id=0),))
    today = timezone.localdate()
    rows = _read(type(user), [user.pk], today)
    principals = rows[0]["principals"] if rows else []
    if principals:  # not those whom these stand in for: a deputy passes nothing on
        rows += _read(type(user), principals, today)
    sights = _sights(rows)
    shares: dict[str, dict[int, bool]] = {}
    for share in (share for row in rows for share in row["shared"]):
        kept = shares.setdefault(f"{share['app']}.{share['model']}", {})
        kept[share["id"]] = kept.get(share["id"], False) or share["level"] == RecordShare.Level.WRITE
    own = sights[0] if sights else Sight(user_id=user.pk)
    scope = DataScope.ALL if user.is_superuser else own.scope_for("")
    return Access(
        scope=scope,
        permissions=frozenset(name for role in rows[0]["role_rows"] for name in role["permissions"])
        if rows
        else frozenset(),
        team_ids=own.teams_for(scope),
        business_unit_ids=(user.business_unit_id,) if user.business_unit_id else (),
        unlimited=user.is_superuser,
        sights=sights or (own,),
        shares=shares,
    )


def _read(model: Any, keys: Sequence[int], today: dt.date) -> list[dict[str, Any]]:
    """One row for each of these people who is active, or the only one asked for: roles, teams, people stood in for, shares."""
    return _question(model, tuple(keys), today).rows()


@lru_cache(maxsize=256)
def _question(model: Any, keys: tuple[int, ...], today: dt.date) -> Prepared:
    """What is asked of the database, not its answer."""
    person = OuterRef("pk")
    covers = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    roles = Role.objects.filter(users=person).order_by("pk")
    teams = TeamMembership.objects.filter(covers, user=person, starts_on__lte=today).order_by("pk")
    absent = Deputy.objects.filter(deputy=person, starts_on__lte=today, ends_on__gte=today, person__is_active=True)
    shares = RecordShare.objects.filter(Q(until__isnull=True) | Q(until__gte=today), user=person).order_by("pk")
    found = model._base_manager.filter(pk__in=keys).annotate(
        role_rows=ArraySubquery(
            roles.values(row=JSONObject(scope="data_scope", reaches="reaches", permissions="permissions"))
        ),
        team_rows=ArraySubquery(teams.values(row=JSONObject(id="team_id", path="team__path"))),
        principals=ArraySubquery(absent.order_by("person_id").values("person_id")),
        shared=ArraySubquery(
            shares.values(
                row=JSONObject(
                    app=F("content_type__app_label"), model=F("content_type__model"), id="object_id", level="level"
                )
            )
        ),
    )
    names = ("pk", "display_name", "business_unit_id", "role_rows", "team_rows", "principals", "shared")
    return Prepared(found.order_by("pk").values(*names))


def _sights(rows: Iterable[dict[str, Any]]) -> tuple[Sight, ...]:
    """The sights of these people; the teams below theirs are read where a role reaches there."""
    rows = list(rows)
    roles = {row["pk"]: tuple((role["scope"], role["reaches"]) for role in row["role_rows"]) for row in rows}
    paths = {
        row["pk"]: [team["path"] for team in row["team_rows"]]
        for row in rows
        if any(DataScope.TEAM_BELOW in (scope, *reaches.values()) for scope, reaches in roles[row["pk"]])
    }
    below = _below([path for some in paths.values() for path in some])
    return tuple(
        Sight(
            user_id=row["pk"],
            name=row["display_name"],
            business_unit_id=row["business_unit_id"],
            roles=roles[row["pk"]],
            team_ids=tuple(team["id"] for team in row["team_rows"]),
            team_ids_below=tuple(
                sorted(key for key, path in below if any(path.startswith(above) for above in paths.get(row["pk"], ())))
            ),
        )
        for row in rows
    )


def _below(paths: Sequence[str]) -> list[tuple[int, str]]:
    """The keys and paths of the teams at or under these."""
    if not paths:
        return []
    under = reduce(or_, (Q(path__startswith=path) for path in paths))
    return list(Team.objects.filter(under).order_by("pk").values_list("pk", "path"))
