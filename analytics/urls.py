"""Addresses of the app."""

from django.urls import path

from analytics.views.catalogue import Indicators
from analytics.views.contribution import ContributionMap
from analytics.views.dashboard import Dashboard
from analytics.views.indicator import IndicatorPage
from analytics.views.rows import RowsPage
from analytics.views.target import target_entity

app_name = "analytics"

urlpatterns = [
    path("", Dashboard.as_view(), name="dashboard"),
    path("indicators/", Indicators.as_view(), name="indicators"),
    path("indicators/<int:number>/", IndicatorPage.as_view(), name="indicator"),
    path("indicators/<int:number>/rows/", RowsPage.as_view(), name="rows"),
    path("contribution/", ContributionMap.as_view(), name="contribution"),
    *target_entity.urls("targets/"),
]
