"""The ERP's units in our words."""

_WORDS = {"KG": "kg", "TO": "t", "DR": "drum", "ST": "pcs"}  # its codes of units that have a word of ours


def unit_of(code: str) -> str:
    """The unit of this code as crm.formats knows it; a code that has no word stays."""
    return _WORDS.get(code, code)
