"""Checks that locale/zh_Hans is complete and in step with the code; with --update it writes the catalogue anew.

Reading the catalogue needs nothing but Python. Comparing it with the code needs gettext; without it that part is left
out and said so.
"""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PO = Path("locale/zh_Hans/LC_MESSAGES/django.po")
SHOWN = 20
# Without dates, which would make every run a change.
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: hengpu\\n"
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
SKIPPED = ("tests/", "bench/", ".ci/", "static/vendor/", "docs/")


@dataclass
class Entry:
    """One message of the catalogue."""

    context: str | None = None
    text: str = ""
    translations: list[str] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes a message the same one."""
        return self.context, self.text


def read(path: Path) -> list[Entry]:
    """Return the entries of a .po file, without the header and without obsolete ones."""
    entries: list[Entry] = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        entry = Entry(fuzzy=any(line.startswith("#,") and "fuzzy" in line for line in lines))
        parts: dict[str, str] = {}
        keyword = ""
        for line in lines:
            found = re.match(r'(msg\w+(?:\[\d\])?)?\s*(".*")$', line)
            if found:
                keyword = found[1] or keyword
                parts[keyword] = parts.get(keyword, "") + ast.literal_eval(found[2])
        entry.context, entry.text = parts.get("msgctxt"), parts.get("msgid", "")
        entry.translations = [text for name, text in parts.items() if name.startswith("msgstr")]
        if entry.text:
            entries.append(entry)
    return entries


def from_code(copy: Path) -> Path:
    """Copy the sources to `copy`, collect their messages there and return the resulting .po file."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in listing.splitlines():
        if (
            Path(name).suffix in (".py", ".html", ".txt", ".po")
            and not name.startswith(SKIPPED)
            and (ROOT / name).exists()
        ):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    (copy / PO).parent.mkdir(parents=True, exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "-l",
        "zh_Hans",
        "--no-wrap",
        "--no-obsolete",
        "--add-location=file",
    ]
    subprocess.run(command, cwd=copy, env=environment, check=True, stdout=subprocess.DEVNULL)
    return copy / PO


def update() -> None:
    """Write the catalogue from the code, keeping its translations, and compile it."""
    (ROOT / PO).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        text = from_code(Path(folder)).read_text(encoding="utf-8")
    # A new message with a plural starts with two forms; Chinese has one.
    text = re.sub(r'^msgstr\[1\] ""\n', "", text, flags=re.MULTILINE)
    (ROOT / PO).write_text(HEADER + text[re.search(r"\n\s*\n", text).end() - 1 :], encoding="utf-8")
    subprocess.run(["msgfmt", "--check-format", "-o", str((ROOT / PO).with_suffix(".mo")), str(ROOT / PO)], check=True)


def problems() -> list[str]:
    """Return what is wrong with the catalogue, one line each."""
    if not (ROOT / PO).exists():
        return [f"{PO} is missing: run `make messages`"]
    entries = read(ROOT / PO)
    found = [f"fuzzy: {entry.text!r}" for entry in entries if entry.fuzzy]
    found += [
        f"not translated: {entry.text!r}" for entry in entries if not entry.translations or not all(entry.translations)
    ]
    return found + stale(entries) + out_of_step({entry.key for entry in entries})


def stale(entries: list[Entry]) -> list[str]:
    """Return the entries whose translation the compiled catalogue does not have."""
    compiled = (ROOT / PO).with_suffix(".mo")
    if not compiled.exists():
        return [f"{compiled.relative_to(ROOT)} is missing: run `make messages`"]
    with compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    told = {
        key if isinstance(key, str) else key[0]: value
        for key, value in catalogue.items()
        if not isinstance(key, tuple) or key[1] == 0
    }
    changed = [
        entry
        for entry in entries
        if told.get("\x04".join(filter(None, (entry.context, entry.text)))) != next(iter(entry.translations), "")
    ]
    return [
        f"not compiled (run `make messages`): {entry.text!r}"
        for entry in changed
        if not entry.fuzzy and all(entry.translations)
    ]


def out_of_step(known: set[tuple[str | None, str]]) -> list[str]:
    """Return the messages that only the code or only the catalogue has."""
    if not shutil.which("xgettext"):
        print("gettext is not installed: the catalogue is not compared with the code (apt-get install gettext).")
        return []
    with tempfile.TemporaryDirectory() as folder:
        used = {entry.key for entry in read(from_code(Path(folder)))}
    missing = [
        f"in the code, not in the catalogue (run `make messages`): {text!r}"
        for _, text in sorted(used - known, key=str)
    ]
    return missing + [
        f"in the catalogue, not in the code (run `make messages`): {text!r}"
        for _, text in sorted(known - used, key=str)
    ]


def main() -> int:
    """Update or check; return 1 when something is wrong."""
    if "--update" in sys.argv:
        update()
    found = problems()
    for line in found[:SHOWN]:
        print(line)
    if len(found) > SHOWN:
        print(f"... and {len(found) - SHOWN} more")
    print(f"{PO}: {len(found)} problems" if found else f"{PO}: complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
