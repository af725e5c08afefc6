"""An entity: one declaration that yields list, record, forms, bulk actions, choices and history of a kind of record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, get_resolver, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from crm import extension_points
from crm.generic.filters import ListFilter
from crm.generic.layout import RecordPage
from crm.generic.tables import Table, record_address
from crm.generic.tagging import TagForm
from crm.records.domain.tags import tag_rows

_by_model: dict[type[Model], "Entity"] = {}  # filled when the URLs are read


def entity_of(model: type[Model]) -> "Entity | None":
    """The entity that shows the records of a model; None for a model without pages of its own."""
    get_resolver().url_patterns  # noqa: B018 -- reads all URLs, and so all entities
    return _by_model.get(model)


def entities() -> list["Entity"]:
    """All entities of the site."""
    get_resolver().url_patterns  # noqa: B018 -- reads all URLs, and so all entities
    return list(_by_model.values())


@dataclass(frozen=True)
class Preset:
    """A ready-made view of a list, shown as a tab: `query` is its query string ("owner=me&grade=S"), "me" stands for the
    reader's id; `sort` is how it is first sorted, when not as the list is."""

    key: str
    label: Any
    query: str = ""
    sort: str = ""


@dataclass(frozen=True)
class BulkAction:
    """Something done to many rows at once. `apply(rows, actor=, **values)` is a domain function that takes a query set within
    the reader's scope and returns how many rows it changed; `form` asks for what it needs."""

    key: str
    label: Any
    icon: str
    permission: str
    apply: Callable[..., int]
    form: type | None = None
    done: Any = None  # message with %(count)d


TAG_ACTION = BulkAction(
    "tags", _("Tags"), "tag", "crm.tag_records", tag_rows, TagForm, _("The tags of %(count)d records were changed.")
)


@dataclass(frozen=True)
class HeadAction:
    """A button in the head of the list: URL name and permission."""

    label: Any
    url_name: str
    icon: str
    permission: str


@dataclass(frozen=True)
class Entity:
    """Everything the generic views need to know about a model.

    `create(actor=, **values)` and `update(instance=, expected_version=, actor=, **values)` are the app's domain functions;
    without them the record cannot be made or edited here. `views` replaces single generic views by own subclasses.
    """

    model: type[Model]
    table: type[Table]
    filterset: type[ListFilter]
    page: RecordPage
    nav: str
    icon: str = "file"
    subtitle: Any = ""
    summary: Callable[[Any], str] | None = None  # a sentence after the subtitle, for the reader: how many there are
    form: type | None = None
    create: Callable[..., Any] | None = None
    update: Callable[..., Any] | None = None
    presets: Sequence[Preset] = ()
    bulk_actions: Sequence[BulkAction] = ()
    bulk_edit: Sequence[str] = ()  # fields of `form` that many records can be given at once, by `update`
    head_actions: Sequence[HeadAction] = ()
    views: dict[str, type[View]] = field(default_factory=dict)
    list_switch: Callable[[Any], list[dict[str, Any]]] | None = (
        None  # other forms of the list (board, ...), for ui/seg.html
    )
    empty_text: Any = ""
    namespace: str = ""  # of its URL names; empty: the app's label
    converter: str = "int"  # of the primary key in addresses
    dossier: bool = True  # whether its records have comments, files, tags, followers and a timeline

    @property
    def plural(self) -> str:
        """The kind's name in the plural, as a heading."""
        return str(capfirst(self.model._meta.verbose_name_plural))

    @property
    def heading(self) -> str:
        """What the list is called: as its menu entry when it has one, else the kind in the plural."""
        list_name = f"{self.space}:{self.name}_list"
        entry = next((item for item in extension_points.menu.all() if item.url_name == list_name), None)
        return str(entry.label) if entry else self.plural

    @property
    def app(self) -> str:
        """The app's label."""
        return self.model._meta.app_label

    @property
    def space(self) -> str:
        """The name space of its URL names: the app's label, unless the entity has another."""
        return self.namespace or self.app

    @property
    def key(self) -> str:
        """What names the entity in addresses and in the database."""
        return f"{self.space}.{self.name}"

    @property
    def name(self) -> str:
        """The model's name, which the URL names start with."""
        return str(self.model._meta.model_name)

    def permission(self, action: str) -> str:
        """The permission's name for view, add or change."""
        return f"{self.app}.{action}_{self.name}"

    def url(self, action: str, *args: Any) -> str:
        """The address of "list", "record", "create", "edit", "tab", "print", "bulk"."""
        return reverse(f"{self.space}:{self.name}_{action}", args=args)

    def record_url(self, record: Model) -> str:
        """The address of a record's page."""
        return record_address(f"{self.space}:{self.name}_record", record.pk)

    @property
    def bulk(self) -> tuple[BulkAction, ...]:
        """Its bulk actions, and the one that every kind of record with tags has."""
        return (*self.bulk_actions, TAG_ACTION) if self.dossier else tuple(self.bulk_actions)

    def urls(self, prefix: str = "") -> list[URLPattern]:
        """The URL patterns; `prefix` such as "contacts/" when the app has several entities."""
        from crm.generic.views import bulk, edit, listing, printing, record  # noqa: PLC0415 -- app ready

        key = f"<{self.converter}:pk>/"
        _by_model[self.model] = self
        defaults: dict[str, tuple[str, type[View]]] = {
            "list": ("", listing.ListView),
            "record": (key, record.RecordView),
            "tab": (f"{key}tab/<slug:tab>/", record.TabView),
            "print": (f"{key}print/", printing.PrintView),
        }
        if self.form and self.create:
            defaults["create"] = ("new/", edit.CreateView)
        if self.form and self.update:
            defaults["edit"] = (f"{key}edit/", edit.EditView)
        if self.bulk:
            defaults["bulk"] = ("bulk/<slug:action>/", bulk.BulkView)
        return [
            path(prefix + route, self.views.get(name, view).as_view(entity=self), name=f"{self.name}_{name}")
            for name, (route, view) in sorted(defaults.items(), key=lambda item: "<" in item[1][0])
        ]
