"""Who may open which address: one line per URL name. tests/test_access.py walks all URLs and fails on one that is not here.

Page(permission): the same for everybody who has the permission.
Record(permission, make): the record decides; `make(org, owner=...)` builds one, `kwargs(record)` its address. Inside the
reach 200, outside 404. Own(...): rows of one person; only that person gets them.
Open: visitors too. Member: everybody who is signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from crm.extension_points import settings_pages
from crm.models import (
    ExportLog,
    ImportBatch,
    Job,
    Notification,
    PersonalDataEntry,
    SavedView,
    SignInEvent,
    UserSession,
)
from integrations.models import RejectedRow, SyncRun
from tests.factories import organisation as org_rows
from tests.factories import records as make
from tests.factories.analytics import make_target

Permission = str | tuple[str, ...] | None  # all of them; None: whoever is signed in


@dataclass(frozen=True)
class Page:
    """A page without a record. `kwargs` fill the URL, `data` makes it a POST, `allowed` are the codes of somebody allowed."""

    permission: Permission
    kwargs: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    data: dict[str, Any] | None = None
    allowed: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Record:
    """A page of a record; `kwargs(record)` fills the URL (pk by default)."""

    permission: Permission
    make: Callable[..., Any]
    kwargs: Callable[[Any], dict[str, Any]] = lambda record: {"pk": record.pk}
    data: dict[str, Any] | None = None
    allowed: tuple[int, ...] = (200,)
    scoped: bool = True  # False: rows that belong to nobody


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


@dataclass(frozen=True)
class Member:
    """Everybody who is signed in."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    data: dict[str, Any] | None = None
    allowed: tuple[int, ...] = (200,)


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
) -> dict[str, Expectation]:
    """The URLs of a generic entity. `bulk`: action -> permission; `space`: their name space when it is not the app's label."""
    view = f"{app}.view_{name}"
    urls = space or app
    lines: dict[str, Expectation] = {
        f"{urls}:{name}_list": Page(view),
        f"{urls}:{name}_record": Record(view, factory, scoped=scoped),
        f"{urls}:{name}_tab": Record(view, factory, lambda record: {"pk": record.pk, "tab": "history"}, scoped=scoped),
    }
    if edit:
        lines[f"{urls}:{name}_create"] = Page(f"{app}.add_{name}")
        lines[f"{urls}:{name}_edit"] = Record(f"{app}.change_{name}", factory, scoped=scoped)
    for action, permission in (bulk or {}).items():
        lines[f"{urls}:{name}_bulk"] = Page(permission, {"action": action}, data={"ids": []}, allowed=(302,))
    return lines


def organisation(name: str, factory: Callable[..., Any]) -> dict[str, Expectation]:
    """The URLs of a kind of record of the organisation, which belongs to nobody."""
    view = f"crm.view_{name}"
    tab = Record(view, factory, lambda record: {"pk": record.pk, "tab": "history"}, scoped=False)
    return {
        f"organisation:{name}_list": Page(view),
        f"organisation:{name}_record": Record(view, factory, scoped=False),
        f"organisation:{name}_tab": tab,
        f"organisation:{name}_create": Page(f"crm.add_{name}"),
        f"organisation:{name}_edit": Record(f"crm.change_{name}", factory, scoped=False),
    }


def shared(record: Any) -> dict[str, Any]:
    """The address of a customer's collaborators."""
    return {"label": "customers.customer", "pk": record.pk}


def step(record: Any, target: str) -> dict[str, Any]:
    """The address of a step of a record."""
    return {"pk": record.pk, "target": target}


def make_batch(org: Any, user: Any) -> ImportBatch:
    """An import of that person, waiting for its mapping."""
    return ImportBatch.objects.create(
        resource="customers",
        upload=ContentFile("客户名称\n甲公司\n".encode(), name="sheet"),
        file_name="customers.xlsx",
        created_by=user,
        headers=["客户名称"],
        samples=[["甲公司"]],
        mapping=["name"],
    )


def make_job(org: Any, user: Any) -> Job:
    """A waiting job of that person."""
    return Job.objects.create(kind="test", created_by=user)


def make_notification(org: Any, user: Any) -> Notification:
    """Something that person was told."""
    now = timezone.now()
    return Notification.objects.create(recipient=user, kind="test", title="told", created_at=now, at=now)


def make_view(org: Any, owner: Any) -> SavedView:
    """A view of that person, for nobody else."""
    return SavedView.objects.create(list_key="customers.customer", name=f"v{SavedView.objects.count()}", owner=owner)


def make_export(org: Any, owner: Any) -> ExportLog:
    """A finished export of that person, with its file."""
    return ExportLog.objects.create(
        list_key="customers.customer",
        columns=["name"],
        form="csv",
        language="en",
        rows=1,
        file=ContentFile(b"a", name="sheet"),
        created_by=owner,
    )


def make_session(org: Any, user: Any) -> UserSession:
    """Another device on which that person is signed in."""
    now = timezone.now()
    return UserSession.objects.create(user=user, key="x", signed_in_at=now, last_seen_at=now)


def make_sign_in(org: Any, owner: Any = None) -> SignInEvent:
    """An entry of the log of signing in."""
    return SignInEvent.objects.create(user=owner, username="x", kind="signed_in", at=timezone.now())


def make_run(org: Any, owner: Any = None) -> SyncRun:
    """A finished run of the sync; runs belong to nobody."""
    return SyncRun.objects.create(entity_set="A_SalesOrder", state="done")


def make_rejection(org: Any, owner: Any = None) -> RejectedRow:
    """A rejected row."""
    return RejectedRow.objects.create(
        run=make_run(org),
        entity_set="A_SalesOrder",
        external_id=str(SyncRun.objects.count()),
        reason="customer unknown",
        payload={"SalesOrder": "1"},
    )


def make_personal_entry(org: Any, owner: Any = None) -> PersonalDataEntry:
    """Somebody has looked at a number."""
    return PersonalDataEntry.objects.create(
        deed="revealed", actor=owner, record_kind="customers.contact", record_id=1, field="phone"
    )


def masked_field(contact: Any) -> dict[str, Any]:
    """The address of a contact's masked phone number."""
    return {"label": "customers.contact", "pk": contact.pk, "field": "phone"}


def make_personal_export(org: Any, user: Any) -> PersonalDataEntry:
    """An archive that this person asked for."""
    return PersonalDataEntry.objects.create(deed="exported", actor=user, file=ContentFile(b"a", name="archive"))


IMPORT = "crm.add_importbatch"
PERSONAL = "crm.manage_personal_data"
FIGURES = "analytics.view_cell"
FIGURES = "analytics.view_cell"
SYNC = "integrations.view_syncrun"
CUSTOMER = "customers.view_customer"
MATRIX: dict[str, Expectation] = {
    "home": Member(),
    "search": Member(query="?q=华信"),
    "more": Member(),
    "settings": AnyPermission(lambda: {page.permission for page in settings_pages.all()}),
    "preferences": Member(data={"theme": "light"}, allowed=(200, 204, 302)),
    "login": Open(allowed=(200, 302)),
    "login_code": Open(allowed=(302,)),
    "logout": Member(data={}, allowed=(302,)),
    "choices": Page("customers.view_customer", {"label": "customers.customer"}),
    "health_live": Open(),
    "health_ready": Open(),
    "metrics": Open(),
    # accounts
    "security:own": Member(),
    "security:session_end": Own(None, make_session, data={}, allowed=(302,), wide="crm.change_user"),
    "security:sessions_end_others": Member(data={}, allowed=(302,)),
    "security:second_factor": Member(),
    "security:codes": Member(data={}, allowed=(302,)),
    "security:second_factor_remove": Member(allowed=(302,)),
    "security:signinevent_list": Page("crm.view_signinevent"),
    "security:signinevent_record": Record("crm.view_signinevent", make_sign_in, scoped=False),
    "security:signinevent_tab": Record(
        "crm.view_signinevent", make_sign_in, lambda event: {"pk": event.pk, "tab": "history"}, scoped=False
    ),
    "security:user_sessions_end": Record(
        "crm.change_user", org_rows.make_person, data={}, allowed=(302,), scoped=False
    ),
    "security:user_unlock": Record("crm.change_user", org_rows.make_person, data={}, allowed=(302,), scoped=False),
    "security:user_factor_reset": Record(
        "crm.change_user", org_rows.make_person, data={}, allowed=(302,), scoped=False
    ),
    # running work, notifications
    "workflow:progress": Own(None, make_job, wide="crm.view_all_jobs"),
    "workflow:job_list": Member(),
    "workflow:job": Own(None, make_job, wide="crm.view_all_jobs"),
    "workflow:job_stop": Own(None, make_job, data={}, allowed=(302,), wide="crm.view_all_jobs"),
    "workflow:job_retry": Own(None, make_job, data={}, allowed=(302,), wide="crm.view_all_jobs"),
    **entity("crm", "task", make.make_task, space="workflow"),
    "workflow:task_step": Record(
        "crm.change_task", make.make_task, lambda task: {"pk": task.pk, "step": "cancel"}, data={}, allowed=(302,)
    ),
    "workflow:calendar": Member(query="?view=week"),
    "workflow:inbox": Member(),
    "workflow:notification_preferences": Member(),
    "workflow:inbox_newest": Member(),
    "workflow:inbox_read": Member(data={}, allowed=(302,)),
    "workflow:inbox_open": Own(None, make_notification, data={}, allowed=(302,)),
    "importing:start": Page(IMPORT),
    "importing:template": Page(IMPORT, {"resource": "customers"}),
    "importing:batch": Own(IMPORT, make_batch, allowed=(302,)),
    "importing:mapping": Own(IMPORT, make_batch),
    "importing:sheet": Own(IMPORT, make_batch, data={}, allowed=(302, 422)),
    "importing:check": Own(IMPORT, make_batch, data={}, allowed=(302, 422)),
    # an import that waits for its mapping has no cell to correct yet
    "importing:cell": Own(IMPORT, make_batch, data={}, allowed=(404,)),
    "importing:suggestions": Own(IMPORT, make_batch, data={}, allowed=(404,)),
    "importing:commit": Own(IMPORT, make_batch, data={}, allowed=(302, 422)),
    "importing:discard": Own(IMPORT, make_batch, data={}, allowed=(302,)),
    "importing:rows": Own(IMPORT, make_batch, lambda batch: {"pk": batch.pk, "form": "xlsx"}, allowed=(200, 302, 404)),
    # saved views
    "views:new": Page("customers.view_customer", {"key": "customers.customer"}),
    "views:menu": Own("customers.view_customer", make_view),
    "views:change": Own("customers.view_customer", make_view, data={"do": "undefault"}, allowed=(302,)),
    # exports
    "exporting:start": Page(
        ("crm.export_lists", "customers.view_customer"),
        {"key": "customers.customer"},
        data={"form": "csv"},
        allowed=(200, 302),
    ),
    "exporting:show": Own(None, make_export),
    "exporting:file": Own("crm.export_lists", make_export),
    "exporting:exportlog_list": Page("crm.view_exportlog"),
    "exporting:exportlog_record": Record("crm.view_exportlog", make_export, scoped=False),
    "exporting:exportlog_tab": Record(
        "crm.view_exportlog", make_export, lambda log: {"pk": log.pk, "tab": "history"}, scoped=False
    ),
    # personal data
    "personal:register": Page(PERSONAL),
    "personal:find": Page(PERSONAL, query="?q=甲"),
    "personal:export_start": Page(PERSONAL, data={}, allowed=(302,)),
    "personal:export": Own(PERSONAL, make_personal_export),
    "personal:export_file": Own(PERSONAL, make_personal_export),
    "personal:erase": Page(PERSONAL, data={}, allowed=(302,)),
    "personal:rule": Page(PERSONAL, {"key": "leads.Lead"}),
    "personal:reveal": Record(
        ("customers.view_contact", "crm.reveal_personal_data"), make.make_customer_contact, masked_field, data={}
    ),
    "personal:personaldataentry_list": Page("crm.view_personaldataentry"),
    "personal:personaldataentry_record": Record("crm.view_personaldataentry", make_personal_entry, scoped=False),
    "personal:personaldataentry_tab": Record(
        "crm.view_personaldataentry", make_personal_entry, lambda row: {"pk": row.pk, "tab": "history"}, scoped=False
    ),
    **entity("customers", "customer", make.make_customer, bulk={"transfer": "customers.transfer_customer"}),
    **entity("customers", "contact", make.make_customer_contact),
    **entity("leads", "campaign", make.make_campaign),
    "leads:campaign_step": Record(
        ("leads.view_campaign", "leads.change_campaign"), make.make_campaign, lambda record: step(record, "cancelled")
    ),
    **entity("leads", "lead", make.make_lead, bulk={"assign": "leads.assign_lead"}),
    "leads:lead_step": Record(
        ("leads.view_lead", "leads.change_lead"), make.make_lead, lambda record: step(record, "disqualified")
    ),
    **entity(
        "opportunities", "opportunity", make.make_opportunity, bulk={"transfer": "opportunities.transfer_opportunity"}
    ),
    "opportunities:opportunity_board": Page("opportunities.view_opportunity"),
    "opportunities:opportunity_lane": Record(
        "opportunities.view_opportunity",
        make.make_opportunity,
        lambda record: {"stage": record.stage_id, "?": f"?after={record.pk}"},
    ),
    "opportunities:opportunity_move": Record("opportunities.change_opportunity", make.make_opportunity),
    "opportunities:lead_convert": Record(
        ("opportunities.add_opportunity", "leads.view_lead", "leads.change_lead"), make.make_qualified_lead
    ),
    **entity("orders", "salesorder", make.make_order, edit=False),
    **entity("orders", "shipment", make.make_shipment, edit=False),
    **entity("orders", "invoice", make.make_invoice, edit=False),
    **entity("orders", "receivable", make.make_receivable, edit=False),
    **entity("service", "complaint", make.make_complaint),
    "service:complaint_move": Record(
        "service.change_complaint", make.make_complaint, lambda record: step(record, "investigating")
    ),
    # organisation
    **organisation("user", org_rows.make_person),
    "organisation:user_bulk": Page("crm.change_user", {"action": "move"}, data={"ids": []}, allowed=(302,)),
    "organisation:user_password": Record("crm.change_user", org_rows.make_person, data={}, scoped=False),
    "organisation:user_deactivate": Record("crm.change_user", org_rows.make_person, scoped=False),
    "organisation:user_reactivate": Record("crm.change_user", org_rows.make_leaver, data={}, scoped=False),
    **organisation("role", org_rows.make_role),
    **organisation("businessunit", lambda org, owner=None: org.silicones),
    **organisation("region", lambda org, owner=None: org.east),
    **organisation("team", lambda org, owner=None: org.team),
    "organisation:team_manager": Record("crm.change_team", lambda org, owner=None: org.team, scoped=False),
    "organisation:deputies": Member(),
    "organisation:deputy_end": Record(None, org_rows.make_deputy, data={}, allowed=(302,), scoped=False),
    "organisation:password": Member(),
    "organisation:share_add": Record(CUSTOMER, make.make_customer, shared, data={}, allowed=(302,)),
    "organisation:share_end": Record(
        CUSTOMER, make.make_customer, lambda record: {**shared(record), "share": 1}, data={}, allowed=(302,)
    ),
    "analytics:dashboard": Page(FIGURES),
    "analytics:indicators": Page(FIGURES, query="?open=61&by=region"),
    "analytics:indicator": Page(FIGURES, {"number": 61}),
    "analytics:rows": Page((FIGURES, "orders.view_invoice"), {"number": 61}),
    "analytics:target_list": Page("analytics.view_target"),
    "analytics:target_create": Page("analytics.add_target"),
    "analytics:target_record": Record("analytics.view_target", make_target, scoped=False),
    "analytics:target_edit": Record("analytics.change_target", make_target, scoped=False),
    "analytics:target_tab": Record(
        "analytics.view_target", make_target, lambda target: {"pk": target.pk, "tab": "history"}, scoped=False
    ),
    "integrations:sync": Page(SYNC),
    "integrations:sync_start": Page("integrations.run_sync", data={}, allowed=(302,)),
    "integrations:connection": Page("integrations.view_erpconnection"),
    "integrations:connection_test": Page("integrations.change_erpconnection", data={}, allowed=(200, 422)),
    "integrations:syncrun_list": Page(SYNC),
    "integrations:syncrun_record": Record(SYNC, make_run, scoped=False),
    "integrations:syncrun_tab": Record(SYNC, make_run, lambda run: {"pk": run.pk, "tab": "history"}, scoped=False),
    "integrations:rejectedrow_list": Page(SYNC),
    "integrations:rejectedrow_record": Record(SYNC, make_rejection, scoped=False),
    "integrations:rejectedrow_tab": Record(
        SYNC, make_rejection, lambda row: {"pk": row.pk, "tab": "history"}, scoped=False
    ),
}
