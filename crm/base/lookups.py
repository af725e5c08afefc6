"""Lookups of PostgreSQL's that Django lacks."""

from typing import Any

from django.db.models import BigAutoField, CharField, ForeignKey, Lookup, TextField


class AnyOf(Lookup):
    """`customer__any_of=[1, 2]`: written `= ANY('{1,2}')`, one value for the whole list.

    PostgreSQL looks such a constant up by hash, and can use the column's index inside an OR; of a subquery it does neither.
    Meant for some thousand keys at most.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        lhs, params = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.db_type(
            connection
        )  # without it the keys come as smaller integers, which have no hash here
        return f"{lhs} = ANY(%s::{kind}[])", [*params, list(self.rhs)]


ForeignKey.register_lookup(AnyOf)
BigAutoField.register_lookup(AnyOf)


class Bigram(Lookup):
    """`search_text__bigram="华信"`: contains the text, found through the GIN index on crm_bigrams(search_text).

    The index gives rows that have all two-character pieces; the LIKE keeps those where they stand together. One character
    alone has no piece: then only LIKE decides.
    """

    lookup_name = "bigram"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        text = str(self.rhs)
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        if len(text) < 2:
            return f"{lhs} LIKE %s", [*lhs_params, like]
        return f"(crm_bigrams({lhs}) @> crm_bigrams(%s) AND {lhs} LIKE %s)", [*lhs_params, text, *lhs_params, like]


TextField.register_lookup(Bigram)
CharField.register_lookup(Bigram)
