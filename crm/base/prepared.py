"""Questions that every page asks of the database: their SQL is composed once, which took longer than the answer does."""

from copy import copy
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Prepared:
    """A queryset whose SQL is kept; `rows()` asks it anew each time.

    Whoever keeps one puts into its key all that the SQL holds, the day above all. It may be asked from several threads.
    """

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql = self._compiler.as_sql()
        self._compiler.as_sql = lambda *_args, **_options: sql

    def rows(self) -> list[Any]:
        """What iterating the queryset gives, read now."""
        found = self._queryset.all()
        found.query.get_compiler = self._here  # type: ignore[method-assign]
        return list(found)

    def _here(self, *_args: Any, **_options: Any) -> SQLCompiler:
        """The compiler on the connection of the asking thread."""
        compiler = copy(self._compiler)
        compiler.connection = connection
        return compiler
