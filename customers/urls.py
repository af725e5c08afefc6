"""Addresses of the app."""

from django.urls import path

from crm.generic.views.step import step_url
from customers.views.contact import contact_entity
from customers.views.customer import customer_entity
from customers.views.merging import STEPS as MERGE_STEPS
from customers.views.merging import ChooseView, PairsView, ValuesView, merge_entity

app_name = "customers"

urlpatterns = [
    *contact_entity.urls("contacts/"),
    *merge_entity.urls("merges/"),
    step_url(merge_entity, MERGE_STEPS, "merges/"),
    path("duplicates/", PairsView.as_view(entity=customer_entity), name="customer_duplicates"),
    path("<int:pk>/merge/", ChooseView.as_view(entity=customer_entity), name="customer_merge"),
    path("<int:pk>/merge/<int:other>/", ValuesView.as_view(entity=customer_entity), name="customer_merge_values"),
    *customer_entity.urls(),
]
