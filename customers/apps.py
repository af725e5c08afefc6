"""Configuration of the app."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Customers: archive, contacts, 360 view."""

    name = "customers"
