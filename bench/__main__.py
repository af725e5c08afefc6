"""`python -m bench NAME [options]`: run bench/NAME.py, whose main(argv) prints a table of figures."""

import importlib
import importlib.util
import os
import sys
from pathlib import Path

MODULES = {"import": "imports"}


def main() -> int:
    """Set up Django (with embedded servers when no URLs are set) and hand over to the benchmark."""
    folder = Path(__file__).parent
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    if len(sys.argv) < 2 or importlib.util.find_spec(f"bench.{MODULES.get(sys.argv[1], sys.argv[1])}") is None:
        print(
            f"usage: python -m bench {{{','.join(sorted({*names, 'import'} - {'imports'}))}}} [options]",
            file=sys.stderr,
        )
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    os.environ.setdefault("SECRET_KEY", "bench-" + "b" * 50)
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        from crm import embedded  # noqa: PLC0415 -- optional dependency

        var = Path(os.environ.get("HENGPU_VAR", folder.parent / "var"))
        embedded.ensure_running(var)
    import django  # noqa: PLC0415 -- the settings above come first

    django.setup()
    module = importlib.import_module(f"bench.{MODULES.get(sys.argv[1], sys.argv[1])}")
    return module.main(sys.argv[2:]) or 0


if __name__ == "__main__":
    sys.exit(main())
