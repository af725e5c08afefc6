"""Addresses of the app."""

from crm.generic.views.step import step_url
from customers.views.contact import contact_entity
from customers.views.customer import customer_entity
from customers.views.improvement import STEPS, goal_entity, plan_entity, rate_entity
from customers.views.wallet import demand_entity, share_entity

app_name = "customers"

urlpatterns = [
    *contact_entity.urls("contacts/"),
    *demand_entity.urls("demands/"),
    *share_entity.urls("shares/"),
    *plan_entity.urls("plans/"),
    step_url(plan_entity, STEPS, "plans/"),
    *goal_entity.urls("goals/"),
    *rate_entity.urls("rates/"),
    *customer_entity.urls(),
]
