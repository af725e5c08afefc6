"""What may be expected of an address, and the lines that a kind of record has by the generic views."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

CUSTOMER = "customers.view_customer"
Permission = str | tuple[str, ...] | None  # all of them; None: whoever is signed in


@dataclass(frozen=True)
class Page:
    """A page without a record. `kwargs` fill the URL, `data` makes it a POST, `allowed` are the codes of somebody allowed."""

    permission: Permission
    kwargs: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    data: dict[str, Any] | None = None
    allowed: tuple[int, ...] = (200,)
    visitor: tuple[int, ...] = (302,)  # what somebody who is not signed in gets: the way to sign in


@dataclass(frozen=True)
class Record:
    """A page of a record; `kwargs(record)` fills the URL (pk by default)."""

    permission: Permission
    make: Callable[..., Any]
    kwargs: Callable[[Any], dict[str, Any]] = lambda record: {"pk": record.pk}
    data: dict[str, Any] | None = None
    allowed: tuple[int, ...] = (200,)
    scoped: bool = True  # False: rows that belong to nobody
    visitor: tuple[int, ...] = (302,)


@dataclass(frozen=True)
class Own:
    """A page of a row that belongs to the person who made it; `make(org, user)` builds one. `wide`: who has this permission
    opens those of others too."""

    permission: Permission
    make: Callable[..., Any]
    kwargs: Callable[[Any], dict[str, Any]] = lambda record: {"pk": record.pk}
    data: dict[str, Any] | None = None
    allowed: tuple[int, ...] = (200,)
    wide: str = ""
    visitor: tuple[int, ...] = (302,)


@dataclass(frozen=True)
class Member:
    """Everybody who is signed in."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    data: dict[str, Any] | None = None
    allowed: tuple[int, ...] = (200,)
    visitor: tuple[int, ...] = (302,)


@dataclass(frozen=True)
class AnyPermission:
    """A page for everybody who has at least one of the permissions."""

    permissions: Callable[[], set[str]]
    kwargs: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    allowed: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Open:
    """Visitors too."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    allowed: tuple[int, ...] = (200,)


def address(name: str, kwargs: dict[str, Any], line: Any) -> str:
    """The address; `kwargs` may hold a query string under "?"."""
    query = kwargs.get("?", getattr(line, "query", ""))
    return reverse(name, kwargs={key: value for key, value in kwargs.items() if key != "?"}) + query


Expectation = Page | Record | Own | Member | AnyPermission | Open


def entity(
    app: str,
    name: str,
    factory: Callable[..., Any],
    *,
    edit: bool = True,
    scoped: bool = True,
    bulk: dict[str, str] | None = None,
    space: str = "",
    tagged: bool = True,
) -> dict[str, Expectation]:
    """The URLs of a generic entity. `bulk`: action -> permission; `space`: their name space when it is not the app's label;
    `tagged`: it can bear tags."""
    view = f"{app}.view_{name}"
    urls = space or app
    lines: dict[str, Expectation] = {
        f"{urls}:{name}_list": Page(view),
        f"{urls}:{name}_record": Record(view, factory, scoped=scoped),
        f"{urls}:{name}_tab": Record(view, factory, lambda record: {"pk": record.pk, "tab": "history"}, scoped=scoped),
    }
    lines[f"{urls}:{name}_print"] = Record(view, factory, scoped=scoped)
    if tagged:
        lines[f"{urls}:{name}_bulk"] = Page(
            (view, "crm.tag_records"), {"action": "tags"}, data={"ids": []}, allowed=(302,)
        )
    if edit:
        lines[f"{urls}:{name}_create"] = Page(f"{app}.add_{name}")
        lines[f"{urls}:{name}_edit"] = Record(f"{app}.change_{name}", factory, scoped=scoped)
    for action, permission in (bulk or {}).items():
        lines[f"{urls}:{name}_bulk"] = Page(permission, {"action": action}, data={"ids": []}, allowed=(302,))
    return lines


def without(lines: dict[str, Expectation], action: str) -> dict[str, Expectation]:
    """The lines of an entity that lacks one of the pages."""
    return {name: line for name, line in lines.items() if not name.endswith(f"_{action}")}


def organisation(
    name: str, factory: Callable[..., Any], space: str = "organisation", tagged: bool = False
) -> dict[str, Expectation]:
    """The URLs of a kind of record of the organisation, which belongs to nobody; `tagged`: it can bear tags."""
    view = f"crm.view_{name}"
    tab = Record(view, factory, lambda record: {"pk": record.pk, "tab": "history"}, scoped=False)
    bulk = Page((view, "crm.tag_records"), {"action": "tags"}, data={"ids": []}, allowed=(302,))
    return {
        **({f"{space}:{name}_bulk": bulk} if tagged else {}),
        f"{space}:{name}_list": Page(view),
        f"{space}:{name}_record": Record(view, factory, scoped=False),
        f"{space}:{name}_tab": tab,
        f"{space}:{name}_print": Record(view, factory, scoped=False),
        f"{space}:{name}_create": Page(f"crm.add_{name}"),
        f"{space}:{name}_edit": Record(f"crm.change_{name}", factory, scoped=False),
    }


def step(record: Any, target: str) -> dict[str, Any]:
    """The address of a step of a record."""
    return {"pk": record.pk, "target": target}
