"""Configuration of the app."""

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "service"
