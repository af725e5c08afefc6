"""Forms of the import wizard."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.importing.enums import OnDuplicate
from crm.importing.models import ImportBatch
from crm.importing.resources import allowed_resources


class UploadForm(forms.Form):
    """What kind of sheet, and the file."""

    resource = forms.ChoiceField(label=_("Kind of data"))
    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.csv,.txt"}), allow_empty_file=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(entry.key, entry.label) for entry in allowed_resources(user)]
        field = self.fields["resource"]
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = choices[0][0] if choices else None
        limit = filesizeformat(settings.IMPORT_MAX_BYTES)
        self.fields["file"].help_text = gettext("Excel (.xlsx, .xls) or CSV (UTF-8, GB18030), at most %(limit)s.") % {
            "limit": limit
        }

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.IMPORT_MAX_BYTES:
            limit = filesizeformat(settings.IMPORT_MAX_BYTES)
            raise forms.ValidationError(
                gettext("The file is larger than %(limit)s: split it into several files.") % {"limit": limit}
            )
        return upload


class SheetForm(forms.Form):
    """Which sheet, and in which row the column heads are."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(label=_("Row of the column heads"), min_value=1, max_value=1000, required=False)

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name or batch.file_name) for name in batch.sheets]  # type: ignore[attr-defined]
        self.initial = {"sheet": batch.sheet, "header_row": batch.header_row}


class CommitForm(forms.Form):
    """What to do with duplicates."""

    on_duplicate = forms.ChoiceField(label=_("Duplicates"), choices=OnDuplicate.choices, initial=OnDuplicate.SKIP)
