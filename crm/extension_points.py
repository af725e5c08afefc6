"""The closed list of places where a higher app adds to what a lower one shows.

Each app fills them from its `extensions.py`, which is imported once when Django has started. Nothing else may be registered:
a new kind of extension is a new registry here, seen by everybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from crm.approvable import ApprovalDocument
from crm.dated import CalendarEvent as CalendarEvent
from crm.dated import CalendarSource, TimelineSource
from crm.dated import TimelineEvent as TimelineEvent
from crm.held import PersonalData
from crm.registry import Registry

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
    `lazy` panels are fetched after the page has come, by htmx. Those that `print` stand on the record's page for paper too.
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
    job, by the job's key, for those the user may open.
    """

    key: str
    label: Label
    retry: Callable[[Any, Any], None] | None = None
    can_stop: bool = False
    links: Callable[[Any, Sequence[Any]], dict[int, str]] | None = None
    icon: str = "server"
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
    not, and is then called again later. None: there is nothing to send, the notification stands in the inbox.
    """

    key: str
    label: Label
    deliver: Callable[[Sequence[int]], None] | None
    configured: Callable[[], bool] = lambda: True
    reaches: Callable[[Any], bool] = lambda user: True
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
class SaveGuard:
    """Holds records back from being changed. `concerns(model)` says quickly whether it has to look at all; `check(model, keys)`
    raises DomainError when one of these records may not be changed now. It is asked inside the transaction of the change, after
    the rows were written and so are locked."""

    key: str
    concerns: Callable[[type], bool]
    check: Callable[[type, Sequence[int]], None]
    order: int = 100


@dataclass(frozen=True)
class TrailVerb:
    """What a change was made for, as `acting(verb=...)` names it and as the audit trail says it."""

    key: str
    label: Label
    order: int = 100


@dataclass(frozen=True)
class ChoiceDefault:
    """An item that a list of choices starts with. `fixed`: code asks for it, so it can be renamed but not retired."""

    code: str
    name: str
    name_en: str
    tone: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class ChoiceListKind:
    """A list of choices that administrators own; fields of the type ListedField name it by its key.

    A migration of the app writes `defaults` (crm.records.choices.starting_lists). `allows_other`: text that is in no item may
    be stored too, until an administrator decides otherwise.
    """

    key: str
    name: str
    name_en: str
    defaults: Sequence[ChoiceDefault] = ()
    allows_other: bool = False
    order: int = 100


@dataclass(frozen=True)
class ExtraKind:
    """A kind of record that administrators may give extra fields. `key` is the label of its model in small letters; the model
    is an ExtraModel. `search_text(record)` is what the search finds a record by, extra fields included."""

    key: str
    label: Label
    search_text: Callable[[Any], str]
    order: int = 100


@dataclass(frozen=True)
class NumberKind:
    """A kind of record that gets a number when it is made. `model` is its label, `field` the field that holds the number.

    `pattern` and `reset` ("never", "yearly", "monthly") hold until an administrator sets others; `start` is the first number
    of a count.
    """

    key: str
    label: Label
    model: str
    pattern: str
    reset: str
    start: int = 1
    field: str = "code"
    order: int = 100


MENU_SECTIONS = ("home", "acquire", "customers", "deals", "fulfilment", "service", "insight", "administration")
NOTIFICATION_SECTIONS = ("work", "records", "system")
EVERY_RECORD = "*"  # the group of panels and timeline sources that every kind of record has
SETTINGS_SECTIONS = ("organisation", "catalogue", "process", "security", "data")

menu: Registry[MenuItem] = Registry("menu")
quick_create: Registry[QuickCreate] = Registry("quick_create")
settings_pages: Registry[SettingsPage] = Registry("settings_pages")
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
