"""Addresses of the app."""

from django.urls import path

from crm.generic.views.step import step_url
from opportunities.views.board import BoardView, LaneView
from opportunities.views.conversion import ConvertLeadView, FinishLeadView, LeadRegisterView
from opportunities.views.gate import GateAdd, GateEdit, GateList
from opportunities.views.move import MoveView
from opportunities.views.opportunity import opportunity_entity
from opportunities.views.parts import part_urls
from opportunities.views.qualification import PARTS as SUPPLIER_PARTS
from opportunities.views.qualification import STEPS as SUPPLIER_STEPS
from opportunities.views.qualification import RenewSupplierAdmission, supplier_admission_entity
from opportunities.views.tender import PARTS as TENDER_PARTS
from opportunities.views.tender import STEPS as TENDER_STEPS
from opportunities.views.tender import TenderBond, TenderResult, tender_entity

app_name = "opportunities"

urlpatterns = [
    path("board/", BoardView.as_view(entity=opportunity_entity), name="opportunity_board"),
    path("board/lane/<int:stage>/", LaneView.as_view(entity=opportunity_entity), name="opportunity_lane"),
    path("from-lead/<int:pk>/", ConvertLeadView.as_view(), name="lead_convert"),
    path("from-lead/<int:pk>/register/", LeadRegisterView.as_view(), name="lead_register"),
    path("from-lead/<int:pk>/finish/", FinishLeadView.as_view(), name="lead_finish"),
    path("gates/", GateList.as_view(), name="gate_list"),
    path("gates/<int:pk>/", GateEdit.as_view(), name="gate_edit"),
    path("gates/<int:pk>/add/", GateAdd.as_view(), name="gate_add"),
    *opportunity_entity.urls(),
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
    path("<int:pk>/move/", MoveView.as_view(entity=opportunity_entity), name="opportunity_move"),
]
