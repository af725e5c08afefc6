"""Complaints of the demo company, from registration to closure."""

import numpy as np

from crm.demo.copy import load_sequences, load_tables, monthly_codes
from crm.demo.table import Array
from crm.demo.world import World
from crm.records.pinyin import search_text_of
from leads.demo import Move, state_changes
from service.enums import ComplaintState, Severity

PREFIX = "ITR"
COMPLAINTS = 60  # at scale 1
_DAY = 86_400
_ANSWER_DAYS = (3, 7, 15)  # by severity
_DEFECTS = {
    "bubbles": ("固化后有气泡", "真空脱泡时间不足", "脱泡由 20 分钟延长到 35 分钟，首件确认"),
    "colour": ("批次间色差", "色膏批次切换未做首件比对", "色膏换批强制比色并留样"),
    "hardness": ("硬度超出规格", "硫化剂计量偏差", "计量秤周校改为班校"),
    "curing": ("表干时间偏慢", "催化剂活性下降", "催化剂效期由 12 个月缩短到 9 个月"),
    "packaging": ("包装桶变形渗漏", "装车堆码超高", "堆码限高两层并加护角"),
    "weight": ("到货净重不足", "地磅未归零", "每日开班前归零并记录"),
    "delivery": ("到货晚于承诺日期", "承运商车辆故障", "华东线路增加备用承运商"),
}
_PATHS = {
    ComplaintState.REGISTERED: (),
    ComplaintState.INVESTIGATING: (ComplaintState.INVESTIGATING,),
    ComplaintState.ANSWERED: (ComplaintState.INVESTIGATING, ComplaintState.ANSWERED),
    ComplaintState.CLOSED: (ComplaintState.INVESTIGATING, ComplaintState.ANSWERED, ComplaintState.CLOSED),
}


def generate(world: World) -> None:
    """Complaints about goods that have left, each about one order line."""
    rng, lines = world.rng("complaints"), world["sales_order_line"]
    count = world.counted(COMPLAINTS, least=8)
    gone = np.flatnonzero(~np.isnat(lines["shipped_on"]) & (lines["shipped_on"] < world.day - 4))
    line = rng.choice(gone, count, replace=False)
    waited = rng.integers(2, 45, count)
    day = np.minimum(lines["shipped_on"][line] + waited, world.yesterday - rng.integers(0, 3, count))
    order = np.lexsort((line, day))
    line, day = line[order], day[order]
    age = (world.day - day).astype(np.int64)
    draw = rng.random(count)
    state = np.select(
        [(age > 120) | ((age > 40) & (draw < 0.95)), (age > 12) & (draw < 0.7), age > 2],
        [ComplaintState.CLOSED, ComplaintState.ANSWERED, ComplaintState.INVESTIGATING],
        ComplaintState.REGISTERED,
    ).tolist()
    table = world.new("complaint", count)
    table.add("code", "text", monthly_codes(world, PREFIX, day))
    for name in ("customer_id", "business_unit_id"):
        table.add(name, "ref", lines[name][line])
    table.add("order_id", "ref", lines["order_id"][line])
    table.add("product_id", "ref", lines["product_id"][line])
    severity = rng.choice(3, count, p=[0.07, 0.3, 0.63])
    table.add("severity", "choice", severity, [value.value for value in Severity])
    table.add("received_on", "date", day)
    table.add("due_on", "date", day + np.array(_ANSWER_DAYS)[severity])
    table.add("affected_kg", "kg", lines["quantity_base"][line] * rng.integers(3, 60, count) // 100_000 * 1000)
    lost = lines["net_base"][line] * rng.integers(1, 30, count) // 100
    finished = np.isin(np.array(state), ["answered", "closed"])
    table.add("loss_base", "money", np.where(finished & (rng.random(count) < 0.45), lost, 0))
    _texts(world, rng, line, finished)
    _people_and_moves(world, rng, day, state)
    customers = world["customer"]
    table.add(
        "search_text",
        "text",
        [
            search_text_of(
                title, customers["name"][customer - 1], customers["short_name"][customer - 1], others=(code, batch)
            )
            for title, customer, code, batch in zip(
                *(table[name].tolist() for name in ("title", "customer_id", "code", "batch")), strict=True
            )
        ],
    )


def _texts(world: World, rng: np.random.Generator, line: Array, finished: Array) -> None:
    table, products = world["complaint"], world["product"]
    kinds = list(_DEFECTS)
    defect = rng.choice(len(kinds), len(line), p=[0.2, 0.12, 0.16, 0.16, 0.14, 0.08, 0.14])
    titles, causes, actions = [], [], []
    for kind, product, done in zip(defect.tolist(), table["product_id"].tolist(), finished.tolist(), strict=True):
        title, cause, action = _DEFECTS[kinds[kind]]
        titles.append(f"{products['code'][product - 1]} {title}")
        causes.append(cause if done else "")
        actions.append(action if done else "")
    table.add("defect", "choice", defect, kinds)
    table.add("title", "text", titles)
    table.add("description", "text", [f"客户来电反映：{title}，要求尽快给出处理意见。" for title in titles])
    table.add("cause", "text", causes)
    table.add("action", "text", actions)
    shipped = world["shipment_line"]
    batch_of = dict(zip(shipped["order_line_id"].tolist(), shipped["batch"].tolist(), strict=True))
    table.add("batch", "text", [batch_of.get(row + 1, "") for row in line.tolist()])


def _people_and_moves(world: World, rng: np.random.Generator, day: Array, state: list[str]) -> None:
    table, users = world["complaint"], world["user"]
    agents = {
        unit: users["id"][(users["role"] == "service_agent") & (users["business_unit_id"] == unit)] for unit in (1, 2)
    }
    owner = np.array([int(rng.choice(agents[unit])) for unit in table["business_unit_id"].tolist()])
    table.add("owner_id", "ref", owner)
    table.add("team_id", "ref", users["team_id"][owner - 1])
    made = world.stamp(day, rng.integers(8 * 3600, 18 * 3600, len(day)))
    waits = (rng.exponential(1.0, (len(day), 3)) * np.array([0.6, 5.0, 7.0]) * _DAY).astype(np.int64)
    moves, since = [], []
    for row, now in enumerate(state):
        at, source = made[row], ComplaintState.REGISTERED.value
        for turn, target in enumerate(_PATHS[ComplaintState(now)]):
            moment = min(at + np.timedelta64(int(waits[row, turn]) + 900, "s"), world.now)
            moves.append(Move(row + 1, source, target.value, moment, int((moment - at).astype(int)), int(owner[row])))
            at, source = moment, target.value
        since.append(at)
    table.add("state", "text", [ComplaintState(value).value for value in state])
    table.add("state_since", "time", np.array(since, dtype="datetime64[s]"))
    table.add("created_at", "time", made)
    table.add("updated_at", "time", table["state_since"])
    state_changes(world, "complaint_state_change", moves)


def load(world: World) -> None:
    """Write the complaints."""
    load_tables(world, {"complaint": "service.Complaint", "complaint_state_change": "service.ComplaintStateChange"})
    load_sequences(world, PREFIX)
