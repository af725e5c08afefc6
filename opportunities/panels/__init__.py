"""Parts of records' pages that opportunities fill, one file per subject."""
