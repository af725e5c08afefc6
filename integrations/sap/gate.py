"""What stands between a client and the source, so that it is neither flooded nor asked while it is down. See domain/pacing.py."""

from typing import Protocol


class Gate(Protocol):
    """Asked before each request, told after it."""

    def enter(self) -> None:
        """Return when the next request may be sent. Raises NotNow while the source is left alone."""

    def answered(self) -> None:
        """The source has answered, whatever it said."""

    def silent(self) -> None:
        """It has not answered, or only the machine in front of it has."""

    def rest(self, seconds: float) -> None:
        """It asks to be left alone for so long."""


class Open:
    """The gate of a client that nobody holds back."""

    def enter(self) -> None:
        """Nothing to wait for."""

    def answered(self) -> None:
        """Nothing to note."""

    def silent(self) -> None:
        """Nothing to note."""

    def rest(self, seconds: float) -> None:
        """Nobody else to hold back."""
