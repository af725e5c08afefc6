"""What a record page shows: declared, so that a page is its list of parts and higher apps add theirs by the panel registry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Action:
    """A button in the record's head. `url(record)` gives its address; `permission` who sees it; `post` sends a form.

    `label` and `icon` may be functions of the record. `dialog` opens the address over the page where scripts run (a panel's
    script listens for [data-dialog]).
    """

    label: Any
    url: Callable[[Any], str]
    icon: str | Callable[[Any], str]
    permission: str
    primary: bool = False
    post: bool = False
    when: Callable[[Any], bool] | None = None
    dialog: bool = False


@dataclass(frozen=True)
class RecordTab:
    """A tab that holds several panels of the slot 'tab': one at a time, chosen in a row of their own, or `stacked`, each fetched
    once it is in view. Shown to readers who may see one of its panels; `first` is the key of the one that comes first."""

    key: str
    label: Any
    stacked: bool = False
    first: str = ""


@dataclass(frozen=True)
class RecordPage:
    """The head of a record page and its own attributes; the rest comes from the panels registered for the model.

    title/code: of the record. badges(record) and meta(record) give safe markup snippets; attributes name the fields listed in
    the 'details' card, each a field name or (label, function of the record giving safe markup), with a right behind it for what
    only readers with that right see. Guarded fields (crm/base/guarding.py) need none. next_step(request, record) says what is to
    be done next. `tabs` group the panels of a record that many apps speak of, else each has a tab of its own; `styles` names the
    page's own style sheet. `wide_details`: the details stand in the main column, where a record has little else.
    """

    title: Callable[[Any], Any] = str
    code: Callable[[Any], str] = lambda record: str(record.pk)
    avatar: Callable[[Any], str] | None = None
    badges: Callable[[Any], Sequence[str]] = lambda record: ()
    meta: Callable[[Any], Sequence[tuple[str, Any]]] = lambda record: ()
    actions: Sequence[Action] = ()
    attributes: Sequence[str | tuple[Any, Callable[[Any], Any]] | tuple[Any, Callable[[Any], Any], str]] = ()
    select: tuple[str, ...] = ()
    next_step: Callable[[Any, Any], dict[str, Any] | None] = lambda request, record: None
    strip: str = ""  # template of a process strip below the head (stage path)
    strip_context: Callable[[Any, Any], dict[str, Any]] = lambda request, record: {}
    tabs: Sequence[RecordTab] = ()
    styles: str = ""
    wide_details: bool = False
