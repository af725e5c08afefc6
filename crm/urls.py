"""Root URL configuration; includes the apps by string, so that the kernel imports none of them."""

from django.urls import include, path

from crm.generic.views.choices import choices
from crm.security.views.sign_in import Code, SignIn
from crm.shell.health import live, metrics, ready

urlpatterns = [
    path("", include("crm.shell.urls")),
    path("login/", SignIn.as_view(), name="login"),
    path("login/code/", Code.as_view(), name="login_code"),
    path("", include("crm.security.urls")),
    path("settings/", include("crm.administration.urls")),
    path("settings/trail/", include("crm.auditing.urls")),
    path("settings/", include("crm.configuration.urls")),
    path("choices/<str:label>/", choices, name="choices"),
    path("views/", include("crm.generic.urls")),
    path("catalogue/", include("crm.products.urls")),
    path("imports/", include("crm.importing.urls")),
    path("bulk/", include("crm.bulk.urls")),
    path("exports/", include("crm.exporting.urls")),
    path("personal-data/", include("crm.personal.urls")),
    path("", include("crm.workflow.urls")),
    path("", include("crm.dossier.urls")),
    path("customers/", include("customers.urls")),
    path("leads/", include("leads.urls")),
    path("opportunities/", include("opportunities.urls")),
    path("orders/", include("orders.urls")),
    path("service/", include("service.urls")),
    path("analytics/", include("analytics.urls")),
    path("integrations/", include("integrations.urls")),
    path("api/v1/kpis/", include("analytics.api_urls")),
    path("api/v1/", include("integrations.api.urls")),
    path("health/live/", live, name="health_live"),
    path("health/ready/", ready, name="health_ready"),
    path("metrics/", metrics, name="metrics"),
]

handler400 = "crm.shell.errors.bad_request"
handler403 = "crm.shell.errors.permission_denied"
handler404 = "crm.shell.errors.not_found"
handler500 = "crm.shell.errors.server_error"
