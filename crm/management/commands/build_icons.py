"""Rebuild the icon sprite after an icon was added."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from crm.apps import OWN_APPS
from crm.markup import SPRITE
from crm.shell import icons

HELP = """Rebuild static/vendor/icons/sprite.svg from an unpacked @tabler/icons package, and its line in the manifest.

The sprite holds the icons named in crm/shell/icons.txt and those written out in templates and Python files. To add one, use
it in a template ({% icon "name" %}) or add a line to icons.txt, then:

    cd "$(mktemp -d)" && npm pack @tabler/icons@3.51.0 && tar xzf tabler-icons-*.tgz
    manage.py build_icons /that/folder/package
"""


class Command(BaseCommand):
    """manage.py build_icons FOLDER"""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the line breaks of the help."""
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The unpacked package."""
        parser.add_argument("source", type=Path, help="folder of the unpacked package (it has icons/outline)")

    def handle(self, *, source: Path, **_options: Any) -> None:
        """Write the sprite and its manifest line."""
        names = icons.listed() | icons.used(settings.BASE_DIR, ("templates", *OWN_APPS))
        try:
            sprite = icons.build(names, source).encode()
        except LookupError as error:
            raise CommandError(f"@tabler/icons has no {error}") from error
        vendor = settings.BASE_DIR / "static" / "vendor"
        (settings.BASE_DIR / "static" / SPRITE).write_bytes(sprite)
        manifest = vendor / "MANIFEST.txt"
        lines = [line for line in manifest.read_text().splitlines() if not line.endswith("icons/sprite.svg")]
        kept = [line for line in lines if line.startswith("#")]
        entries = [line for line in lines if line and not line.startswith("#")]
        entries.append(f"{sha256(sprite).hexdigest()}  icons/sprite.svg")
        manifest.write_text("\n".join([*kept, *sorted(entries, key=lambda line: line.split()[1])]) + "\n")
        self.stderr.write(f"{len(names)} icons, {len(sprite)} bytes")
