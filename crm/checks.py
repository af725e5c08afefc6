"""System checks: what must hold of every model."""

from typing import Any

from django.apps import apps
from django.core.checks import Error, register

from crm.apps import OWN_APPS


@register()
def every_model_declares_a_scope(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Row scope is never forgotten: a model of ours without `scope` is an error (audit rows follow their record)."""
    problems = []
    for config in apps.get_app_configs():
        if config.name not in OWN_APPS:
            continue
        for model in config.get_models():
            if hasattr(model, "pgh_tracked_model") or hasattr(model, "scope"):
                continue
            problems.append(
                Error(
                    f"{model._meta.label} declares no scope", hint="Add scope = ... (crm/base/scopes.py)", id="crm.E001"
                )
            )
    return problems
