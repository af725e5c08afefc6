"""The pages of the audit trail: one list over all kinds of record, and the page of a change."""
