"""Addresses of the app."""

from django.urls import path

from opportunities.views.answer import AnswerView
from opportunities.views.board import BoardView, LaneView
from opportunities.views.conversion import ConvertLeadView, FinishLeadView, LeadRegisterView
from opportunities.views.deal import EntryRemove, contact_entity, rival_entity
from opportunities.views.gate import GateAdd, GateEdit, GateList
from opportunities.views.move import MoveView
from opportunities.views.opportunity import opportunity_entity
from opportunities.views.sample import STEPS as SAMPLE_STEPS
from opportunities.views.sample import SampleStepView, sample_entity

app_name = "opportunities"

urlpatterns = [
    path("board/", BoardView.as_view(entity=opportunity_entity), name="opportunity_board"),
    path("board/lane/<int:stage>/", LaneView.as_view(entity=opportunity_entity), name="opportunity_lane"),
    path("from-lead/<int:pk>/", ConvertLeadView.as_view(), name="lead_convert"),
    path("from-lead/<int:pk>/register/", LeadRegisterView.as_view(), name="lead_register"),
    path("from-lead/<int:pk>/finish/", FinishLeadView.as_view(), name="lead_finish"),
    *contact_entity.urls("contacts/"),
    path("contacts/<int:pk>/remove/", EntryRemove.as_view(entity=contact_entity), name="opportunitycontact_remove"),
    *rival_entity.urls("competitors/"),
    path("competitors/<int:pk>/remove/", EntryRemove.as_view(entity=rival_entity), name="opportunityrival_remove"),
    path("gates/", GateList.as_view(), name="gate_list"),
    path("gates/<int:pk>/", GateEdit.as_view(), name="gate_edit"),
    path("gates/<int:pk>/add/", GateAdd.as_view(), name="gate_add"),
    *sample_entity.urls("samples/"),
    path(
        "samples/<int:pk>/step/<slug:target>/",
        SampleStepView.as_view(entity=sample_entity, steps=SAMPLE_STEPS),
        name="samplerequest_step",
    ),
    *opportunity_entity.urls(),
    path("<int:pk>/answer/<int:item>/", AnswerView.as_view(entity=opportunity_entity), name="opportunity_answer"),
    path("<int:pk>/move/", MoveView.as_view(entity=opportunity_entity), name="opportunity_move"),
]
