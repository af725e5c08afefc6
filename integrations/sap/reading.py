"""Reads descriptions, collections and single entities, and trusts nothing it is sent."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
import orjson
from django.utils.translation import gettext_lazy as _

from crm.errors import ExternalError
from crm.languages import lazily
from integrations.sap import edmx
from integrations.sap.edmx import EntitySetType
from integrations.sap.errors import Refused, SchemaChanged
from integrations.sap.headers import date_header
from integrations.sap.parsing import Parse, parser
from integrations.sap.transport import Row, Transport
from integrations.sap.v4 import NEXT, SERVICES, V4_JSON, V4Service, types_of

Expanded = Mapping[str, Any]  # navigation -> what is expanded below it
NOTHING: Expanded = MappingProxyType({})
EMPTY_PAGES = 1000  # in a row, each with a link to the rest: a list that only says so is no list


@dataclass(frozen=True)
class Page:
    """Rows of one answer. `more` says that the server has cut the list; `server_time` is its Date header.

    Only a page without rows is sure to be the last: a server may give fewer than were asked for, and not say that it did.
    """

    rows: list[Row]
    more: str
    server_time: dt.datetime


class Entity(NamedTuple):
    """One entity; `etag` is empty when its service has none."""

    row: Row
    etag: str


def entity_path(entity_set: str, **key: str) -> str:
    """`A_SalesOrder('1')`, or `A_SalesOrderItem(SalesOrder='1',SalesOrderItem='10')` for more than one part."""
    parts = {name: "'" + quote(value.replace("'", "''"), safe="'") + "'" for name, value in key.items()}
    named = ",".join(f"{name}={value}" for name, value in parts.items())
    return f"{entity_set}({named if len(parts) > 1 else next(iter(parts.values()))})"


def query_of(options: Mapping[str, str]) -> str:
    """System query options with their `$`, as a query; JSON is asked for."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in {**options, "$format": "json"}.items())


class Reading(Transport):
    """What a client reads. Services named in `v4` are asked by OData V4 (v4.py); nobody else notices."""

    def __init__(self, *, v4: Collection[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self._v4 = {name: SERVICES[name] for name in v4}
        self._described: dict[str, dict[str, EntitySetType]] = {}

    def metadata(self, service: str) -> bytes:
        """The `$metadata` document of a service. Raises ExternalError."""
        other = self._v4.get(service)
        url = f"{self.base_url}{other.path}$metadata" if other else self.url(f"{service}/$metadata")
        return self.get(url, Accept="application/xml").content

    def described(self, service: str) -> dict[str, EntitySetType]:
        """The entity sets of a service, in V2's names. Raises ExternalError, and ValueError for a description that is none."""
        found = edmx.parse(self.metadata(service))
        return self._v4[service].described(found) if service in self._v4 else found

    def page(self, service: str, entity_set: str, options: Mapping[str, str]) -> Page:
        """One answer of a collection; `options` are the system query options with their `$`.

        Raises SchemaChanged when the set does not know a property that is asked for, or leaves it out; else ExternalError.
        Expanded collections inside the rows come whole: where the server cut one, its `__next` is followed. So is that of a
        page without rows, until there are some: a page that is still empty is the end.
        """
        try:
            page = self._first_page(service, entity_set, options)
            for _empty in range(EMPTY_PAGES):
                if page.rows or not page.more:
                    break
                page = self.following(page.more, expanded(options))
            else:
                raise ExternalError(lazily(_("The ERP's list of %(set)s does not go on."), set=entity_set))
        except Refused as error:
            if error.status != 400 or not _names_one(error.texts, options):
                raise
            raise changed(entity_set, "; ".join(error.texts)) from error
        lacking = _lacking(page.rows[0], options.get("$select", "")) if page.rows else []
        if lacking:
            raise changed(entity_set, ", ".join(lacking))
        return page

    def _first_page(self, service: str, entity_set: str, options: Mapping[str, str]) -> Page:
        if service not in self._v4:
            parse = parser(options.get("$select", ""), options.get("$expand", ""))
            return self._page(self.url(f"{service}/{entity_set}?{query_of(options)}"), expanded(options), parse)
        other = self._v4[service]
        return self._v4_page(service, f"{other.path}{other.sets[entity_set]}?{other.query_of(options)}")

    def following(self, link: str, below: Expanded = NOTHING) -> Page:
        """The answer behind a `__next` link, asked of the configured origin; `below` is expanded there. Raises ExternalError."""
        service = next((name for name, other in self._v4.items() if other.path in link), "")
        return (
            self._v4_page(service, self._v4[service].target(link)) if service else self._page(self.rebased(link), below)
        )

    def _v4_page(self, service: str, target: str) -> Page:
        """An answer of V4 behind path and query, in V2's form; a link to the rest may count from the service."""
        other = self._v4[service]
        types = self._v4_types(service)
        response, rows, more = self._v4_rows(other, target)
        for row in rows:
            self._v4_complete(other, row)
        return Page(other.rows(rows, types), more, date_header(response))

    def _v4_types(self, service: str) -> dict[str, str]:
        """The types of the service's properties, by its description, which is read once."""
        if service not in self._described:
            try:
                self._described[service] = self.described(service)
            except ValueError as error:
                text = lazily(_("The service's description cannot be read: %(error)s"), error=error)
                raise ExternalError(text, permanent=True) from error
        return types_of(self._described[service])

    def _v4_rows(self, other: V4Service, target: str) -> tuple[httpx.Response, list[Row], str]:
        """The answer, its rows in V4's form, and path and query of the rest."""
        response, body = self.get_json(f"{self.base_url}{target}", Accept=V4_JSON)
        rows = body.get("value")
        if not isinstance(rows, list):
            raise ExternalError(_("The ERP's answer is not a list of rows."), permanent=True)
        return response, rows, other.target(str(body.get(NEXT) or ""))

    def _v4_complete(self, other: V4Service, row: Row) -> None:
        """Read on where an expanded collection was cut."""
        for name in [name for name, value in row.items() if isinstance(value, list)]:
            link = other.target(str(row.get(f"{name}{NEXT}") or ""))
            while link:
                _response, rest, link = self._v4_rows(other, link)
                row[name] += rest
            for child in row[name]:
                self._v4_complete(other, child)

    def entity(self, service: str, path: str, options: Mapping[str, str]) -> Entity | None:
        """One entity by its `entity_path`; None when the ERP has none of that key. Raises ExternalError."""
        try:
            if service in self._v4:
                return self._v4_entity(service, path, options)
            response, body = self.get_json(self.url(f"{service}/{path}?{query_of(options)}"))
        except Refused as error:
            if error.status == 404:
                return None
            raise
        row = body.get("d")
        if not isinstance(row, dict):
            raise ExternalError(_("The ERP's answer is not an entity."), permanent=True)
        self._complete(row, expanded(options))
        return Entity(row, etag_of(response.headers, row))

    def _v4_entity(self, service: str, path: str, options: Mapping[str, str]) -> Entity:
        other, (entity_set, opened, key) = self._v4[service], path.partition("(")
        types = self._v4_types(service)
        url = f"{self.base_url}{other.path}{other.sets[entity_set]}{opened}{key}?{other.query_of(options)}"
        response, row = self.get_json(url, Accept=V4_JSON)
        self._v4_complete(other, row)
        return Entity(other.rows([row], types)[0], response.headers.get("ETag", "") or str(row.get("@odata.etag", "")))

    def _page(self, url: str, below: Expanded, parse: Parse = orjson.loads) -> Page:
        response, body = self.get_json(url, parse=parse)
        content = body.get("d", {})
        rows = content.get("results", []) if isinstance(content, dict) else content
        if not isinstance(rows, list):
            raise ExternalError(_("The ERP's answer is not a list of rows."), permanent=True)
        if below:
            for row in rows:
                self._complete(row, below)
        more = content.get("__next", "") if isinstance(content, dict) else ""
        return Page(rows, more, date_header(response))

    def _complete(self, row: Row, below: Expanded) -> None:
        """Put plain lists in place of expanded collections, reading on where one was cut."""
        for name, deeper in below.items():
            value = row.get(name)
            if isinstance(value, dict) and "results" in value:
                rows, link = value["results"], value.get("__next", "")
                row[name] = rows
                if deeper:
                    for child in rows:
                        self._complete(child, deeper)
                while link:
                    rest = self.following(link, deeper)
                    rows += rest.rows
                    link = rest.more
            elif deeper and isinstance(value, dict | list):
                for child in value if isinstance(value, list) else [value]:
                    self._complete(child, deeper)


def expanded(options: Mapping[str, str]) -> Expanded:
    """The paths of `$expand` as a tree."""
    tree: dict[str, Any] = {}
    for path in filter(None, options.get("$expand", "").split(",")):
        here = tree
        for name in path.split("/"):
            here = here.setdefault(name, {})
    return tree


def _lacking(row: Row, select: str) -> list[str]:
    """The selected properties that a row, or the first entity expanded below it, comes without."""
    lacking = []
    for path in filter(None, select.split(",")):
        *above, name = path.split("/")
        at: Any = row
        for step in above:
            at = at.get(step) if isinstance(at, dict) else None
            at = at[0] if isinstance(at, list) and at else at
        if isinstance(at, dict) and name not in at and "__deferred" not in at:
            lacking.append(path)
    return lacking


def _names_one(texts: tuple[str, ...], options: Mapping[str, str]) -> bool:
    """Whether a refusal names something that was asked for: then that is what the set no longer has."""
    asked = set(re.findall(r"\w+", " ".join(options.values())))
    return any(word in asked for text in texts for word in re.findall(r"\w+", text))


def changed(entity_set: str, what: str) -> SchemaChanged:
    """What to raise when a set is no longer as we read it."""
    text = _("The ERP no longer offers %(set)s as we read it (%(what)s): test the connection to see what is missing.")
    return SchemaChanged(lazily(text, set=entity_set, what=what))


def etag_of(headers: Mapping[str, str], row: Row) -> str:
    """An entity's ETag: SAP gives it in the header, in the entity, or in both."""
    inside = row.get("__metadata")
    return headers.get("ETag", "") or str((inside or {}).get("etag", "") if isinstance(inside, dict) else "")
