"""The base of forms for the parts of a record: lots, papers, items of a checklist."""

from typing import Any

from crm.generic.forms import RecordForm


class PartForm(RecordForm):
    """A part; `parent` is the record that it belongs to. A field `upload` is a file: it is kept with the parent, and the domain
    function gets it as `file`."""

    def __init__(self, *args: Any, user: Any, parent: Any, **kwargs: Any) -> None:
        self.parent = parent
        super().__init__(*args, user=user, **kwargs)
