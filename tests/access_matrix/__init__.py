"""Who may open which address: one line per URL name. tests/test_access.py walks all URLs and fails on one that is not here.

Page(permission): the same for everybody who has the permission.
Record(permission, make): the record decides; `make(org, owner=...)` builds one, `kwargs(record)` its address. Inside the
reach 200, outside 404. Own(...): rows of one person; only that person gets them.
Open: visitors too. Member: everybody who is signed in.
"""

from tests.access_matrix import api, business, customers, kernel, settings
from tests.access_matrix.expectations import Expectation

MATRIX: dict[str, Expectation] = {
    **kernel.LINES,
    **customers.LINES,
    **business.LINES,
    **api.LINES,
    **settings.LINES,
}
