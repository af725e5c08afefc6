"""Customers and their assets."""

from typing import Any

from tests.access_matrix.expectations import CUSTOMER, Expectation, Member, Page, Record, entity, step, without
from tests.factories import admission, archive, grading, pool, wallet
from tests.factories import records as make
from tests.factories.merging import make_merge, make_namesake


def of_line(record: Any) -> dict[str, Any]:
    """The address of the first customer of a hand-over."""
    return {"pk": record.pk, "line": record.lines.order_by("pk")[0].pk}


LINES: dict[str, Expectation] = {
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
}
