"""Parts of a customer's page that the archive itself fills, one file per subject."""
