"""The REST API below /api/v1/: the same records, rights, rules and forms as on the pages. docs/api.md explains it.

`resources` says which kinds of record there are; `views` answers; `writing` puts JSON through the pages' forms; `moves` takes the
pages' steps; `schema` describes it all.
"""
