"""Start-up of the kernel: each app's extensions.py is imported, then the registries are closed."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


class CrmConfig(AppConfig):
    """The shared kernel."""

    name = "crm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the apps' tasks by name is Celery's work; here the checks and, when all apps are ready, the extensions."""
        import_module("crm.base.days").bound_form_fields()
        import_module("crm.accounts.receivers")
        import_module("crm.checks")
        import_module("crm.shell.checks")
        trail_tables = import_module("crm.records.trail_tables")
        pre_migrate.connect(trail_tables.uninstall, sender=self)
        post_migrate.connect(trail_tables.install, sender=self)
        for config in apps.get_app_configs():
            if config.name in OWN_APPS and find_spec(f"{config.name}.extensions"):
                import_module(f"{config.name}.extensions")
        for name in OWN_APPS:
            if find_spec(f"{name}.extension_points"):
                for registry in import_module(f"{name}.extension_points").ALL:
                    registry.freeze()


OWN_APPS = ("crm", "customers", "leads", "opportunities", "orders", "service", "analytics", "integrations")
