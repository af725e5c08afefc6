"""The closed list of places where a higher app adds to what a lower one shows.

Each app fills them from its `extensions.py`, which is imported once when Django has started. Nothing else may be registered:
a new kind of extension is a new registry here, seen by everybody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest

from crm.approvable import ApprovalDocument
from crm.configurable import ChoiceListKind, ExtraKind, NumberKind
from crm.datasource import DataSource
from crm.holding import FileHold, SaveGuard
from crm.registry import Registry
from crm.signing_in import SignInWay

Label = Any  # str or the lazy string of gettext_lazy
Context = dict[str, Any]


@dataclass(frozen=True, eq=False)
class MenuItem:
    """An entry of the side menu. `section` is one of MENU_SECTIONS; `go` is the second key of the shortcut g + key.

    `count` gives the number shown beside it for a user (None: no number), asked once a minute; `hot` when that number asks the
    user to act.
    """

    key: str
    label: Label
    url_name: str
    icon: str
    section: str
    order: int = 100
    permission: str | None = None
    go: str = ""
    count: Callable[[Any], int | None] | None = None
    hot: bool = False
    phone: int | None = None  # position in the phone's bottom bar
    when: Callable[[Any], bool] | None = None  # for entries that no single permission decides


@dataclass(frozen=True, eq=False)
class QuickCreate:
    """An entry of the 'New' menu in the top bar."""

    key: str
    label: Label
    url_name: str
    permission: str
    order: int = 100
    icon: str = "plus"


@dataclass(frozen=True)
class SettingsPage:
    """An entry of the settings page. `section` is one of SETTINGS_SECTIONS; `text` says in a sentence what is set there."""

    key: str
    label: Label
    text: Label
    url_name: str
    icon: str
    section: str
    permission: str
    order: int = 100


@dataclass(frozen=True)
class SearchHit:
    """One line of the search box's answer."""

    title: str
    subtitle: str
    url: str
    grade: str = ""


@dataclass(frozen=True)
class SearchSource:
    """Something the search box looks through. `search(user, text, limit)` stays inside the user's scope."""

    key: str
    label: Label
    icon: str
    permission: str
    search: Callable[[Any, str, int], Sequence[SearchHit]]
    order: int = 100


@dataclass(frozen=True)
class WorkbenchCard:
    """A card of the start page. `slot` is 'tiles', 'main' or 'side'; `context(request)` gives the template's variables,
    or None when the card has nothing to say to this user. The variable `due`, if given, is (things this user should have done by
    the end of today, those of them that are late): the page adds them up below the greeting."""

    key: str
    slot: str
    template: str
    context: Callable[[HttpRequest], Context | None]
    permission: str | None = None
    order: int = 100


@dataclass(frozen=True)
class Panel:
    """A part of a record page, registered with the model's label as group.

    `slot`: 'main' or 'side' (on the overview), 'facts' (key figures below the title: the template gives <div>s of a
    <dl class="facts">) or 'tab' (a page of its own, loaded on demand). `context(request, record)` may return None: not shown.
    `lazy` panels are fetched after the page has come; those that `print` stand on paper too. `tab` names the RecordTab, if any.
    """

    key: str
    label: Label
    slot: str
    template: str
    context: Callable[[HttpRequest, Any], Context | None]
    permission: str | None = None
    order: int = 100
    lazy: bool = False
    count: Callable[[HttpRequest, Any], int | None] | None = None
    scripts: Sequence[str] = field(default=())  # extra static scripts the page needs, e.g. charts
    prints: bool = False
    tab: str = ""


@dataclass(frozen=True)
class TimelineEvent:
    """Something that happened with a record, on a day, `at` a time if known. `tone`: p (primary), o (good), b (bad), w (warning)
    or empty; `who` did it."""

    on: date
    icon: str
    title: Label
    text: str = ""
    url: str = ""
    tone: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class TimelineSource:
    """Events for the timeline of a record, registered under the model's label, or EVERY_RECORD. `events(request, record, limit,
    before)` gives those the reader may see that lie before that day (None: all), at least the newest `limit` of
    them. `label` names the source where one chooses what to see."""

    key: str
    label: Label
    events: Callable[[HttpRequest, Any, int, date | None], Sequence[TimelineEvent]]
    permission: str | None = None
    order: int = 100


@dataclass(frozen=True)
class CalendarEvent:
    """Something on a day of a person's calendar, at a time or all day; `tone` of a badge; `done`: needs nothing any more."""

    on: date
    title: str
    url: str
    at: time | None = None
    tone: str = "line"
    done: bool = False


@dataclass(frozen=True)
class CalendarSource:
    """Events for the calendar: `events(user, start, end)` gives the user's own of these days, both included, inside scope."""

    key: str
    label: Label
    icon: str
    events: Callable[[Any, date, date], Sequence[CalendarEvent]]
    permission: str | None = None
    order: int = 100


@dataclass(frozen=True)
class PeriodicJob:
    """A Celery task that beat runs. `schedule` is seconds, or a celery crontab."""

    key: str
    task: str
    schedule: Any
    order: int = 100
    queue: str = "default"


@dataclass(frozen=True)
class ImportResource:
    """A kind of sheet that can be imported; `resource` is the class that declares its columns and writes its rows."""

    key: str
    label: Label
    resource: type
    permission: str
    order: int = 100


@dataclass(frozen=True)
class HandoverMover:
    """A kind of record that a colleague who leaves must hand over. `model` is its label ("app.Model").

    `count(user)` says how many there are; `move(source=, target=, actor=)` gives them all to the target, in the caller's
    transaction, and returns how many. What is closed stays with whom it was.
    """

    key: str
    label: Label
    model: str
    count: Callable[[Any], int]
    move: Callable[..., int]
    order: int = 100


@dataclass(frozen=True)
class DemoSet:
    """An app's part of the demo company: `generate(world)` makes the rows in memory, `load(world)` writes them."""

    key: str
    generate: Callable[[Any], None]
    load: Callable[[Any], None]
    order: int = 100


@dataclass(frozen=True)
class JobKind:
    """A kind of background job, for the jobs page.

    `retry(job, actor)` starts it anew, under the actor's rights; it raises DomainError when it may not, or cannot any more.
    `can_stop`: its worker looks between steps whether it shall stop. `links(user, jobs)` gives the address of what came of each
    job, by the job's key, for those the user may open. `own_rescue`: a sweep of its own goes on with those whose worker died;
    the others are marked as failed.
    """

    key: str
    label: Label
    retry: Callable[[Any, Any], None] | None = None
    can_stop: bool = False
    links: Callable[[Any, Sequence[Any]], dict[int, str]] | None = None
    icon: str = "server"
    own_rescue: bool = False
    order: int = 100


@dataclass(frozen=True)
class NotificationKind:
    """What people can be told of. `section` is one of NOTIFICATION_SECTIONS, the heading it stands under in the preferences.

    `channels` are the keys of the channels it takes for those who chose nothing. `folded` is the title of several in one
    ("%(count)d new comments", from ngettext_lazy with "count"); without it the last title stays, with the number beside it.
    """

    key: str
    label: Label
    section: str
    channels: tuple[str, ...] = ("in_app", "email")
    folded: Any = None
    icon: str = "bell"
    order: int = 100


@dataclass(frozen=True)
class NotificationChannel:
    """A way to tell people. `configured()` says whether this installation has it, `reaches(user)` whether it knows where to.

    `deliver(ids)` sends these notifications, all of one person, in a worker and outside a transaction; it raises when it could
    not, and is then called again later. None: there is nothing to send, the notification stands in the inbox. `like` is another
    channel's key: whoever chose nothing takes this one for the kinds that name that one.
    """

    key: str
    label: Label
    deliver: Callable[[Sequence[int]], None] | None
    configured: Callable[[], bool] = lambda: True
    reaches: Callable[[Any], bool] = lambda user: True
    like: str = ""
    order: int = 100


@dataclass(frozen=True, eq=False)
class PersonalData:
    """A kind of record that holds data about persons. `key` is the model's label ("app.Model").

    `fields` is what is held about the person: it is exported, and emptied by erasure; `erased` gives what stands afterwards where
    empty will not do (a value, or a function of the record). A person is found by `names`, `phones` and `emails`, or, with
    `parent` (key, foreign key), together with a record of another kind. `search_text(record)` makes the search text anew.

    `retention` says in words how long it is kept. `due(day)` gives the rows that have not been needed since that day, for a rule
    that erases them; `months` is what such a rule proposes. `remove(rows)` deletes rows with their files instead.
    `keeps(record)` says why a record cannot be erased now, or "".
    """

    key: str
    purpose: Label
    fields: tuple[str, ...]
    retention: Label
    erased: Mapping[str, Any] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    parent: tuple[str, str] | None = None
    search_text: Callable[[Any], str] | None = None
    due: Callable[[date], Any] | None = None
    months: int = 36
    remove: Callable[[Any], int] | None = None
    keeps: Callable[[Any], str] = lambda record: ""
    order: int = 100


@dataclass(frozen=True)
class PriceParty:
    """A kind of record that a price is for: one can be chosen in the price finder and when a competitor's price is reported.

    `model` is its label ("app.Model"); `terms(record)` gives what prices depend on: grade, region, business_unit.
    """

    key: str
    label: Label
    model: str
    terms: Callable[[Any], dict[str, Any]]
    order: int = 100


@dataclass(frozen=True)
class TrailVerb:
    """What a change was made for, as `acting(verb=...)` names it and as the audit trail says it."""

    key: str
    label: Label
    order: int = 100


MENU_SECTIONS = ("home", "acquire", "customers", "deals", "fulfilment", "service", "insight", "administration")
NOTIFICATION_SECTIONS = ("work", "records", "system")
EVERY_RECORD = "*"  # the group of panels and timeline sources that every kind of record has
SETTINGS_SECTIONS = ("organisation", "catalogue", "process", "security", "data")

menu: Registry[MenuItem] = Registry("menu")
sign_in_ways: Registry[SignInWay] = Registry("sign_in_ways")
quick_create: Registry[QuickCreate] = Registry("quick_create")
settings_pages: Registry[SettingsPage] = Registry("settings_pages")
data_sources: Registry[DataSource] = Registry("data_sources")
search_sources: Registry[SearchSource] = Registry("search_sources")
workbench_cards: Registry[WorkbenchCard] = Registry("workbench_cards")
panels: Registry[Panel] = Registry("panels")
timeline_sources: Registry[TimelineSource] = Registry("timeline_sources")
calendar_sources: Registry[CalendarSource] = Registry("calendar_sources")
periodic_jobs: Registry[PeriodicJob] = Registry("periodic_jobs")
import_resources: Registry[ImportResource] = Registry("import_resources")
handover_movers: Registry[HandoverMover] = Registry("handover_movers")
demo_sets: Registry[DemoSet] = Registry("demo_sets")
job_kinds: Registry[JobKind] = Registry("job_kinds")
file_holds: Registry[FileHold] = Registry("file_holds")
personal_data: Registry[PersonalData] = Registry("personal_data")
notification_kinds: Registry[NotificationKind] = Registry("notification_kinds")
notification_channels: Registry[NotificationChannel] = Registry("notification_channels")
price_parties: Registry[PriceParty] = Registry("price_parties")
save_guards: Registry[SaveGuard] = Registry("save_guards")
approval_documents: Registry[ApprovalDocument] = Registry("approval_documents")
trail_verbs: Registry[TrailVerb] = Registry("trail_verbs")
choice_lists: Registry[ChoiceListKind] = Registry("choice_lists")
extra_kinds: Registry[ExtraKind] = Registry("extra_kinds")
number_kinds: Registry[NumberKind] = Registry("number_kinds")

ALL: tuple[Registry[Any], ...] = (
    menu,
    sign_in_ways,
    quick_create,
    settings_pages,
    search_sources,
    workbench_cards,
    panels,
    timeline_sources,
    calendar_sources,
    periodic_jobs,
    import_resources,
    handover_movers,
    demo_sets,
    job_kinds,
    file_holds,
    personal_data,
    notification_kinds,
    notification_channels,
    price_parties,
    save_guards,
    approval_documents,
    trail_verbs,
    choice_lists,
    extra_kinds,
    number_kinds,
)
