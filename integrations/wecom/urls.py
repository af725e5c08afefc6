"""Addresses of WeCom's pages."""

from django.urls import path

from integrations.wecom.views import account, callback, organisation, settings, sign_in
from integrations.wecom.views.checkins import checkin_entity

urlpatterns = [
    path("settings/", settings.SettingsView.as_view(), name="wecom_settings"),
    path("settings/test/", settings.SettingsTestView.as_view(), name="wecom_test"),
    path("sign-in/", sign_in.Start.as_view(), name="wecom_sign_in"),
    path("sign-in/back/", sign_in.Back.as_view(), name="wecom_back"),
    path("account/", account.Account.as_view(), name="wecom_account"),
    path("account/link/", account.Link.as_view(), name="wecom_link"),
    path("account/unlink/", account.Unlink.as_view(), name="wecom_unlink"),
    path("callback/", callback.Callback.as_view(), name="wecom_callback"),
    *checkin_entity.urls("check-ins/"),
    path("organisation/", organisation.Organisation.as_view(), name="wecom_organisation"),
    path("organisation/fetch/", organisation.Fetch.as_view(), name="wecom_fetch"),
]
