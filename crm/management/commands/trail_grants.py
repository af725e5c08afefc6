"""Prints the statements that let a database role run the site without being able to change the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from crm.records.trail_tables import CONTEXT, ERASURE, tracked_models


class Command(BaseCommand):
    """manage.py trail_grants ROLE | psql, as the owner of the tables; again after each release."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The role."""
        parser.add_argument("role", help="the database role the site signs in as; it must not own the tables")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        role, database = connection.ops.quote_name(options["role"]), connection.ops.quote_name(_database())
        trail = [CONTEXT, ERASURE, *(kind.events._meta.db_table for kind in tracked_models())]
        for statement in (
            f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role}",
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
            f"REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {', '.join(sorted(trail))} FROM {role}",
            f"REVOKE INSERT ON {ERASURE} FROM {role}",
        ):
            self.stdout.write(f"{statement};")


def _database() -> str:
    return str(connection.settings_dict["NAME"])
