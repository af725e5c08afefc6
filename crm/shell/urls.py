"""Addresses of the frame: start page, search, preferences, sign-out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from crm.shell import views
from crm.shell.settings_pages import Settings

urlpatterns = [
    path("", views.Workbench.as_view(), name="home"),
    path("search/", views.Search.as_view(), name="search"),
    path("more/", views.More.as_view(), name="more"),
    path("settings/", Settings.as_view(), name="settings"),
    path("preferences/", views.Preferences.as_view(), name="preferences"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
