"""The screens of what administrators configure, below /settings/: extra fields, lists of choices, number formats."""
