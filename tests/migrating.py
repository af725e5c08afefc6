"""Run what a migration does to data once more, as on an installation that is older."""

from importlib import import_module

from django.apps import apps
from django.db.migrations import RunPython


def run_data_steps(migration: str) -> None:
    """The RunPython operations of a migration of crm, in their order, on the models of today."""
    steps = [
        step for step in import_module(f"crm.migrations.{migration}").Migration.operations if type(step) is RunPython
    ]
    assert steps, f"{migration} does nothing to data"
    for step in steps:
        step.code(apps, None)
