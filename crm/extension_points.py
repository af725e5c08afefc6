"""The closed list of places where a higher app adds to what a lower one shows.

Each app fills them from its `extensions.py`, which is imported once when Django has started. Nothing else may be registered:
a new kind of extension is a new registry here, seen by everybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest

from crm.registry import Registry

Label = Any  # str or the lazy string of gettext_lazy
Context = dict[str, Any]


@dataclass(frozen=True)
class MenuItem:
    """An entry of the side menu. `section` is one of MENU_SECTIONS; `go` is the second key of the shortcut g + key.

    `count` gives the number shown beside it for a user (None: no number), `hot` when that number asks the user to act.
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


@dataclass(frozen=True)
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
    `lazy` panels are fetched after the page has come, by htmx.
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


@dataclass(frozen=True)
class TimelineEvent:
    """Something that happened with a record, on a day. `tone`: p (primary), o (good), b (bad), w (warning) or empty."""

    on: date
    icon: str
    title: Label
    text: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class TimelineSource:
    """Events for the timeline of a record, registered under the model's label. `events(request, record, limit)` gives the newest
    ones the reader may see."""

    key: str
    events: Callable[[HttpRequest, Any, int], Sequence[TimelineEvent]]
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
class DemoSet:
    """An app's part of the demo company: `generate(world)` makes the rows in memory, `load(world)` writes them."""

    key: str
    generate: Callable[[Any], None]
    load: Callable[[Any], None]
    order: int = 100


MENU_SECTIONS = ("home", "acquire", "customers", "deals", "fulfilment", "service", "insight", "administration")
SETTINGS_SECTIONS = ("organisation", "catalogue", "process", "security", "data")

menu: Registry[MenuItem] = Registry("menu")
quick_create: Registry[QuickCreate] = Registry("quick_create")
settings_pages: Registry[SettingsPage] = Registry("settings_pages")
search_sources: Registry[SearchSource] = Registry("search_sources")
workbench_cards: Registry[WorkbenchCard] = Registry("workbench_cards")
panels: Registry[Panel] = Registry("panels")
timeline_sources: Registry[TimelineSource] = Registry("timeline_sources")
periodic_jobs: Registry[PeriodicJob] = Registry("periodic_jobs")
import_resources: Registry[ImportResource] = Registry("import_resources")
demo_sets: Registry[DemoSet] = Registry("demo_sets")

ALL: tuple[Registry[Any], ...] = (
    menu,
    quick_create,
    settings_pages,
    search_sources,
    workbench_cards,
    panels,
    timeline_sources,
    periodic_jobs,
    import_resources,
    demo_sets,
)
