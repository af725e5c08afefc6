"""`python -m integrations.simulator --port N`: serve the demo company's ERP. Keeps its data in var/erp/ between starts."""

import argparse
import datetime as dt
import json
import os
import sys
import threading
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from integrations.simulator.build import fill
from integrations.simulator.life import Life
from integrations.simulator.server import SimulatorServer
from integrations.simulator.store import Store

TICK = 20.0  # seconds between the simulator's own steps


def main(argv: list[str] | None = None) -> int:
    """Make the data when there is none, then serve until stopped."""
    options = _parser().parse_args(argv)
    store = Store(Path(options.data) / f"erp-{options.scale:g}-{options.seed}.sqlite3")
    if not store.setting("filled"):
        _say(f"making the ERP's documents at scale {options.scale:g} ...")
        fill(store, scale=options.scale, seed=options.seed, today=options.today or _today())
    life = Life(store, seed=options.seed)
    user, password = os.environ.get("SIM_USER", "demo"), os.environ.get("SIM_PASSWORD", "demo")
    try:
        server = SimulatorServer((options.host, options.port), store=store, life=life, user=user, password=password)
    except OSError as error:
        _say(f"cannot listen on {options.host}:{options.port}: {error.strerror or error}")
        return 1
    server.misbehave(options.misbehave)
    if not options.still:
        threading.Thread(target=_live, args=(life,), daemon=True, name="life").start()
    _say(f"ERP simulator at {server.url}, {store.count('A_SalesOrder')} orders")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
    return 0


def _today() -> dt.date:
    """The day in the company's time zone, as load_demo takes it."""
    return dt.datetime.now(ZoneInfo(os.environ.get("TIME_ZONE", "Asia/Shanghai"))).date()


def _live(life: Life) -> None:
    while True:
        time.sleep(TICK)
        life.advance(minutes=TICK / 60)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m integrations.simulator", description="A stand-in for SAP S/4HANA's OData services."
    )
    parser.add_argument("--port", type=int, default=8800, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the demo company, as in load_demo")
    parser.add_argument("--seed", type=int, default=1, help="as in load_demo")
    parser.add_argument(
        "--today", type=dt.date.fromisoformat, help="the day its first documents end before, as in load_demo"
    )
    default = Path(os.environ.get("HENGPU_VAR", "var")) / "erp"
    parser.add_argument("--data", default=str(default), help="folder of its data")
    parser.add_argument("--still", action="store_true", help="no business of its own: only what /sim/advance asks for")
    parser.add_argument(
        "--misbehave",
        type=json.loads,
        default={},
        metavar="JSON",
        help="from the start, as POST /sim/faults (faults.py)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
