"""Addresses of the app."""

from django.urls import path

from service.views.complaint import MoveView, complaint_entity

app_name = "service"

urlpatterns = [
    *complaint_entity.urls("complaints/"),
    path("complaints/<int:pk>/move/<slug:target>/", MoveView.as_view(entity=complaint_entity), name="complaint_move"),
]
