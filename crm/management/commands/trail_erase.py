"""Empties fields of records in the audit trail: erasure of personal data. Leaves an entry in the log of erasures."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.errors import DomainError
from crm.records.domain.trail import erase_from_trail


class Command(BaseCommand):
    """manage.py trail_erase customers.contact 15 16 --fields name phone email --reason "request of 2026-11-02"."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Kind, keys, fields, reason."""
        parser.add_argument("kind", help="app.model")
        parser.add_argument("records", nargs="+", type=int, help="keys of the records")
        parser.add_argument("--fields", nargs="+", required=True)
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and print how many entries it touched."""
        names = ("kind", "records", "fields", "reason")
        try:
            entry = erase_from_trail(**{name: options[name] for name in names})
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(json.dumps({"erasure": entry.pk, "rows": entry.rows}))
