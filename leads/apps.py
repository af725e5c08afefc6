"""Configuration of the app."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "leads"
