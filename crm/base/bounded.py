"""A time limit for questions whose cost nobody knows beforehand."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from crm.errors import DomainError

MOST = 5000  # milliseconds


class TooSlow(DomainError):
    """The database would take too long for this."""

    code = "too_slow"


@contextmanager
def bounded() -> Iterator[None]:
    """Each question asked while this lasts takes MOST milliseconds at most; then TooSlow is raised."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(MOST)])
            yield
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "57014":  # query_canceled
            raise
        raise TooSlow(_("This takes too long for so many rows. Narrow the list by filters.")) from error
