"""Addresses of the API, below /api/v1/: the same set for each kind of record."""

from collections.abc import Iterator

from django.urls import URLPattern, path, re_path

from integrations.api import attached, document_views, views
from integrations.api.decisions import DecideApi
from integrations.api.describing import described
from integrations.api.resources import RESOURCES, Resource
from integrations.api.schema import SchemaApi

app_name = "api"


def addresses(resource: Resource) -> Iterator[URLPattern]:
    """Those of a kind of record; what it cannot do has none."""
    name = resource.name
    made = {"resource": resource, "kind": name}

    def view(base: type[views.RecordsView]) -> type[views.RecordsView]:
        return described(type(f"{name}-{base.__name__}", (base,), dict(made)), base, resource)

    listing = views.CreateApi if resource.creates else views.ListApi
    record = views.ChangeApi if resource.changes else views.RecordApi
    keyed = views.UpsertApi if resource.creates else views.KeyApi
    bulk = views.BulkApi if resource.bulk else None
    if resource.documents:
        keyed, bulk = document_views.FeedKeyApi, document_views.FeedBulkApi  # type: ignore[assignment]
    yield path(f"{name}/", view(listing).as_view(), name=f"{name}_list")
    yield path(f"{name}/<int:pk>/", view(record).as_view(), name=f"{name}_record")
    if resource.moves is not None:
        yield path(f"{name}/<int:pk>/transitions/", view(views.MovesApi).as_view(), name=f"{name}_moves")
    yield path(f"{name}/by-key/<str:system>/<path:key>/", view(keyed).as_view(), name=f"{name}_key")
    if bulk is not None:
        yield path(f"{name}/bulk/", view(bulk).as_view(), name=f"{name}_bulk")


urlpatterns = [
    *(pattern for resource in RESOURCES for pattern in addresses(resource)),
    path("<slug:kind>/<int:pk>/files/", attached.FilesApi.as_view(), name="files"),
    path("<slug:kind>/<int:pk>/files/<int:file>/", attached.FileApi.as_view(), name="file"),
    path("<slug:kind>/<int:pk>/comments/", attached.CommentsApi.as_view(), name="comments"),
    path("approvals/decide/<str:token>/", DecideApi.as_view(), name="decide"),
    path("schema/", SchemaApi.as_view(), name="schema"),
    re_path("^(?P<rest>.*)$", views.NoSuchAddress.as_view(), name="nothing"),
]
