"""Uploads of the tests of imports."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    """Uploads of a test go with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
