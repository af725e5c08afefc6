"""Says whether the pinned packages are what they should be: every one with hashes, and installed as pinned.

With --advisories it also asks whether weaknesses of them are known (pip-audit; needs the package index). It ends with 1 on a
finding, with 2 where the advisories could not be asked, which is not the same as none.
"""

import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; [^\\]*)? \\\n((?:    (?:--hash=|#).*\n?)+)", re.MULTILINE)


def unsafe_lines(text):
    """Return the lines that are no part of a pin with hashes."""
    rest = PIN.sub("", text)
    return [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def not_as_pinned(text):
    """Return the packages that are installed in another version, as 'name 1.0, pinned 1.1'."""
    wrong = []
    for name, version, _hashes in PIN.findall(text):
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another system, or not installed yet
        if installed != version:
            wrong.append(f"{name} {installed}, pinned {version}")
    return wrong


def findings(report):
    """Return the known weaknesses in a report of pip-audit, and how many packages it could ask about."""
    known, asked = [], 0
    for package in report["dependencies"]:
        if "skip_reason" in package:
            continue
        asked += 1
        for weakness in package["vulns"]:
            fixed = ", ".join(weakness["fix_versions"]) or "no version"
            known.append(f"{package['name']} {package['version']}: {weakness['id']}, fixed in {fixed}")
    return known, asked


def ask_advisories(name):
    """Return the exit code of asking about one file."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(FOLDER / name), "--require-hashes", "--disable-pip"]
    done = subprocess.run(
        [*command, "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )
    try:
        report = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"{name}: the advisories could not be asked: {last}")
        return 2
    known, asked = findings(report)
    for line in known:
        print(f"{name}: {line}")
    total = len(report["dependencies"])
    print(f"{name}: {len(known)} known weaknesses; {asked} of {total} packages could be asked about")
    return 1 if known else 0 if asked == total else 2


def main():
    """Return the exit code."""
    code = 0
    for name in ("base.txt", "dev.txt"):
        text = (FOLDER / name).read_text()
        for line in unsafe_lines(text):
            print(f"requirements/{name}: not pinned with a hash: {line}")
            code = 1
        for line in not_as_pinned(text):
            print(f"requirements/{name}: installed {line}: run make check again, or make clean")
            code = 1
    if code or "--advisories" not in sys.argv[1:]:
        return code
    return max(ask_advisories(name) for name in ("base.txt", "dev.txt"))


if __name__ == "__main__":
    sys.exit(main())
