"""`manage.py sync`: read the ERP's documents now."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.errors import DomainError
from integrations.domain.connection import open_client
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.engine import entity_sets, sync_all


class Command(BaseCommand):
    """Prints one JSON object: per entity set read, written, unchanged, rejected and control sums, or an error."""

    help = "Read sales orders, deliveries, billing documents and account items from the ERP."

    def add_arguments(self, parser: CommandParser) -> None:
        """The command line."""
        parser.add_argument("entity_set", nargs="*", help=f"which of {', '.join(ENTITY_SETS)}; all when none is given")
        parser.add_argument("--full", action="store_true", help="read everything, not only what has changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it. Exit code 1 when an entity set failed or was being read by another process."""
        try:
            wanted = [entity_set.name for entity_set in entity_sets(options["entity_set"])]
            client = open_client()
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        report: dict[str, Any] = {}
        failed = False
        with client:
            for outcome in sync_all(client=client, names=wanted, full=options["full"]):
                name = outcome.entity_set.name
                report[f"{name} ({outcome.after})" if outcome.after else name] = outcome.as_json()
                if outcome.run is None:
                    failed = True
                    self.stderr.write(f"{outcome.entity_set.name}: {outcome.error}")
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        if failed:
            sys.exit(1)
