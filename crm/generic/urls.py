"""Addresses of saved views and of lists' layouts."""

from django.urls import path

from crm.generic.views import layout, saved

app_name = "views"

urlpatterns = [
    path("new/<str:key>/", saved.new, name="new"),
    path("layout/<str:key>/", layout.keep, name="layout"),
    path("<int:pk>/", saved.menu, name="menu"),
    path("<int:pk>/change/", saved.change, name="change"),
]
