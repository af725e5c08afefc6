"""The secret key of a site that nobody configured: made once, kept beside its data."""

import os
import secrets
from pathlib import Path

KEY_BYTES = 50


def ensure_secret_key(var_dir: Path) -> None:
    """Set SECRET_KEY in the environment from `secret_key` in `var_dir`, which is made on the first call."""
    if os.environ.get("SECRET_KEY"):
        return
    var_dir.mkdir(parents=True, exist_ok=True)
    path = var_dir / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(KEY_BYTES))
    os.environ["SECRET_KEY"] = path.read_text().strip()
