"""Drops what the audit trail holds from before a day: retention. Leaves an entry in the log of erasures."""

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.errors import DomainError
from crm.records.domain.trail import drop_old_trail


class Command(BaseCommand):
    """manage.py trail_drop 2023-01-01 --reason "kept for three years"."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Day and reason."""
        parser.add_argument("before", type=dt.date.fromisoformat, help="the first day that is kept, as 2023-01-01")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Drop, and print how many entries it were."""
        try:
            entry = drop_old_trail(before=options["before"], reason=options["reason"])
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(json.dumps({"erasure": entry.pk, "rows": entry.rows}))
