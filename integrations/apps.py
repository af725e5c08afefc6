"""Configuration of the app."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "integrations"
