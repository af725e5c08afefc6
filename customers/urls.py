"""Addresses of the app."""

from customers.views.contact import contact_entity
from customers.views.customer import customer_entity

app_name = "customers"

urlpatterns = [*contact_entity.urls("contacts/"), *customer_entity.urls()]
