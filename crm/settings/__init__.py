"""Settings; every value that differs between installations comes from the environment (docs/configuration.md)."""

from crm.settings.base import *  # noqa: F403 -- Django reads this module's names
