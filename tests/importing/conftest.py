"""Messages are compared in English."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The tests read the source texts."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    """Uploads of a test go with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
