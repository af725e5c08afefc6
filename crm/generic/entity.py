"""An entity: one declaration that yields list, record, forms, bulk actions, choices and history of a kind of record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.views.generic import View

from crm import extension_points
from crm.generic.filters import ListFilter
from crm.generic.layout import RecordPage
from crm.generic.tables import Table, record_address


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

    @property
    def plural(self) -> str:
        """The kind's name in the plural, as a heading."""
        return str(capfirst(self.model._meta.verbose_name_plural))

    @property
    def heading(self) -> str:
        """What the list is called: as its menu entry when it has one, else the kind in the plural."""
        list_name = f"{self.app}:{self.name}_list"
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
        """The address of "list", "record", "create", "edit", "tab", "bulk"."""
        return reverse(f"{self.space}:{self.name}_{action}", args=args)

    def record_url(self, record: Model) -> str:
        """The address of a record's page."""
        return record_address(f"{self.space}:{self.name}_record", record.pk)

    def urls(self, prefix: str = "") -> list[URLPattern]:
        """The URL patterns; `prefix` such as "contacts/" when the app has several entities."""
        from crm.generic.views import bulk, edit, listing, record  # noqa: PLC0415 -- app ready

        defaults: dict[str, tuple[str, type[View]]] = {
            "list": ("", listing.ListView),
            "record": ("<int:pk>/", record.RecordView),
            "tab": ("<int:pk>/tab/<slug:tab>/", record.TabView),
        }
        if self.form and self.create:
            defaults["create"] = ("new/", edit.CreateView)
        if self.form and self.update:
            defaults["edit"] = ("<int:pk>/edit/", edit.EditView)
        if self.bulk_actions:
            defaults["bulk"] = ("bulk/<slug:action>/", bulk.BulkView)
        return [
            path(prefix + route, self.views.get(key, view).as_view(entity=self), name=f"{self.name}_{key}")
            for key, (route, view) in sorted(defaults.items(), key=lambda item: "<" in item[1][0])
        ]
