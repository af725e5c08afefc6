#!/usr/bin/env python
"""Django's command line; starts the embedded servers first when a service URL is unset."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    var_dir = Path(os.environ.get("HENGPU_VAR") or Path(__file__).resolve().parent / "var")
    embedded_servers = not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
    if embedded_servers or sys.argv[1:2] == ["run"]:
        from crm.process.secret import ensure_secret_key  # noqa: PLC0415 -- optional dependency

        ensure_secret_key(var_dir)
    if embedded_servers:
        from crm import embedded  # noqa: PLC0415 -- optional dependency

        try:
            embedded.ensure_running(var_dir)
        except embedded.StartError as error:
            sys.exit(str(error))
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- app ready

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
