"""Addresses of the app."""

from django.urls import path

from crm.generic.views.step import step_url
from opportunities.views.board import BoardView, LaneView
from opportunities.views.conversion import ConvertLeadView, FinishLeadView, LeadRegisterView
from opportunities.views.gate import GateAdd, GateEdit, GateList
from opportunities.views.move import MoveView
from opportunities.views.opportunity import opportunity_entity
from opportunities.views.price_index import price_index_entity, price_index_value_entity
from opportunities.views.quote import STEPS, QuoteFigures, QuoteStart, QuoteVersion, quote_entity
from opportunities.views.quote_public import quote_accept, quote_ask, quote_open, quote_paper
from opportunities.views.quote_sending import QuoteCompare, QuotePdf, QuoteSend

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
    path("<int:pk>/move/", MoveView.as_view(entity=opportunity_entity), name="opportunity_move"),
]
