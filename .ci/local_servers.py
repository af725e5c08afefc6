"""Finds PostgreSQL and Redis at their standard local ports; `create` makes a database and prints its addresses."""

import getpass
import shlex
import sys

import psycopg
import redis
from psycopg import sql

NAME = "hengpu_ci"
HOSTS = ["127.0.0.1", "/var/run/postgresql", "/tmp"]
REDIS_URL = "redis://127.0.0.1:6379"
# Workers take numbers above this one; 0 is left to whoever else uses the server.
REDIS_DATABASE = 8


def postgres() -> tuple[psycopg.Connection, str] | None:
    """Return a connection that may create databases, and the address of ours; None when no server lets us in."""
    for host in HOSTS:
        for user in dict.fromkeys([getpass.getuser(), "postgres"]):
            try:
                connection = psycopg.connect(
                    host=host, user=user, dbname="postgres", connect_timeout=3, autocommit=True
                )
            except psycopg.OperationalError:
                continue
            if connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone() == (True,):
                return (
                    connection,
                    f"postgresql://{user}@/{NAME}?host={host}"
                    if "/" in host
                    else f"postgresql://{user}@{host}:5432/{NAME}",
                )
            connection.close()
    return None


def main() -> int:
    """Create or drop the database; return 1 when there is nothing to use."""
    found = postgres()
    if found is None:
        print("No PostgreSQL answers here.", file=sys.stderr)
        return 1
    connection, url = found
    name = sql.Identifier(NAME)
    with connection:
        if sys.argv[1] == "drop":
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            return 0
        version = connection.info.server_version // 10000
        if version < 15:
            print(f"PostgreSQL {version} is too old: 15 or newer is needed.", file=sys.stderr)
            return 1
        try:
            redis.Redis.from_url(f"{REDIS_URL}/{REDIS_DATABASE}", socket_timeout=3).ping()
        except redis.RedisError:
            print("No Redis answers here.", file=sys.stderr)
            return 1
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
    print(f"DATABASE_URL={shlex.quote(url)} REDIS_URL={REDIS_URL}/{REDIS_DATABASE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
