"""Addresses of saved views."""

from django.urls import path

from crm.generic.views import saved

app_name = "views"

urlpatterns = [
    path("new/<str:key>/", saved.new, name="new"),
    path("<int:pk>/", saved.menu, name="menu"),
    path("<int:pk>/change/", saved.change, name="change"),
]
