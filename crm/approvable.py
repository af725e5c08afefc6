"""What an app says about a kind of document that is approved, for the registry `approval_documents`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Label = Any  # str or the lazy string of gettext_lazy


@dataclass(frozen=True)
class ApprovalFact:
    """Something about a document that an approval policy can ask for. `read(record)` gives it.

    `kind` is "money", "number" or "choice"; a choice gives a key of `choices()`, which are (key, label), and None for none.
    """

    name: str
    label: Label
    kind: str
    read: Callable[[Any], Any]
    choices: Callable[[], Sequence[tuple[Any, Label]]] | None = None
    unit: Label = ""


Shown = str | tuple[str, Label, Callable[[Any], str]]


@dataclass(frozen=True)
class ApprovalDocument:
    """A kind of document that is approved; register it by `crm.workflow.documents.register_document`.

    `model` is the label of the records ("app.Model"), `permission` the right to ask. `among(rows)` narrows its rows to those that
    can be such a document at all, `title(record)` names one. `facts` are what policies can ask for.
    `show` are the document's fields that the approver reads, each a field's name or (name, label, function giving text).
    `ready(record, changes)` raises DomainError when the record cannot be sent for approval as it stands, `offered(record)` says
    whether its page shows the button. The functions `on_*(record=, request=, actor=)` run in the transaction of the decision;
    `request.new_values()` are the values asked for, as text, when the request is about changes. `headline(request)` says in a
    line what it is about, from `request.facts`. `place(record)` gives the team and business unit that approvers are sought in.
    Without a policy that matches a request is refused, or approved at once where `free_without_policy` says so. While a request
    runs its record is frozen; where only single fields are held, which the app then sees to, `freezes` is False.
    """

    key: str
    label: Label
    model: str
    permission: str
    show: Sequence[Shown]
    title: Callable[[Any], str] = str
    among: Callable[[Any], Any] = lambda rows: rows
    facts: Sequence[ApprovalFact] = ()
    ready: Callable[[Any, dict[str, Any]], None] = lambda record, changes: None
    offered: Callable[[Any], bool] = lambda record: False
    headline: Callable[[Any], str] = lambda request: ""
    place: Callable[[Any], tuple[Any, Any]] = lambda record: (record.team, record.business_unit)
    on_approved: Callable[..., Any] | None = None
    on_rejected: Callable[..., Any] | None = None
    on_returned: Callable[..., Any] | None = None
    on_withdrawn: Callable[..., Any] | None = None
    free_without_policy: bool = False
    freezes: bool = True
    icon: str = "file-text"
    order: int = 100
