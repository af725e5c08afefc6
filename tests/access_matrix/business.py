"""Leads, opportunities, orders, service, figures, the ERP."""

from opportunities.models import Stage
from tests.access_matrix.expectations import Expectation, Member, Open, Own, Page, Record, entity, step, without
from tests.access_matrix.rows import (
    make_comparison,
    make_delivery,
    make_message,
    make_number,
    make_rejection,
    make_run,
    make_token,
    make_webhook,
)
from tests.factories import certificates, deals, developments, qualification, quotes, tenders
from tests.factories import records as make
from tests.factories.analytics import make_target
from tests.factories.samples import make_sample
from tests.factories.wecom import make_checkin

FIGURES = "analytics.view_cell"
WEBHOOKS = ("integrations.view_webhook", "integrations.change_webhook")
TOKENS = "integrations.view_apitoken"
SYNC = "integrations.view_syncrun"
RUN_SYNC = "integrations.run_sync"
NUMBERS = ("integrations.link_numbers", "customers.view_customer", "crm.view_product")
ORDER_REQUEST = ("orders.view_orderrequest", "orders.change_orderrequest")
CONVERT = ("opportunities.add_opportunity", "leads.view_lead", "leads.change_lead")

LINES: dict[str, Expectation] = {
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
    **entity("opportunities", "opportunitycontact", deals.make_deal_contact, tagged=False),
    "opportunities:opportunitycontact_remove": Record(
        "opportunities.change_opportunitycontact", deals.make_deal_contact, data={}, allowed=(302,)
    ),
    **entity("opportunities", "opportunityproduct", deals.make_deal_product, tagged=False),
    "opportunities:opportunityproduct_remove": Record(
        "opportunities.change_opportunityproduct", deals.make_deal_product, data={}, allowed=(302,)
    ),
    **entity("opportunities", "opportunitymember", deals.make_member, tagged=False),
    "opportunities:opportunitymember_remove": Record(
        "opportunities.change_opportunitymember", deals.make_member, data={}, allowed=(302,)
    ),
    "orders:opportunity_link": Record(
        "opportunities.change_opportunity", make.make_opportunity, data={"order": "4711"}, allowed=(302,)
    ),
    **entity("opportunities", "opportunityrival", deals.make_rival, tagged=False),
    "opportunities:opportunityrival_remove": Record(
        "opportunities.change_opportunityrival", deals.make_rival, data={}, allowed=(302,)
    ),
    "opportunities:opportunity_board": Page("opportunities.view_opportunity"),
    "opportunities:opportunity_calendar": Page("opportunities.view_opportunity"),
    "opportunities:funnel": Page("opportunities.view_opportunity"),
    "opportunities:funnel_key": Page("opportunities.view_opportunity"),
    "opportunities:funnel_risks": Page("opportunities.view_opportunity"),
    "opportunities:funnel_changes": Page("opportunities.view_opportunity"),
    **{
        f"opportunities:{name}": Record(
            ("opportunities.view_opportunity", "opportunities.add_keyproject"),
            make.make_opportunity,
            data={},
            allowed=(302,),
        )
        for name in ("opportunity_key", "opportunity_key_off")
    },
    "opportunities:opportunity_lane": Record(
        "opportunities.view_opportunity",
        make.make_opportunity,
        lambda record: {"stage": record.stage_id, "?": f"?after={record.pk}"},
    ),
    "opportunities:opportunity_answer": Record(
        "opportunities.change_opportunity",
        deals.make_asked_opportunity,
        lambda record: {"pk": record.pk, "item": deals.asked_item(record).pk},
    ),
    "opportunities:opportunity_move": Record("opportunities.change_opportunity", make.make_opportunity),
    "opportunities:lead_convert": Record(CONVERT, make.make_qualified_lead),
    "opportunities:lead_register": Record(
        (*CONVERT, "customers.add_customerregistration"),
        make.make_qualified_lead,
    ),
    "opportunities:lead_finish": Record(CONVERT, make.make_converting_lead, data={}, allowed=(302,)),
    **entity("opportunities", "samplerequest", make_sample, bulk={"transfer": "opportunities.transfer_opportunity"}),
    "opportunities:samplerequest_step": Record(
        ("opportunities.view_samplerequest", "opportunities.change_samplerequest"),
        make_sample,
        lambda record: step(record, "cancelled"),
    ),
    **without(entity("opportunities", "quote", quotes.make_quote), "create"),
    "opportunities:quote_step": Record(
        ("opportunities.view_quote", "opportunities.change_quote"),
        quotes.make_sent,
        lambda record: step(record, "declined"),
    ),
    "opportunities:quote_figures": Record("opportunities.change_quote", quotes.make_quote, data={}),
    "opportunities:quote_pdf": Record("opportunities.view_quote", quotes.make_quote),
    "opportunities:quote_send": Record("opportunities.change_quote", quotes.make_released),
    "opportunities:quote_version": Record("opportunities.change_quote", quotes.make_sent, data={}, allowed=(302,)),
    "opportunities:quote_compare": Record("opportunities.view_quote", quotes.make_quote),
    "opportunities:quote_start": Record(
        ("opportunities.view_opportunity", "opportunities.add_quote"), make.make_opportunity, data={}, allowed=(302,)
    ),
    "opportunities:quote_open": Open({"token": "made-up"}, (404,)),
    "opportunities:quote_paper": Open({"token": "made-up"}, (404,)),
    "opportunities:quote_accept": Open({"token": "made-up"}, (405,)),
    "opportunities:quote_ask": Open({"token": "made-up"}, (405,)),
    **entity("opportunities", "priceindex", quotes.make_index, scoped=False, tagged=False),
    **entity("opportunities", "priceindexvalue", quotes.make_value, scoped=False, tagged=False),
    **without(entity("orders", "orderrequest", quotes.make_request), "create"),
    "orders:orderrequest_step": Record(
        ORDER_REQUEST,
        quotes.make_request,
        lambda record: step(record, "submitted"),
        data={},
        allowed=(302,),
    ),
    "orders:orderrequest_quantities": Record(ORDER_REQUEST, quotes.make_request),
    "orders:orderrequest_start": Record(
        ("opportunities.view_quote", "orders.add_orderrequest"), quotes.make_accepted, data={}, allowed=(302,)
    ),
    **entity("opportunities", "tender", tenders.make_tender),
    "opportunities:tender_step": Record(
        ("opportunities.view_tender", "opportunities.change_tender"),
        tenders.make_tender,
        lambda record: step(record, "cancelled"),
    ),
    "opportunities:tender_bond": Record("opportunities.change_tender", tenders.make_tender),
    "opportunities:tender_result": Record("opportunities.change_tender", tenders.make_opened_tender),
    **{
        f"opportunities:tender_{part}_add": Record("opportunities.change_tender", tenders.make_tender)
        for part in ("lot", "paper", "bid")
    },
    "opportunities:tender_lot": Record(
        "opportunities.change_tender",
        tenders.make_tender_with_lot,
        lambda lot: {"pk": lot.tender_id, "row": lot.pk},
    ),
    "opportunities:tender_paper": Record(
        "opportunities.change_tender",
        tenders.make_tender_paper,
        lambda paper: {"pk": paper.tender_id, "row": paper.pk},
    ),
    "opportunities:tender_bid": Record(
        "opportunities.change_tender",
        tenders.make_tender_bid,
        lambda bid: {"pk": bid.lot.tender_id, "row": bid.pk},
    ),
    **entity("opportunities", "supplieradmission", qualification.make_supplier_admission),
    "opportunities:supplieradmission_step": Record(
        ("opportunities.view_supplieradmission", "opportunities.change_supplieradmission"),
        qualification.make_supplier_admission,
        lambda record: step(record, "failed"),
    ),
    "opportunities:supplieradmission_renew": Record(
        "opportunities.add_supplieradmission", qualification.make_supplier_admission, data={}, allowed=(302,)
    ),
    **{
        f"opportunities:supplieradmission_{part}_add": Record(
            "opportunities.change_supplieradmission", qualification.make_supplier_admission
        )
        for part in ("item", "finding")
    },
    "opportunities:supplieradmission_item": Record(
        "opportunities.change_supplieradmission",
        qualification.make_supplier_item,
        lambda item: {"pk": item.admission_id, "row": item.pk},
    ),
    "opportunities:supplieradmission_finding": Record(
        "opportunities.change_supplieradmission",
        qualification.make_finding,
        lambda finding: {"pk": finding.admission_id, "row": finding.pk},
    ),
    **entity("opportunities", "certificate", certificates.make_our_certificate, scoped=False),
    "opportunities:certificate_version_add": Record(
        "opportunities.change_certificate", certificates.make_our_certificate, scoped=False
    ),
    "opportunities:certificate_version": Record(
        "opportunities.change_certificate",
        certificates.make_version,
        lambda version: {"pk": version.certificate_id, "row": version.pk},
        scoped=False,
    ),
    **entity("opportunities", "documentset", certificates.make_set),
    "opportunities:documentset_choose": Record("opportunities.change_documentset", certificates.make_set),
    "opportunities:documentset_send": Record("opportunities.change_documentset", certificates.make_filled_set),
    "opportunities:documentset_renew": Record("opportunities.change_documentset", certificates.make_sent_set),
    "opportunities:documentset_close": Record(
        "opportunities.change_documentset",
        certificates.make_sent_set,
        lambda record: {"pk": record.pk, "row": record.link.pk},
        data={},
        allowed=(302,),
    ),
    "opportunities:document_open": Open({"token": "made-up"}, (404,)),
    "opportunities:document_file": Open({"token": "made-up", "item": 1}, (404,)),
    **entity(
        "opportunities",
        "developmentrequest",
        developments.make_development,
        bulk={"transfer": "opportunities.transfer_opportunity"},
    ),
    "opportunities:developmentrequest_step": Record(
        ("opportunities.view_developmentrequest", "opportunities.change_developmentrequest"),
        developments.make_development,
        lambda record: step(record, "cancelled"),
    ),
    "opportunities:developmentrequest_release": Record(
        ("opportunities.change_developmentrequest", "crm.add_product"), developments.make_trial
    ),
    **{
        f"opportunities:developmentrequest_{part}_add": Record(
            "opportunities.change_developmentrequest", developments.make_development
        )
        for part in ("requirement", "milestone")
    },
    "opportunities:developmentrequest_cost_add": Record(
        ("opportunities.change_developmentrequest", "crm.view_cost"), developments.make_development
    ),
    "opportunities:developmentrequest_requirement": Record(
        "opportunities.change_developmentrequest", developments.make_requirement, developments.place
    ),
    "opportunities:developmentrequest_milestone": Record(
        "opportunities.change_developmentrequest", developments.make_milestone, developments.place
    ),
    "opportunities:developmentrequest_cost": Record(
        ("opportunities.change_developmentrequest", "crm.view_cost"), developments.make_cost, developments.place
    ),
    **entity("orders", "salesorder", make.make_order, edit=False),
    **entity("orders", "shipment", make.make_shipment, edit=False),
    **entity("orders", "invoice", make.make_invoice, edit=False),
    **entity("orders", "receivable", make.make_receivable, edit=False),
    **entity("orders", "customerreturn", make.make_return, edit=False),
    **entity("service", "complaint", make.make_complaint),
    "service:complaint_move": Record(
        "service.change_complaint", make.make_complaint, lambda record: step(record, "investigating")
    ),
    "opportunities:process_list": Page("opportunities.view_salesprocess"),
    "opportunities:process_create": Page("opportunities.change_salesprocess"),
    "opportunities:process_edit": Record("opportunities.change_salesprocess", deals.make_process, scoped=False),
    "opportunities:stage_create": Page("opportunities.change_salesprocess"),
    "opportunities:stage_edit": Record(
        "opportunities.change_salesprocess", lambda org, owner=None: Stage.objects.get(code="solution"), scoped=False
    ),
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
    "integrations:api_reference": Member(),
    "integrations:api_reference_kind": Member(kwargs={"kind": "leads"}),
    "integrations:tokens": Page("integrations.add_apitoken"),
    "integrations:token_revoke": Own(None, make_token, data={}, allowed=(302,), wide=TOKENS),
    "integrations:apitoken_list": Page(TOKENS),
    "integrations:apitoken_record": Record(TOKENS, make_token, scoped=False),
    "integrations:apitoken_print": Record(TOKENS, make_token, scoped=False),
    "integrations:apitoken_tab": Record(
        TOKENS, make_token, lambda token: {"pk": token.pk, "tab": "history"}, scoped=False
    ),
    **entity("integrations", "webhook", make_webhook, scoped=False, tagged=False),
    "integrations:webhook_step": Record(
        WEBHOOKS, make_webhook, lambda row: step(row, "test"), data={}, allowed=(302,), scoped=False
    ),
    "integrations:webhook_secret": Record("integrations.change_webhook", make_webhook, data={}, scoped=False),
    **{
        f"integrations:webhookdelivery_{page}": Record("integrations.view_webhook", make_delivery, scoped=False)
        for page in ("record", "print")
    },
    "integrations:webhookdelivery_list": Page("integrations.view_webhook"),
    "integrations:webhookdelivery_tab": Record(
        "integrations.view_webhook", make_delivery, lambda row: {"pk": row.pk, "tab": "history"}, scoped=False
    ),
    "integrations:webhookdelivery_step": Record(
        WEBHOOKS, make_delivery, lambda row: step(row, "again"), data={}, allowed=(302,), scoped=False
    ),
    "integrations:sync": Page(SYNC),
    "integrations:sync_start": Page(RUN_SYNC, data={}, allowed=(302,)),
    "integrations:sync_stop": Page(RUN_SYNC, data={}, allowed=(302,)),
    "integrations:take_folder": Page(RUN_SYNC, data={}, allowed=(302,)),
    "integrations:entity_set": Page(SYNC, {"name": "A_SalesOrder"}),
    "integrations:waiting": Page(SYNC),
    "integrations:unknown_numbers": Page(NUMBERS),
    "integrations:ask_erp": Page(NUMBERS, {"kind": "customer"}, data={}, allowed=(302,)),
    "integrations:unknown_number": Page(NUMBERS, {"kind": "customer", "number": "1000234"}),
    "integrations:take_number": Record(
        NUMBERS, make_number, lambda ref: {"kind": "customer", "number": ref.external_id}
    ),
    "integrations:register_number": Page((*NUMBERS, "customers.add_customerregistration"), {"number": "1000234"}),
    "integrations:read_missing": Page(RUN_SYNC, data={}, allowed=(302,)),
    "integrations:refresh": Record(
        ("integrations.refresh_document", "orders.view_salesorder"),
        make.make_order,
        lambda order: {"kind": "salesorder", "pk": order.pk},
        data={},
        allowed=(302,),
    ),
    "integrations:connection": Page("integrations.view_erpconnection"),
    "integrations:connection_test": Page("integrations.change_erpconnection", data={}, allowed=(200, 422)),
    "integrations:wecom_settings": Page("integrations.view_wecomsettings"),
    "integrations:wecom_test": Page("integrations.change_wecomsettings", data={}),
    "integrations:wecom_sign_in": Open(allowed=(302,)),
    "integrations:wecom_back": Open(allowed=(302,)),
    "integrations:wecom_callback": Open(allowed=(404,)),
    **without(
        entity(
            "integrations",
            "wecomcheckin",
            make_checkin,
            tagged=False,
            bulk={"assign": "integrations.change_wecomcheckin"},
        ),
        "create",
    ),
    "integrations:wecom_account": Member(),
    "integrations:wecom_link": Member(allowed=(302,)),
    "integrations:wecom_unlink": Member(data={}, allowed=(302,)),
    "integrations:wecom_organisation": Page(("crm.change_team", "crm.change_user")),
    "integrations:wecom_fetch": Page(("crm.change_team", "crm.change_user"), data={}, allowed=(302,)),
    "integrations:syncrun_list": Page(SYNC),
    "integrations:syncrun_record": Record(SYNC, make_run, scoped=False),
    "integrations:syncrun_print": Record(SYNC, make_run, scoped=False),
    "integrations:syncrun_tab": Record(SYNC, make_run, lambda run: {"pk": run.pk, "tab": "history"}, scoped=False),
    **entity("integrations", "outboxmessage", make_message, edit=False, scoped=False, tagged=False),
    "integrations:outboxmessage_bulk": Page(
        ("integrations.view_outboxmessage", "integrations.send_outboxmessage"),
        {"action": "again"},
        data={"ids": []},
        allowed=(302,),
    ),
    "integrations:outboxmessage_step": Record(
        ("integrations.view_outboxmessage", "integrations.send_outboxmessage"),
        make_message,
        lambda message: step(message, "waiting"),
        data={},
        allowed=(302,),
        scoped=False,
    ),
    "integrations:order_step": Record(
        ORDER_REQUEST,
        quotes.make_request,
        lambda record: {"pk": record.pk, "step": "give-up"},
    ),
    "integrations:partner_step": Record(
        ("customers.view_customer", "customers.change_customer"),
        make.make_customer,
        lambda record: {"pk": record.pk, "step": "give-up"},
    ),
    "integrations:handing_over": Page("integrations.view_salesarea"),
    "integrations:sales_area": Record(
        "integrations.view_salesarea",
        lambda org, owner=None: org.silicones,
        lambda unit: {"unit": unit.pk},
        scoped=False,
    ),
    "integrations:rejectedrow_list": Page(SYNC),
    "integrations:rejectedrow_record": Record(SYNC, make_rejection, scoped=False),
    "integrations:rejectedrow_print": Record(SYNC, make_rejection, scoped=False),
    "integrations:rejectedrow_tab": Record(
        SYNC, make_rejection, lambda row: {"pk": row.pk, "tab": "history"}, scoped=False
    ),
    "integrations:rejectedrow_step": Record(
        (SYNC, RUN_SYNC), make_rejection, lambda row: step(row, "ignore"), scoped=False
    ),
    "integrations:rejectedrow_bulk": Page((SYNC, RUN_SYNC), {"action": "retry"}, data={"ids": []}, allowed=(302,)),
    "integrations:reconciliation_list": Page(SYNC),
    "integrations:reconciliation_record": Record(SYNC, make_comparison, scoped=False),
    "integrations:reconciliation_print": Record(SYNC, make_comparison, scoped=False),
    "integrations:reconciliation_tab": Record(
        SYNC, make_comparison, lambda found: {"pk": found.pk, "tab": "history"}, scoped=False
    ),
    "integrations:reconciliation_step": Record(
        (SYNC, RUN_SYNC), make_comparison, lambda found: step(found, "repair"), data={}, allowed=(302,), scoped=False
    ),
}
