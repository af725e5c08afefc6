"""`make test`: pytest in parallel, with the browser tests where there is a Chromium. Arguments go to pytest."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.chromium import HOW_TO_GET, find_chromium  # noqa: E402 -- the path must be set first


def main() -> int:
    """Return pytest's exit code; 5 (no test ran) is a failure too."""
    command = [sys.executable, "-m", "pytest", "-n", os.environ.get("WORKERS", "2"), *sys.argv[1:]]
    chromium = find_chromium()
    environment = dict(os.environ)
    if chromium:
        environment["CHROMIUM"] = chromium
    else:
        command += ["-m", "not browser"]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if not chromium:
        print(HOW_TO_GET, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
