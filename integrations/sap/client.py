"""A thin OData V2 client: what it reads stands in reading.py, what it writes in writing.py and batch.py."""

from integrations.sap.batch import Batching
from integrations.sap.reading import Entity, Page, Reading
from integrations.sap.transport import Row, Traffic

__all__ = ["Entity", "ODataClient", "Page", "Row", "Traffic"]


class ODataClient(Reading, Batching):
    """One connection to an ERP; the arguments are those of Transport."""

    def __enter__(self) -> "ODataClient":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
