"""The pool: what goes there, and how it leaves. docs/pool.md explains it."""
