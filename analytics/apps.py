"""Configuration of the app."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "analytics"
