"""Addresses of signing in, of the own account and of the log."""

from django.urls import path

from crm.security.views import own, people, second_factor
from crm.security.views.log import sign_in_entity

app_name = "security"

urlpatterns = [
    path("account/", own.Own.as_view(), name="own"),
    path("account/sessions/<int:pk>/end/", own.EndSession.as_view(), name="session_end"),
    path("account/sessions/end-others/", own.EndOthers.as_view(), name="sessions_end_others"),
    path("account/second-factor/", second_factor.SetUp.as_view(), name="second_factor"),
    path("account/second-factor/codes/", second_factor.RenewCodes.as_view(), name="codes"),
    path("account/second-factor/remove/", second_factor.Remove.as_view(), name="second_factor_remove"),
    *sign_in_entity.urls("settings/sign-ins/"),
    path("settings/users/<int:pk>/sessions/end/", people.EndAll.as_view(), name="user_sessions_end"),
    path("settings/users/<int:pk>/unlock/", people.Unlock.as_view(), name="user_unlock"),
    path("settings/users/<int:pk>/second-factor/reset/", people.ResetFactor.as_view(), name="user_factor_reset"),
]
