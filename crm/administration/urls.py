"""Addresses of the organisation's pages, below /settings/."""

from django.urls import path

from crm.administration.tables import SPACE
from crm.administration.views import own, shares
from crm.administration.views.calendars import calendar_entity, day_urls
from crm.administration.views.people import Deactivate, PasswordReset, Reactivate, role_entity, user_entity
from crm.administration.views.structure import ManagerView, region_entity, team_entity, unit_entity

app_name = SPACE

urlpatterns = [
    *user_entity.urls("users/"),
    path("users/<int:pk>/password/", PasswordReset.as_view(entity=user_entity), name="user_password"),
    path("users/<int:pk>/deactivate/", Deactivate.as_view(entity=user_entity), name="user_deactivate"),
    path("users/<int:pk>/reactivate/", Reactivate.as_view(entity=user_entity), name="user_reactivate"),
    *role_entity.urls("roles/"),
    *unit_entity.urls("business-units/"),
    *region_entity.urls("regions/"),
    *team_entity.urls("teams/"),
    path("teams/<int:pk>/manager/", ManagerView.as_view(entity=team_entity), name="team_manager"),
    *calendar_entity.urls("calendars/"),
    *day_urls(),
    path("deputies/", own.Deputies.as_view(), name="deputies"),
    path("deputies/<int:pk>/end/", own.EndDeputy.as_view(), name="deputy_end"),
    path("shares/<str:label>/<int:pk>/", shares.AddShare.as_view(), name="share_add"),
    path("shares/<str:label>/<int:pk>/<int:share>/end/", shares.EndShare.as_view(), name="share_end"),
    path("password/", own.password, name="password"),
]
