"""Configuration of the app."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CustomersConfig(AppConfig):
    """Customers: archive, contacts, 360 view."""

    name = "customers"

    def ready(self) -> None:
        """After migrations, the triggers that lead rows of merged customers to the winner."""
        following = import_module("customers.domain.merging.following")
        pre_migrate.connect(following.uninstall, sender=self)
        post_migrate.connect(following.install, sender=self)
