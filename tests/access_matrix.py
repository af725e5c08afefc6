"""Who may open which address: one line per URL name. tests/test_access.py walks all URLs and fails on one that is not here.

Page(permission): the same for everybody who has the permission.
Record(permission, make): the record decides; `make(org, owner=...)` builds one, `kwargs(record)` its address. Inside the
reach 200, outside 404. Own(...): rows of one person; only that person gets them.
Open: visitors too. Member: everybody who is signed in.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from crm.extension_points import settings_pages
from crm.models import (
    Attachment,
    Comment,
    ExportLog,
    ImportBatch,
    Job,
    Notification,
    PersonalDataEntry,
    SavedView,
    SignInEvent,
    TrailEntry,
    TrailErasure,
    UserSession,
    WorkingCalendar,
)
from crm.records.domain.trail import erase_from_trail
from integrations.models import RejectedRow, SyncRun
from opportunities.models import Stage
from tests.factories import admission, archive, configured, grading, pool, wallet
from tests.factories import catalogue as goods
from tests.factories import organisation as org_rows
from tests.factories import records as make
from tests.factories.analytics import make_target
from tests.factories.approvals import make_draft, make_request
from tests.factories.merging import make_merge, make_namesake

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


CONVERT = ("opportunities.add_opportunity", "leads.view_lead", "leads.change_lead")
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


def shared(record: Any) -> dict[str, Any]:
    """The address of a customer's collaborators."""
    return {"label": "customers.customer", "pk": record.pk}


def comment_of(record: Any) -> dict[str, Any]:
    """The address of the only comment on a customer, as its text."""
    return {**shared(record), "comment": Comment.objects.get(object_id=record.pk).pk, "?": "?as=text"}


def file_of(record: Any) -> dict[str, Any]:
    """The address of the only file of a customer."""
    return {**shared(record), "file": Attachment.objects.get(object_id=record.pk).pk}


def step(record: Any, target: str) -> dict[str, Any]:
    """The address of a step of a record."""
    return {"pk": record.pk, "target": target}


def make_batch(org: Any, user: Any) -> ImportBatch:
    """An import of that person, waiting for its mapping."""
    return ImportBatch.objects.create(
        resource="price_reports",  # whoever may import at all may report prices
        upload=ContentFile("竞争对手\nD 牌\n".encode(), name="sheet"),
        file_name="prices.xlsx",
        created_by=user,
        headers=["竞争对手"],
        samples=[["D 牌"]],
        mapping=["competitor"],
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


def make_bulk_edit(org: Any, user: Any) -> Job:
    """A bulk edit of customers by that person."""
    params = {"list": "customers.customer", "query": "", "ids": [], "values": "", "language": "en"}
    return Job.objects.create(kind="bulk_edit", created_by=user, params=params, state="done")


def make_change(org: Any, owner: Any) -> TrailEntry:
    """The change that made a customer of that person."""
    customer = make.make_customer(org, owner=owner)
    return TrailEntry.objects.get(kind="customers.customer", record_id=customer.pk)


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


def make_erasure(org: Any, owner: Any = None) -> TrailErasure:
    """The phone number of a contact was taken out of the trail."""
    contact = make.make_contact(org, customer=make.make_customer(org, owner=owner or org.people.sales_rep))
    return erase_from_trail(
        kind="customers.contact", records=[contact.pk], fields=["phone"], reason="request of a person", actor=owner
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


def make_calendar(org: Any, owner: Any = None) -> WorkingCalendar:
    """A calendar of a business unit of its own, with a holiday; calendars belong to nobody."""
    number = WorkingCalendar.objects.count()
    unit = type(org.agro).objects.create(code=f"U{number}", name=f"U{number}")
    calendar = WorkingCalendar.objects.create(
        business_unit=unit, weekdays=[1], opens_at=dt.time(9), closes_at=dt.time(18)
    )
    calendar.special_days.create(day=timezone.localdate(), is_working=False)
    return calendar


APPROVALS = "crm.view_approvalrequest"
ALL_APPROVALS = "crm.view_all_approvals"
IMPORT = "crm.add_importbatch"
PERSONAL = "crm.manage_personal_data"
FIGURES = "analytics.view_cell"
FIGURES = "analytics.view_cell"
SYNC = "integrations.view_syncrun"
CUSTOMER = "customers.view_customer"


def of_line(record: Any) -> dict[str, Any]:
    """The address of the first customer of a hand-over."""
    return {"pk": record.pk, "line": record.lines.order_by("pk")[0].pk}


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
    "security:signinevent_print": Record("crm.view_signinevent", make_sign_in, scoped=False),
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
    "workflow:approvalrequest_list": Page(APPROVALS),
    "workflow:approvalrequest_bulk": Page(
        (APPROVALS, "crm.decide_approval"), {"action": "approve"}, data={"ids": []}, allowed=(302,)
    ),
    "workflow:approvalrequest_record": Own(APPROVALS, make_request, wide=ALL_APPROVALS),
    "workflow:approvalrequest_print": Own(APPROVALS, make_request, wide=ALL_APPROVALS),
    "workflow:approvalrequest_tab": Own(
        APPROVALS, make_request, lambda row: {"pk": row.pk, "tab": "history"}, wide=ALL_APPROVALS
    ),
    "workflow:approvalrequest_do": Own(
        APPROVALS, make_request, lambda row: {"pk": row.pk, "act": "reject"}, wide=ALL_APPROVALS
    ),
    "workflow:approval_request": Record(
        "leads.change_campaign", make.make_campaign, lambda record: {"key": "campaign", "pk": record.pk}
    ),
    **entity("crm", "approvalpolicy", make_draft, scoped=False, space="workflow", tagged=False),
    "workflow:approvalpolicy_do": Record(
        "crm.change_approvalpolicy",
        make_draft,
        lambda policy: {"pk": policy.pk, "act": "retire"},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    "importing:start": Page(IMPORT),
    "importing:template": Page(IMPORT, {"resource": "price_reports"}),
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
    "views:layout": Page("customers.view_customer", {"key": "customers.customer"}, data={}, allowed=(302,)),
    "views:menu": Own("customers.view_customer", make_view),
    "views:change": Own("customers.view_customer", make_view, data={"do": "undefault"}, allowed=(302,)),
    # what hangs on a record
    "dossier:kept": Member(),
    "dossier:star": Record(CUSTOMER, make.make_customer, shared, data={}, allowed=(302,)),
    "dossier:follow": Record(CUSTOMER, make.make_customer, shared, data={}, allowed=(302,)),
    "dossier:tags": Record((CUSTOMER, "crm.tag_records"), make.make_customer, shared, data={}, allowed=(422,)),
    "dossier:timeline": Record(CUSTOMER, make.make_customer, shared),
    "dossier:people": Record(CUSTOMER, make.make_customer, shared),
    "dossier:comments": Record(
        (CUSTOMER, "crm.add_comment"), make.make_customer, shared, data={"text": "x"}, allowed=(302,)
    ),
    "dossier:comment": Record(CUSTOMER, make.make_commented, comment_of),
    "dossier:comment_delete": Record(
        (CUSTOMER, "crm.add_comment"), make.make_commented, comment_of, data={}, allowed=(200, 302)
    ),
    "dossier:files": Record((CUSTOMER, "crm.add_attachment"), make.make_customer, shared, data={}, allowed=(302,)),
    "dossier:file": Record(CUSTOMER, make.make_filed, file_of),
    "dossier:file_remove": Record(CUSTOMER, make.make_filed, file_of, data={}, allowed=(302, 403)),
    **organisation("tag", make.make_tag, "dossier"),
    "dossier:tag_merge": Record("crm.change_tag", make.make_tag, scoped=False),
    # bulk edits
    "bulk:edit": Page(
        ("customers.view_customer", "customers.change_customer"),
        {"key": "customers.customer"},
        data={},
        allowed=(302,),
    ),
    "bulk:show": Own(CUSTOMER, make_bulk_edit),
    # exports
    "exporting:start": Page(
        ("crm.export_lists", "customers.view_customer"),
        {"key": "customers.customer"},
        data={"form": "csv"},
        allowed=(200, 302),
    ),
    "exporting:ask": Page(
        ("crm.export_lists", "customers.view_customer"), {"key": "customers.customer"}, query="?form=csv&query="
    ),
    "exporting:show": Own(None, make_export),
    "exporting:file": Own("crm.export_lists", make_export),
    "exporting:exportlog_list": Page("crm.view_exportlog"),
    "exporting:exportlog_record": Record("crm.view_exportlog", make_export, scoped=False),
    "exporting:exportlog_print": Record("crm.view_exportlog", make_export, scoped=False),
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
    "personal:personaldataentry_print": Record("crm.view_personaldataentry", make_personal_entry, scoped=False),
    "personal:personaldataentry_tab": Record(
        "crm.view_personaldataentry", make_personal_entry, lambda row: {"pk": row.pk, "tab": "history"}, scoped=False
    ),
    # audit trail
    "auditing:trailentry_list": Page("crm.view_trail"),
    "auditing:trailentry_record": Record("crm.view_trail", make_change, scoped=False),
    "auditing:trailentry_print": Record("crm.view_trail", make_change, scoped=False),
    "auditing:trailentry_tab": Record(
        "crm.view_trail", make_change, lambda entry: {"pk": entry.pk, "tab": "history"}, scoped=False
    ),
    "auditing:trailerasure_list": Page("crm.view_trail"),
    "auditing:trailerasure_record": Record("crm.view_trail", make_erasure, scoped=False),
    "auditing:trailerasure_print": Record("crm.view_trail", make_erasure, scoped=False),
    "auditing:trailerasure_tab": Record(
        "crm.view_trail", make_erasure, lambda row: {"pk": row.pk, "tab": "history"}, scoped=False
    ),
    **entity("customers", "customer", make.make_customer, bulk={"transfer": "customers.transfer_customer"}),
    **entity("customers", "contact", make.make_customer_contact),
    # the archive and registration of customers
    "customers:customer_create": Page("customers.add_customer", allowed=(200, 302)),
    **entity("customers", "customeraddress", archive.make_owned_address),
    **entity("customers", "customerbilling", archive.make_owned_billing),
    **entity("customers", "customerlegal", archive.make_owned_legal),
    **without(entity("customers", "customerregistration", archive.make_registration), "create"),
    "customers:customerregistration_step": Record(
        "customers.change_customerregistration",
        archive.make_registration,
        lambda record: {"pk": record.pk, "step": "send"},
        data={},
        allowed=(302,),
    ),
    "customers:register": Page("customers.add_customerregistration", query="?q=华信"),
    "customers:register_new": Page("customers.add_customerregistration", query="?name=华信"),
    "customers:ask_owner": Member(data={"ask": "made up"}, allowed=(404,)),
    "customers:exists": Member(query="?q=华信"),
    **entity("customers", "gradingmodel", grading.make_grading_draft, scoped=False, tagged=False),
    "customers:gradingmodel_do": Record(
        "customers.change_gradingmodel",
        grading.make_grading_draft,
        lambda record: {"pk": record.pk, "act": "publish"},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    **entity("customers", "graderun", grading.make_grade_run, edit=False, tagged=False),
    "customers:graderun_compute": Page("customers.change_graderun"),
    **entity(
        "customers",
        "gradeproposal",
        grading.make_proposal,
        edit=False,
        tagged=False,
        bulk={"accept": "customers.set_grade"},
    ),
    **entity("customers", "gradepolicy", grading.make_grade_policy, scoped=False, tagged=False),
    # the pool and hand-overs
    **entity("customers", "poolentry", pool.make_entry, edit=False, bulk={"claim": "customers.claim_customer"}),
    **entity("customers", "customerpool", pool.make_pool, tagged=False),
    **entity("customers", "recyclerule", pool.make_rule, tagged=False),
    **entity("customers", "handoverpack", pool.make_pack),
    "customers:poolentry_step": Record(
        ("customers.view_poolentry", "customers.assign_pool"), pool.make_entry, lambda record: step(record, "assign")
    ),
    "customers:handoverpack_step": Record(
        ("customers.view_handoverpack", "customers.change_handoverpack"),
        pool.make_pack,
        lambda record: step(record, "decline"),
    ),
    "customers:customer_step": Record(
        (CUSTOMER, "customers.release_customer"), make.make_customer, lambda record: step(record, "release")
    ),
    "customers:pool_warnings": Page(None, allowed=(302,)),
    "customers:pool_tomorrow": Page("customers.view_customerpool"),
    "customers:handover_sheet": Record("customers.view_handoverpack", pool.make_pack, of_line),
    "customers:handover_decline": Record(
        ("customers.view_handoverpack", "customers.change_handoverpack"), pool.make_pack, of_line
    ),
    "customers:protected_fields": Page("customers.change_protectedfield"),
    **entity("customers", "admission", admission.make_admission),
    "customers:admission_step": Record(
        ("customers.view_admission", "customers.change_admission"),
        admission.make_admission,
        lambda record: step(record, "withdrawn"),
    ),
    "customers:admission_answers": Record("customers.change_admission", admission.make_admission),
    "customers:admission_renew": Record(
        "customers.change_admission", admission.make_admission, data={}, allowed=(302,)
    ),
    **entity("customers", "admissionchecklist", admission.make_draft_checklist, scoped=False, tagged=False),
    "customers:admissionchecklist_do": Record(
        "customers.change_admissionchecklist",
        admission.make_draft_checklist,
        lambda record: {"pk": record.pk, "act": "edition"},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    **entity("customers", "customercertificatedemand", admission.make_certificate),
    **entity("customers", "customerdemand", wallet.make_demand),
    **entity("customers", "demandshare", wallet.make_share, tagged=False),
    **entity("customers", "improvementplan", wallet.make_plan),
    **entity("customers", "improvementgoal", wallet.make_goal, tagged=False),
    **entity("customers", "contributionrate", wallet.make_rate, scoped=False, tagged=False),
    "analytics:contribution": Page(("crm.view_cost", "customers.view_customercontribution")),
    "customers:improvementplan_step": Record(
        "customers.change_improvementplan", wallet.make_plan, lambda record: {"pk": record.pk, "target": "cancelled"}
    ),
    # merging customers
    **entity("customers", "customermerge", make_merge, edit=False, tagged=False),
    "customers:customermerge_step": Record(
        ("customers.view_customermerge", "customers.merge_customer"), make_merge, lambda record: step(record, "undone")
    ),
    "customers:customer_duplicates": Page(("customers.view_customer", "customers.merge_customer")),
    "customers:customer_merge": Record(("customers.view_customer", "customers.merge_customer"), make.make_customer),
    "customers:customer_merge_values": Record(
        ("customers.view_customer", "customers.merge_customer"),
        make_namesake,
        lambda record: {"pk": record.pk, "other": record.other.pk},
    ),
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
    "opportunities:lead_convert": Record(CONVERT, make.make_qualified_lead),
    "opportunities:lead_register": Record(
        (*CONVERT, "customers.add_customerregistration"),
        make.make_qualified_lead,
    ),
    "opportunities:lead_finish": Record(CONVERT, make.make_converting_lead, data={}, allowed=(302,)),
    **entity("orders", "salesorder", make.make_order, edit=False),
    **entity("orders", "shipment", make.make_shipment, edit=False),
    **entity("orders", "invoice", make.make_invoice, edit=False),
    **entity("orders", "receivable", make.make_receivable, edit=False),
    **entity("service", "complaint", make.make_complaint),
    "service:complaint_move": Record(
        "service.change_complaint", make.make_complaint, lambda record: step(record, "investigating")
    ),
    # catalogue
    **entity("crm", "product", goods.make_product, scoped=False, space="catalogue"),
    "catalogue:product_unit_set": Record(
        "crm.change_product", goods.make_product, data={}, allowed=(302,), scoped=False
    ),
    "catalogue:product_unit_remove": Record(
        "crm.change_product",
        goods.make_product,
        lambda product: {"pk": product.pk, "unit": goods.make_product_unit(product).pk},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    **entity("crm", "productline", goods.make_line, scoped=False, space="catalogue"),
    **entity("crm", "specificationfield", goods.make_field, scoped=False, space="catalogue", tagged=False),
    **entity("crm", "unit", goods.make_unit, scoped=False, space="catalogue", tagged=False),
    **entity("crm", "currency", goods.make_currency, scoped=False, space="catalogue", tagged=False),
    **entity("crm", "exchangerate", goods.make_rate, scoped=False, space="catalogue", tagged=False),
    **entity("crm", "pricelist", goods.make_list, scoped=False, space="catalogue"),
    "catalogue:pricelist_copy": Record("crm.add_pricelist", goods.make_list, scoped=False),
    **entity("crm", "priceitem", goods.make_price, scoped=False, space="catalogue", tagged=False),
    "catalogue:priceitem_remove": Record(
        "crm.change_priceitem", goods.make_price, data={}, allowed=(302,), scoped=False
    ),
    **entity("crm", "cost", goods.make_cost, scoped=False, space="catalogue", tagged=False),
    "catalogue:finder": Page("crm.view_priceitem"),
    **entity("crm", "competitor", goods.make_competitor, scoped=False, space="catalogue"),
    **entity("crm", "competitorproduct", goods.make_rival, scoped=False, space="catalogue"),
    **entity("crm", "pricereport", goods.make_report, scoped=False, space="catalogue"),
    # organisation
    **organisation("user", org_rows.make_person),
    "organisation:user_bulk": Page("crm.change_user", {"action": "move"}, data={"ids": []}, allowed=(302,)),
    "organisation:user_password": Record("crm.change_user", org_rows.make_person, data={}, scoped=False),
    "organisation:user_deactivate": Record("crm.change_user", org_rows.make_person, scoped=False),
    "organisation:user_reactivate": Record("crm.change_user", org_rows.make_leaver, data={}, scoped=False),
    **organisation("role", org_rows.make_role),
    **organisation("businessunit", lambda org, owner=None: org.silicones, tagged=True),
    **organisation("region", lambda org, owner=None: org.east, tagged=True),
    **organisation("team", lambda org, owner=None: org.team, tagged=True),
    "organisation:team_manager": Record("crm.change_team", lambda org, owner=None: org.team, scoped=False),
    **organisation("workingcalendar", make_calendar),
    "organisation:workingcalendar_days": Record("crm.change_workingcalendar", make_calendar, scoped=False),
    "organisation:workingcalendar_day_remove": Record(
        "crm.change_workingcalendar",
        make_calendar,
        lambda calendar: {"pk": calendar.pk, "day": calendar.special_days.get().pk},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    "organisation:deputies": Member(),
    "organisation:deputy_end": Record(None, org_rows.make_deputy, data={}, allowed=(302,), scoped=False),
    "organisation:password": Member(),
    "organisation:share_add": Record(CUSTOMER, make.make_customer, shared, data={}, allowed=(302,)),
    "organisation:share_end": Record(
        CUSTOMER, make.make_customer, lambda record: {**shared(record), "share": 1}, data={}, allowed=(302,)
    ),
    # configuration
    **entity("crm", "extrafield", configured.make_field, scoped=False, space="configuration", tagged=False),
    "configuration:extrafield_delete": Record(
        "crm.change_extrafield", configured.make_field, data={}, allowed=(302,), scoped=False
    ),
    **entity("crm", "choicelist", configured.make_list, scoped=False, space="configuration", tagged=False),
    "configuration:choicelist_delete": Record(
        "crm.change_choicelist", configured.make_list, data={}, allowed=(302,), scoped=False
    ),
    "configuration:choice_order": Record(
        "crm.change_choicelist", configured.make_list, data={}, allowed=(302,), scoped=False
    ),
    "configuration:choice_merge": Record(
        "crm.change_choicelist", configured.make_list, lambda made: {"pk": made.pk, "?": "?value=a"}, scoped=False
    ),
    "configuration:choiceitem_create": Record("crm.change_choicelist", configured.make_list, scoped=False),
    "configuration:choiceitem_edit": Record(
        "crm.change_choicelist", configured.make_item, lambda item: {"pk": item.list_id, "item": item.pk}, scoped=False
    ),
    "configuration:choiceitem_delete": Record(
        "crm.change_choicelist",
        configured.make_item,
        lambda item: {"pk": item.list_id, "item": item.pk},
        data={},
        allowed=(302,),
        scoped=False,
    ),
    "configuration:number_list": Page("crm.view_numberformat"),
    "configuration:number_edit": Page("crm.change_numberformat", {"key": "customer"}),
    "opportunities:gate_list": Page("opportunities.view_gateitem"),
    "opportunities:gate_edit": Record(
        "opportunities.change_gateitem", lambda org, owner=None: Stage.objects.get(code="solution"), scoped=False
    ),
    "opportunities:gate_add": Record(
        "opportunities.change_gateitem", lambda org, owner=None: Stage.objects.get(code="solution"), scoped=False
    ),
    "analytics:dashboard": Page(FIGURES),
    "analytics:indicators": Page(FIGURES, query="?open=61&by=region"),
    "analytics:indicator": Page(FIGURES, {"number": 61}),
    "analytics:rows": Page((FIGURES, "orders.view_invoice"), {"number": 61}),
    "analytics:target_list": Page("analytics.view_target"),
    "analytics:target_create": Page("analytics.add_target"),
    "analytics:target_record": Record("analytics.view_target", make_target, scoped=False),
    "analytics:target_edit": Record("analytics.change_target", make_target, scoped=False),
    "analytics:target_print": Record("analytics.view_target", make_target, scoped=False),
    "analytics:target_bulk": Page(
        ("analytics.view_target", "crm.tag_records"), {"action": "tags"}, data={"ids": []}, allowed=(302,)
    ),
    "analytics:target_tab": Record(
        "analytics.view_target", make_target, lambda target: {"pk": target.pk, "tab": "history"}, scoped=False
    ),
    "integrations:sync": Page(SYNC),
    "integrations:sync_start": Page("integrations.run_sync", data={}, allowed=(302,)),
    "integrations:connection": Page("integrations.view_erpconnection"),
    "integrations:connection_test": Page("integrations.change_erpconnection", data={}, allowed=(200, 422)),
    "integrations:syncrun_list": Page(SYNC),
    "integrations:syncrun_record": Record(SYNC, make_run, scoped=False),
    "integrations:syncrun_print": Record(SYNC, make_run, scoped=False),
    "integrations:syncrun_tab": Record(SYNC, make_run, lambda run: {"pk": run.pk, "tab": "history"}, scoped=False),
    "integrations:rejectedrow_list": Page(SYNC),
    "integrations:rejectedrow_record": Record(SYNC, make_rejection, scoped=False),
    "integrations:rejectedrow_print": Record(SYNC, make_rejection, scoped=False),
    "integrations:rejectedrow_tab": Record(
        SYNC, make_rejection, lambda row: {"pk": row.pk, "tab": "history"}, scoped=False
    ),
}
