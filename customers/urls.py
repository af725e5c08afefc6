"""Addresses of the app."""

from customers.views.contact import contact_entity
from customers.views.customer import customer_entity
from customers.views.grades import grade_urls, policy_entity, proposal_entity, run_entity
from customers.views.grading import grading_entity, grading_urls

app_name = "customers"

urlpatterns = [
    *contact_entity.urls("contacts/"),
    *grade_urls(),
    *grading_urls(),
    *grading_entity.urls("grading-models/"),
    *run_entity.urls("grade-reviews/"),
    *proposal_entity.urls("grade-proposals/"),
    *policy_entity.urls("grade-policies/"),
    *customer_entity.urls(),
]
