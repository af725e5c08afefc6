"""The migrated database of which the suite's databases are copies.

Migrating takes longer than hundreds of tests, so one worker does it for all of them; on the suite's own server the result
is kept in .pytest_cache for the next run, under a name that changes with the migrations, with what they import and with
the packages. The schema "kept" holds the rows that migrations load. A test without a transaction leaves the database as
the migrations did: only tables that differ are written to, which takes a hundredth of the time that emptying all takes.
"""

import ast
import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection

from crm import embedded

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"

KEEP_ROWS = """
DO $$ DECLARE name text; BEGIN
    CREATE SCHEMA kept;
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE kept.%s AS TABLE public.%s', name, name);
    END LOOP;
END $$
"""
# The audit trail's triggers rest; foreign keys are checked at the end.
RENEW = """
DO $$ DECLARE name text; columns text; differs boolean; changed text[] := '{}'; BEGIN
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT t::text FROM public.%1$s t EXCEPT ALL SELECT t::text FROM kept.%1$s t)
            OR (SELECT count(*) FROM public.%1$s) <> (SELECT count(*) FROM kept.%1$s)', name) INTO differs;
        IF differs THEN changed := changed || name; END IF;
    END LOOP;
    FOREACH name IN ARRAY changed LOOP
        EXECUTE format('ALTER TABLE public.%s DISABLE TRIGGER USER', name);
    END LOOP;
    SET CONSTRAINTS ALL DEFERRED;
    FOREACH name IN ARRAY changed LOOP
        EXECUTE format('DELETE FROM public.%s', name);
        SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute  -- what the database works out is left to it
            WHERE attrelid = format('public.%s', name)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        EXECUTE format('INSERT INTO public.%1$s (%2$s) SELECT %2$s FROM kept.%1$s', name, columns);
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOREACH name IN ARRAY changed LOOP
        EXECUTE format('ALTER TABLE public.%s ENABLE TRIGGER USER', name);
    END LOOP;
END $$
"""


def name() -> str:
    """The template's name; each run has one of its own."""
    return f"migrated_{Path(os.environ['HENGPU_VAR']).name}".replace("-", "_").lower()


def ensure() -> str:
    """Return the template's name; the first process that asks makes it, the others wait."""
    with Path(os.environ["HENGPU_VAR"], "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _admin("SELECT 1 FROM pg_database WHERE datname = %s", [name()]):
            unfinished = f"{name()}_unfinished"
            _admin(f'CREATE DATABASE "{unfinished}" TEMPLATE template0')
            _fill(unfinished)
            _admin(f'ALTER DATABASE "{unfinished}" RENAME TO "{name()}"')
    return name()


def renew() -> None:
    """Give every table of this process's database the rows that it had after the migrations."""
    with connection.cursor() as cursor:
        cursor.execute(RENEW)


def drop() -> None:
    """Take the template away."""
    _admin(f'DROP DATABASE IF EXISTS "{name()}" WITH (FORCE)')


def _admin(statement: str, values: list[Any] | None = None) -> list[Any]:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        cursor = server.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _fill(database: str) -> None:
    own = os.environ["DATABASE_URL"] == embedded.urls(Path(os.environ["HENGPU_VAR"]))["DATABASE_URL"]
    kept = KEPT / f"{key()}.sql"
    if own and kept.exists():
        _run("psql", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", str(kept), database)
        return
    given = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute(KEEP_ROWS)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = given
    if own:
        _keep(database, kept)


def _keep(database: str, kept: Path) -> None:
    """Write the dump for the next run, remove those of former migrations."""
    KEPT.mkdir(parents=True, exist_ok=True)
    new = kept.with_suffix(f".{os.getpid()}")
    _run("pg_dump", "-f", str(new), database)
    for old in KEPT.glob("*.sql"):
        old.unlink(missing_ok=True)
    new.rename(kept)


def _run(program: str, *arguments: str) -> None:
    sockets = embedded.socket_dir(Path(os.environ["HENGPU_VAR"]))
    path = embedded._postgres_program(program)
    subprocess.run([str(path), "-U", "postgres", "-h", str(sockets), *arguments], check=True)


def key() -> str:
    """A name for all that decides what a migrated database holds."""
    migrations = sorted(ROOT.glob("*/migrations/*.py"))
    sources = [*migrations, *sorted(set(_imported(migrations))), ROOT / "requirements" / "base.txt", Path(__file__)]
    digest = hashlib.sha256()
    for path in sources:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _imported(migrations: list[Path]) -> Iterator[Path]:
    """The modules of ours that migrations import."""
    for path in migrations:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for module in (ROOT.joinpath(*each.split(".")) for each in names):
                yield from (file for file in (module.with_suffix(".py"), module / "__init__.py") if file.is_file())
