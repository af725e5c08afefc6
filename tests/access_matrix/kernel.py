"""The shell, accounts, running work, lists, what hangs on a record, exports, personal data, the trail."""

from crm.extension_points import settings_pages
from tests.access_matrix.expectations import (
    CUSTOMER,
    AnyPermission,
    Expectation,
    Member,
    Open,
    Own,
    Page,
    Record,
    entity,
    organisation,
)
from tests.access_matrix.rows import (
    comment_of,
    file_of,
    make_batch,
    make_bulk_edit,
    make_change,
    make_erasure,
    make_export,
    make_job,
    make_notification,
    make_personal_entry,
    make_personal_export,
    make_session,
    make_sign_in,
    make_view,
    masked_field,
    shared,
)
from tests.factories import organisation as org_rows
from tests.factories import records as make
from tests.factories.approvals import make_draft, make_request

APPROVALS = "crm.view_approvalrequest"
ALL_APPROVALS = "crm.view_all_approvals"
IMPORT = "crm.add_importbatch"
PERSONAL = "crm.manage_personal_data"


LINES: dict[str, Expectation] = {
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
}
