"""Addresses of the app."""

from django.urls import path

from crm.generic.views.step import step_url
from opportunities.views.answer import AnswerView
from opportunities.views.board import BoardView, LaneView
from opportunities.views.calendar import CalendarView
from opportunities.views.certificate import PARTS as CERTIFICATE_PARTS
from opportunities.views.certificate import certificate_entity
from opportunities.views.changes import ChangesView
from opportunities.views.conversion import ConvertLeadView, FinishLeadView, LeadRegisterView
from opportunities.views.deal import EntryRemove, contact_entity, member_entity, product_entity, rival_entity
from opportunities.views.development import PARTS as DEVELOPMENT_PARTS
from opportunities.views.development import STEPS as DEVELOPMENT_STEPS
from opportunities.views.development import DevelopmentStepView, development_entity
from opportunities.views.development_release import DevelopmentRelease
from opportunities.views.document_public import document_file, document_open
from opportunities.views.document_set import SetChoose, SetClose, SetRenew, SetSend, document_set_entity
from opportunities.views.funnel import FunnelView
from opportunities.views.gate import GateAdd, GateEdit, GateList
from opportunities.views.key_projects import KeyProjectsView, MarkKey
from opportunities.views.move import MoveView
from opportunities.views.opportunity import opportunity_entity
from opportunities.views.parts import part_urls
from opportunities.views.price_index import price_index_entity, price_index_value_entity
from opportunities.views.process import ProcessEdit, ProcessList, StageEdit
from opportunities.views.qualification import PARTS as SUPPLIER_PARTS
from opportunities.views.qualification import STEPS as SUPPLIER_STEPS
from opportunities.views.qualification import RenewSupplierAdmission, supplier_admission_entity
from opportunities.views.quote import STEPS, QuoteFigures, QuoteStart, QuoteVersion, quote_entity
from opportunities.views.quote_public import quote_accept, quote_ask, quote_open, quote_paper
from opportunities.views.quote_sending import QuoteCompare, QuotePdf, QuoteSend
from opportunities.views.sample import STEPS as SAMPLE_STEPS
from opportunities.views.sample import SampleStepView, sample_entity
from opportunities.views.slipped import SlippedView
from opportunities.views.tender import PARTS as TENDER_PARTS
from opportunities.views.tender import STEPS as TENDER_STEPS
from opportunities.views.tender import TenderBond, TenderResult, tender_entity

app_name = "opportunities"

urlpatterns = [
    path("board/", BoardView.as_view(entity=opportunity_entity), name="opportunity_board"),
    path("board/lane/<int:stage>/", LaneView.as_view(entity=opportunity_entity), name="opportunity_lane"),
    path("calendar/", CalendarView.as_view(entity=opportunity_entity), name="opportunity_calendar"),
    path("funnel/", FunnelView.as_view(entity=opportunity_entity), name="funnel"),
    path("funnel/key/", KeyProjectsView.as_view(entity=opportunity_entity), name="funnel_key"),
    path("funnel/slipped/", SlippedView.as_view(entity=opportunity_entity), name="funnel_risks"),
    path("funnel/changes/", ChangesView.as_view(entity=opportunity_entity), name="funnel_changes"),
    path("<int:pk>/key/", MarkKey.as_view(entity=opportunity_entity), {"on": True}, name="opportunity_key"),
    path("<int:pk>/key/off/", MarkKey.as_view(entity=opportunity_entity), {"on": False}, name="opportunity_key_off"),
    path("from-lead/<int:pk>/", ConvertLeadView.as_view(), name="lead_convert"),
    path("from-lead/<int:pk>/register/", LeadRegisterView.as_view(), name="lead_register"),
    path("from-lead/<int:pk>/finish/", FinishLeadView.as_view(), name="lead_finish"),
    *contact_entity.urls("contacts/"),
    path("contacts/<int:pk>/remove/", EntryRemove.as_view(entity=contact_entity), name="opportunitycontact_remove"),
    *product_entity.urls("products/"),
    path("products/<int:pk>/remove/", EntryRemove.as_view(entity=product_entity), name="opportunityproduct_remove"),
    *member_entity.urls("members/"),
    path("members/<int:pk>/remove/", EntryRemove.as_view(entity=member_entity), name="opportunitymember_remove"),
    *rival_entity.urls("competitors/"),
    path("competitors/<int:pk>/remove/", EntryRemove.as_view(entity=rival_entity), name="opportunityrival_remove"),
    path("processes/", ProcessList.as_view(), name="process_list"),
    path("processes/add/", ProcessEdit.as_view(), name="process_create"),
    path("processes/<int:pk>/", ProcessEdit.as_view(), name="process_edit"),
    path("processes/stages/add/", StageEdit.as_view(), name="stage_create"),
    path("processes/stages/<int:pk>/", StageEdit.as_view(), name="stage_edit"),
    path("gates/", GateList.as_view(), name="gate_list"),
    path("gates/<int:pk>/", GateEdit.as_view(), name="gate_edit"),
    path("gates/<int:pk>/add/", GateAdd.as_view(), name="gate_add"),
    *sample_entity.urls("samples/"),
    path(
        "samples/<int:pk>/step/<slug:target>/",
        SampleStepView.as_view(entity=sample_entity, steps=SAMPLE_STEPS),
        name="samplerequest_step",
    ),
    *price_index_entity.urls("indexes/"),
    *price_index_value_entity.urls("index-values/"),
    *quote_entity.urls("quotes/"),
    step_url(quote_entity, STEPS, "quotes/"),
    path("quotes/<int:pk>/figures/", QuoteFigures.as_view(entity=quote_entity), name="quote_figures"),
    path("quotes/<int:pk>/pdf/", QuotePdf.as_view(entity=quote_entity), name="quote_pdf"),
    path("quotes/<int:pk>/send/", QuoteSend.as_view(entity=quote_entity), name="quote_send"),
    path("quotes/<int:pk>/version/", QuoteVersion.as_view(entity=quote_entity), name="quote_version"),
    path("quotes/<int:pk>/versions/", QuoteCompare.as_view(entity=quote_entity), name="quote_compare"),
    path("<int:pk>/quote/", QuoteStart.as_view(entity=opportunity_entity), name="quote_start"),
    path("q/<str:token>/", quote_open, name="quote_open"),
    path("q/<str:token>/pdf/", quote_paper, name="quote_paper"),
    path("q/<str:token>/accept/", quote_accept, name="quote_accept"),
    path("q/<str:token>/ask/", quote_ask, name="quote_ask"),
    *opportunity_entity.urls(),
    path("<int:pk>/answer/<int:item>/", AnswerView.as_view(entity=opportunity_entity), name="opportunity_answer"),
    *tender_entity.urls("tenders/"),
    *part_urls(tender_entity, TENDER_PARTS, "tenders/"),
    step_url(tender_entity, TENDER_STEPS, "tenders/"),
    path("tenders/<int:pk>/bond/", TenderBond.as_view(entity=tender_entity), name="tender_bond"),
    path("tenders/<int:pk>/result/", TenderResult.as_view(entity=tender_entity), name="tender_result"),
    *supplier_admission_entity.urls("supplier-admissions/"),
    *part_urls(supplier_admission_entity, SUPPLIER_PARTS, "supplier-admissions/"),
    step_url(supplier_admission_entity, SUPPLIER_STEPS, "supplier-admissions/"),
    path(
        "supplier-admissions/<int:pk>/renew/",
        RenewSupplierAdmission.as_view(entity=supplier_admission_entity),
        name="supplieradmission_renew",
    ),
    *certificate_entity.urls("certificates/"),
    *part_urls(certificate_entity, CERTIFICATE_PARTS, "certificates/"),
    *document_set_entity.urls("document-sets/"),
    path("document-sets/<int:pk>/choose/", SetChoose.as_view(entity=document_set_entity), name="documentset_choose"),
    path("document-sets/<int:pk>/send/", SetSend.as_view(entity=document_set_entity), name="documentset_send"),
    path("document-sets/<int:pk>/renew/", SetRenew.as_view(entity=document_set_entity), name="documentset_renew"),
    path(
        "document-sets/<int:pk>/links/<int:row>/close/",
        SetClose.as_view(entity=document_set_entity),
        name="documentset_close",
    ),
    path("d/<str:token>/", document_open, name="document_open"),
    path("d/<str:token>/<int:item>/", document_file, name="document_file"),
    *development_entity.urls("developments/"),
    *part_urls(development_entity, DEVELOPMENT_PARTS, "developments/"),
    path(
        "developments/<int:pk>/step/<slug:target>/",
        DevelopmentStepView.as_view(entity=development_entity, steps=DEVELOPMENT_STEPS),
        name="developmentrequest_step",
    ),
    path(
        "developments/<int:pk>/release/",
        DevelopmentRelease.as_view(entity=development_entity),
        name="developmentrequest_release",
    ),
    path("<int:pk>/move/", MoveView.as_view(entity=opportunity_entity), name="opportunity_move"),
]
