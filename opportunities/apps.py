"""Configuration of the app."""

from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    """See docs/architecture.md for what lives here."""

    name = "opportunities"
