"""Import a sheet from the command line, by the same steps as the pages."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from crm import extension_points
from crm.errors import DomainError
from crm.importing.domain import batches, mapping
from crm.importing.domain.sheets import store_rejected
from crm.importing.enums import BatchState, OnDuplicate
from crm.importing.models import ImportBatch
from crm.importing.resources import resource_of
from crm.models import User


class Command(BaseCommand):
    """manage.py import_file RESOURCE FILE [--dry-run] [--user NAME] [--mapping FILE]"""

    help = (
        "Import FILE (.xlsx, .xls, .csv). Prints one JSON object: rows new, changed, unchanged, duplicate, rejected, and the path"
        " of the sheet with the rejected rows (null when there are none)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, from where, as whom."""
        parser.add_argument("resource", help="kind of sheet, for example: customers")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--user", help="user name of the person who imports (default: the first active superuser)")
        parser.add_argument(
            "--mapping", type=Path, help='JSON file {"column head": "field", ...}; columns not named are left out'
        )
        parser.add_argument("--sheet", help="name of the sheet (default: the one with most known column heads)")
        parser.add_argument(
            "--duplicates",
            choices=OnDuplicate.values,
            default=OnDuplicate.SKIP,
            help="what to do with duplicates (default: skip)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts; CommandError, which ends with a code other than 0, for anything that stops it."""
        if options["resource"] not in {entry.key for entry in extension_points.import_resources.all()}:
            known = ", ".join(entry.key for entry in extension_points.import_resources.all())
            raise CommandError(f"unknown resource {options['resource']!r}; known: {known}")
        actor = self._actor(options["user"])
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        try:
            counts = self._import(actor, content, options)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(json.dumps(counts, ensure_ascii=False))

    def _actor(self, name: str | None) -> User:
        people = User.objects.filter(is_active=True)
        actor = (
            people.filter(username=name).first() if name else people.filter(is_superuser=True).order_by("pk").first()
        )
        if actor is None:
            raise CommandError(f"no active user {name!r}" if name else "no active superuser: name a user with --user")
        if not actor.has_perm("crm.add_importbatch"):
            raise CommandError(f"{actor.username} may not import (crm.add_importbatch)")
        return actor

    def _import(self, actor: User, content: bytes, options: dict[str, Any]) -> dict[str, Any]:
        batch = batches.create_batch(
            actor=actor, resource_key=options["resource"], file_name=options["file"].name, content=content
        )
        try:
            if options["sheet"]:
                batches.choose_sheet(batch=batch, actor=actor, sheet=options["sheet"])
            chosen = self._mapping(batch, options["mapping"])
            batches.set_mapping(batch=batch, actor=actor, mapping=chosen)
        except (DomainError, CommandError):
            batches.discard_batch(batch=batch, actor=actor)
            raise
        self._say(batch)
        batch = batches.start_check(batch=batch, actor=actor, at_once=True)
        self._stop_if_failed(batch)
        if options["dry_run"]:
            return self._dry_result(batch, actor)
        batch = batches.start_commit(batch=batch, actor=actor, on_duplicate=options["duplicates"], at_once=True)
        self._stop_if_failed(batch)
        return self._result(batch)

    def _mapping(self, batch: ImportBatch, path: Path | None) -> list[str]:
        if path is None:
            return list(batch.mapping)
        try:
            wanted = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error
        known = {column.key for column in resource_of(batch.resource).columns}
        heads = {mapping.plain(head) for head in batch.headers}
        if not isinstance(wanted, dict) or not set(wanted.values()) <= known:
            raise CommandError(
                f"{path}: must be an object of column heads and fields; fields: {', '.join(sorted(known))}"
            )
        if missing := [head for head in wanted if mapping.plain(head) not in heads]:
            raise CommandError(f"{path}: the sheet has no column {', '.join(missing)}")
        by_head = {mapping.plain(head): key for head, key in wanted.items()}
        return [by_head.get(mapping.plain(head), "") if head else "" for head in batch.headers]

    def _say(self, batch: ImportBatch) -> None:
        pairs = [
            f"{head} -> {key or '(left out)'}" for head, key in zip(batch.headers, batch.mapping, strict=True) if head
        ]
        self.stderr.write(f"{batch.file_name}: sheet {batch.sheet!r}, column heads in row {batch.header_row}")
        self.stderr.write("; ".join(pairs))

    def _stop_if_failed(self, batch: ImportBatch) -> None:
        if batch.state == BatchState.FAILED:
            raise CommandError(batch.job.message if batch.job else "the import failed")

    def _dry_result(self, batch: ImportBatch, actor: User) -> dict[str, Any]:
        """The counts of the check; only the sheet of rejected rows stays."""
        counts = batch.counts
        if counts["error"]:
            store_rejected(batch, status="error")
        out = {name: counts[name] for name in ("new", "changed", "unchanged", "duplicate")}
        out |= {"rejected": counts["error"], "rejected_file": _path(batch)}
        batch.rejected_file = ""
        batches.discard_batch(batch=batch, actor=actor)
        return out

    def _result(self, batch: ImportBatch) -> dict[str, Any]:
        counts = batch.counts["result"]
        names = {
            "new": "created",
            "changed": "updated",
            "unchanged": "unchanged",
            "duplicate": "skipped",
            "rejected": "rejected",
        }
        return {**{name: counts[outcome] for name, outcome in names.items()}, "rejected_file": _path(batch)}


def _path(batch: ImportBatch) -> str | None:
    """Where the rejected rows are stored; a name for storages without paths."""
    name = batch.rejected_file.name
    if not name:
        return None
    try:
        return default_storage.path(name)
    except NotImplementedError:
        return name
