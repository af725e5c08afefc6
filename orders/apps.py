"""Configuration of the app."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "orders"
