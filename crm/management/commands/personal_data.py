"""The personal data of a person from the command line, by the same steps as the pages."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.errors import DomainError
from crm.models import User
from crm.personal.domain.erasure import erase_person, plan_erasure
from crm.personal.domain.exporting import log_export, write_archive
from crm.personal.domain.finding import Found, find_person, keys_of, with_dependents
from crm.personal.models.entry import MANAGE


class Command(BaseCommand):
    """manage.py personal_data export|erase PERSON [--user NAME] [--requested-by WHO] [--reason WHY] [--dry-run]"""

    help = (
        "Export or erase what is held about PERSON: the exact name, phone number or e-mail address. Prints one JSON object: the"
        " keys of the records by kind, and the archive or the number of records erased."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, about whom, as whom."""
        parser.add_argument("step", choices=["export", "erase"])
        parser.add_argument("person", help="exact name, phone number or e-mail address")
        parser.add_argument("--user", help="user name of the person who does it (default: the first active superuser)")
        parser.add_argument("--requested-by", default="", help="who asked for it; needed to erase")
        parser.add_argument("--reason", default="", help="why; needed to erase")
        parser.add_argument("--dry-run", action="store_true", help="say what is held, do nothing")
        parser.add_argument("--output", type=Path, default=Path("personal-data.zip"), help="file of an export")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result; CommandError, which ends with a code other than 0, for anything that stops it."""
        actor = self._actor(options["user"])
        found = find_person(actor=actor, text=options["person"], exact=True)
        if not found:
            raise CommandError("nothing is held under that name, number or address")
        try:
            result = (
                self._dry(found) if options["dry_run"] else getattr(self, f"_{options['step']}")(found, actor, options)
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def _actor(self, name: str | None) -> User:
        people = User.objects.filter(is_active=True)
        actor = (
            people.filter(username=name).first() if name else people.filter(is_superuser=True).order_by("pk").first()
        )
        if actor is None:
            raise CommandError(f"no active user {name!r}" if name else "no active superuser: name a user with --user")
        if not actor.has_perm(MANAGE):
            raise CommandError(f"{actor.username} may not do this ({MANAGE})")
        return actor

    def _dry(self, found: list[Found]) -> dict[str, Any]:
        planned = plan_erasure(found)
        kept = [reason for part in planned for reason in part.kept]
        states = sum(part.states for part in planned)
        return {"records": keys_of(with_dependents(found)), "trail_rows": states, "kept": kept}

    def _export(self, found: list[Found], actor: User, options: dict[str, Any]) -> dict[str, Any]:
        write_archive(options["output"], with_dependents(found))
        entry = log_export(found=found, requested_by=options["requested_by"], actor=actor)
        return {"records": entry.records, "file": str(options["output"].resolve())}

    def _erase(self, found: list[Found], actor: User, options: dict[str, Any]) -> dict[str, Any]:
        entry = erase_person(found=found, requested_by=options["requested_by"], reason=options["reason"], actor=actor)
        return {"records": entry.records, "erased": entry.rows}
