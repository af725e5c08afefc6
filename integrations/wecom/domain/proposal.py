"""What differs between WeCom's organisation and ours, as changes that an administrator takes or leaves."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.organisation.models import BusinessUnit, Team, TeamMembership, User
from integrations.models import WecomAccount, WecomDepartment, WecomSnapshot


class What(TextChoices):
    """What a change would do."""

    NEW_TEAM = "new_team", gettext_lazy("new team")
    LINK_TEAM = "link_team", gettext_lazy("team of the same name")
    RENAME_TEAM = "rename_team", gettext_lazy("team renamed")
    MOVE_TEAM = "move_team", gettext_lazy("team moved")
    GONE_TEAM = "gone_team", gettext_lazy("department is gone")
    NEW_PERSON = "new_person", gettext_lazy("new person")
    CHOOSE_PERSON = "choose_person", gettext_lazy("account to choose")
    UPDATE_PERSON = "update_person", pgettext_lazy("person", "other data")
    MOVE_PERSON = "move_person", pgettext_lazy("person", "moved")
    LEFT = "left", pgettext_lazy("person", "left")
    BACK = "back", pgettext_lazy("person", "is back")


TEAMS = (What.NEW_TEAM, What.LINK_TEAM, What.RENAME_TEAM, What.MOVE_TEAM, What.GONE_TEAM)
BY_HAND = (What.LEFT, What.BACK)  # done on the person's own page, which hands over first
NEW, LINK = "new", "link"


@dataclass(frozen=True)
class Change:
    """One thing to take or leave. `choices` are (value, label) where one must be chosen, `problem` says what stands in the way.

    `number` is the department, `userid` the account, `user` and `team` ours; `before` and `after` are shown.
    """

    what: What
    name: str
    before: str = ""
    after: str = ""
    number: int = 0
    userid: str = ""
    user: User | None = None
    team: Team | None = None
    choices: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    usual: bool = True

    @property
    def key(self) -> str:
        """What names it in the form, and from one reading to the next."""
        return f"{self.what}.{self.number or self.userid or (self.user.pk if self.user else '')}"

    @property
    def by_hand(self) -> bool:
        """Whether it is only pointed out."""
        return self.what in BY_HAND


def propose(snapshot: WecomSnapshot | None) -> list[Change]:
    """All that differs, teams first, parents before what is under them; a fixed number of queries."""
    if snapshot is None:
        return []
    teams = {row.number: row.team for row in WecomDepartment.objects.select_related("team__business_unit")}
    return [*_teams(snapshot, teams), *_people(snapshot, teams)]


def downwards(departments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The departments below the company itself, each after the one it belongs to."""
    numbers = {found["number"] for found in departments}
    below: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for found in departments:
        below[found["parent"]].append(found)
    tops = [found for found in departments if found["parent"] not in numbers]
    ordered: list[dict[str, Any]] = []
    waiting = list(tops)
    while waiting:
        found = waiting.pop(0)
        ordered.append(found)
        waiting += below[found["number"]]
    return [found for found in ordered if found["parent"] != 0]


def _teams(snapshot: WecomSnapshot, teams: dict[int, Team]) -> Iterator[Change]:
    units = tuple((str(unit.pk), unit.label) for unit in BusinessUnit.objects.all())
    taken = set(Team.objects.values_list("code", flat=True))
    free: dict[str, list[Team]] = defaultdict(list)
    for team in Team.objects.exclude(pk__in=[team.pk for team in teams.values()]).select_related("business_unit"):
        free[team.name].append(team)
    departments = downwards(snapshot.departments)
    known = {found["number"]: found["name"] for found in departments}
    names = {found["number"]: found["name"] for found in snapshot.departments}
    alike = Counter(found["name"] for found in departments if found["number"] not in teams)
    for found in departments:
        number, name = found["number"], found["name"]
        choices = () if found["parent"] in known else units
        if number in teams:
            yield from _known_team(found, teams)
        elif len(free[name]) == 1:
            team = free[name][0]
            change = Change(What.LINK_TEAM, name, after=str(team.business_unit), number=number, team=team)
            yield change if alike[name] == 1 else _one_of_several(change, team, names.get(found["parent"], ""), choices)
        else:
            code = team_code(number)
            yield Change(
                What.NEW_TEAM,
                name,
                after=known.get(found["parent"], ""),
                number=number,
                choices=choices,
                problem=_("A team has the code %(code)s already.") % {"code": code} if code in taken else "",
            )
    listed = {found["number"] for found in snapshot.departments}
    for number, team in sorted(teams.items()):
        if number not in listed:
            yield Change(What.GONE_TEAM, team.name, number=number, team=team, usual=False)


def _one_of_several(change: Change, team: Team, above: str, units: tuple[tuple[str, str], ...]) -> Change:
    """Several departments are called as a team of ours: somebody who sees what is above each says which of them it is."""
    makes = [(key, _("make a new team in %(unit)s") % {"unit": label}) for key, label in units]
    return replace(
        change,
        before=change.after,
        after=above,
        choices=(
            (LINK, _("link to the team %(name)s") % {"name": team.label}),
            *(makes or [(NEW, _("make a new team"))]),
        ),
        problem=_("Several departments have this name: link only the right one."),
        usual=False,
    )


def _known_team(found: dict[str, Any], teams: dict[int, Team]) -> Iterator[Change]:
    team, parent = teams[found["number"]], teams.get(found["parent"])
    if (team.name, team.name_en) != (found["name"], found["name_en"] or team.name_en):
        yield Change(What.RENAME_TEAM, found["name"], team.name, found["name"], number=found["number"], team=team)
    if parent is not None and team.parent_id != parent.pk:
        before = team.parent.name if team.parent else ""
        yield Change(What.MOVE_TEAM, found["name"], before, parent.name, number=found["number"], team=team)


def team_code(number: int) -> str:
    """The code of a team that a department becomes."""
    return f"WECOM-{number}"


def _people(snapshot: WecomSnapshot, teams: dict[int, Team]) -> Iterator[Change]:
    names = {found["number"]: found["name"] for found in snapshot.departments}
    accounts = {row.userid.lower(): row.user for row in _accounts()}
    candidates = _candidates(snapshot, {user.pk for user in accounts.values()})
    for found in snapshot.people:
        user = accounts.get(found["userid"].lower())
        where = names.get(found["department"], "")
        if user is None:
            yield _unknown_person(found, where, candidates)
        elif not user.is_active:
            yield Change(What.BACK, found["name"], userid=found["userid"], user=user)
        else:
            yield from _known_person(found, user, teams.get(found["department"]))
    listed = {found["userid"].lower() for found in snapshot.people}
    for userid, user in sorted(accounts.items()):
        if userid not in listed and user.is_active:
            yield Change(What.LEFT, str(user), userid=userid, user=user)


def _accounts() -> Any:
    today = timezone.localdate()
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    now = TeamMembership.objects.filter(running, starts_on__lte=today).select_related("team")
    return WecomAccount.objects.select_related("user").prefetch_related(
        Prefetch("user__memberships", now, to_attr="now")
    )


def _candidates(snapshot: WecomSnapshot, linked: set[int]) -> dict[str, list[User]]:
    """Accounts of ours that nobody is linked to, by user name and by name."""
    names = {found["name"] for found in snapshot.people}
    userids = {found["userid"].lower() for found in snapshot.people}
    found: dict[str, list[User]] = defaultdict(list)
    for user in User.objects.exclude(pk__in=linked).order_by("pk"):
        if user.username.lower() in userids:
            found[f"user name {user.username.lower()}"].append(user)
        if user.display_name in names and user.is_active:
            found[f"name {user.display_name}"].append(user)
    return found


def _unknown_person(found: dict[str, Any], where: str, candidates: dict[str, list[User]]) -> Change:
    same_username = candidates[f"user name {found['userid'].lower()}"]
    alike = list(dict.fromkeys([*same_username, *candidates[f"name {found['name']}"]]))
    common = {"name": found["name"], "after": where, "userid": found["userid"]}
    if not alike:
        return Change(What.NEW_PERSON, **common)
    choices = [
        (str(user.pk), _("link to %(name)s (%(username)s)") % {"name": user, "username": user.username})
        for user in alike
        if user.is_active
    ]
    if not same_username:
        choices.append((NEW, _("make a new account")))
    if len(alike) > 1:
        problem = _("%(n)d accounts come into question: choose one.") % {"n": len(alike)}
    elif not choices:
        problem = _("The user name belongs to somebody who is not active any more.")
    elif same_username:
        problem = _("There is an account with this user name.")
    else:
        problem = _("There is an account with this name.")
    return Change(What.CHOOSE_PERSON, **common, choices=tuple(choices), problem=problem, usual=False)


def _known_person(found: dict[str, Any], user: Any, team: Team | None) -> Iterator[Change]:
    mine = user.now[0].team if user.now else None
    common: dict[str, Any] = {"userid": found["userid"], "user": user}
    before, after = (user.display_name, user.title), (found["name"], found["title"] or user.title)
    if before != after:
        yield Change(
            What.UPDATE_PERSON,
            found["name"],
            " · ".join(filter(None, before)),
            " · ".join(filter(None, after)),
            **common,
        )
    if team is not None and (mine is None or mine.pk != team.pk):
        yield Change(What.MOVE_PERSON, found["name"], mine.label if mine else "", team.label, team=team, **common)
