"""What the demo company asks of the products of each line, and what its products answer."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

PHYSICAL, CURING, STRENGTH, CONFORMITY = (
    ("物性", "Physical properties"),
    ("固化", "Curing"),
    ("性能", "Performance"),
    ("认证", "Conformity"),
)


@dataclass(frozen=True)
class Field:
    """A specification field; a number lies between `bounds`, and its demo values within `usual` in steps."""

    key: str
    name: str
    name_en: str
    group: tuple[str, str]
    unit: str = ""
    bounds: tuple[float, float] | None = None
    usual: tuple[float, float, float] = (0, 0, 1)  # from, to, step
    choices: tuple[str, ...] = ()
    required: bool = False

    @property
    def kind(self) -> str:
        """As the model names it."""
        return (
            "number" if self.bounds else "choice" if self.choices else "text" if self.key == "appearance" else "yes_no"
        )

    def value(self, rng: np.random.Generator) -> Any:
        """A plausible value."""
        if self.bounds:
            first, last, step = self.usual
            number = round(first + step * int(rng.integers(0, round((last - first) / step) + 1)), 4)
            return int(number) if number == int(number) else number
        if self.choices:
            return self.choices[int(rng.integers(0, len(self.choices)))]
        if self.kind == "text":
            return LOOKS[int(rng.integers(0, len(LOOKS)))]
        return bool(rng.integers(0, 2))


LOOKS = ("半透明，无杂质", "无色透明", "白色膏状", "黑色膏状", "灰色均匀流体")
_PARTS = Field(
    "components", "组份", "Components", PHYSICAL, choices=("单组份", "双组份 1:1", "双组份 10:1"), required=True
)
_DENSITY = Field("density", "密度", "Density", PHYSICAL, "g/cm³", (0.5, 5), (1.02, 1.48, 0.02))
_VOLATILES = Field("volatiles", "挥发份", "Volatiles", PHYSICAL, "%", (0, 10), (0.1, 1.5, 0.1))
_SOLIDS = Field("solids", "固含量", "Solids", PHYSICAL, "%", (50, 100), (96, 100, 0.5))
_LOOKS = Field("appearance", "外观", "Appearance", PHYSICAL)
_HARDNESS = Field("hardness", "硬度", "Hardness", STRENGTH, "Shore A", (0, 100), (20, 70, 5), required=True)
_TENSILE = Field("tensile", "拉伸强度", "Tensile strength", STRENGTH, "MPa", (0, 30), (4, 11, 0.5))
_TEAR = Field("tear", "撕裂强度", "Tear strength", STRENGTH, "kN/m", (0, 80), (14, 42, 2))
_FOOD = Field("food_contact", "食品接触", "Food contact", CONFORMITY)
_FLAME = Field("flame", "阻燃等级", "Flame rating", CONFORMITY, choices=("UL94 V-0", "UL94 V-1", "UL94 HB", "无"))


def _viscosity(first: float, last: float, step: float) -> Field:
    return Field(
        "viscosity", "粘度", "Viscosity", PHYSICAL, "mPa·s", (1, 5_000_000), (first, last, step), required=True
    )


_AGRO = (
    Field("content", "有效成分含量", "Active ingredient", PHYSICAL, "%", (0, 100), (4, 95, 1), required=True),
    Field(
        "formulation",
        "剂型",
        "Formulation",
        PHYSICAL,
        choices=("原药 TC", "水剂 SL", "乳油 EC", "水分散粒剂 WG", "悬浮剂 SC", "可湿性粉剂 WP"),
        required=True,
    ),
    Field("registered", "农药登记有效", "Registration valid", CONFORMITY),
)
FIELDS: dict[str, tuple[Field, ...]] = {
    "LSR": (
        _viscosity(20_000, 600_000, 20_000),
        _PARTS,
        _LOOKS,
        _VOLATILES,
        _DENSITY,
        _SOLIDS,
        Field("mix_ratio", "混合比例", "Mixing ratio", CURING, choices=("A:B = 1:1", "A:B = 10:1", "A:B = 100:3")),
        _HARDNESS,
        _TENSILE,
        _TEAR,
        Field("thermal", "导热系数", "Thermal conductivity", STRENGTH, "W/(m·K)", (0, 20), (0.2, 3.6, 0.2)),
        Field("light", "透光率", "Light transmission", STRENGTH, "%", (0, 100), (60, 95, 1)),
        _FOOD,
    ),
    "SEAL": (
        _viscosity(1000, 90_000, 1000),
        _PARTS,
        _LOOKS,
        Field("skin_time", "表干时间", "Skin time", CURING, "min", (0, 600), (5, 30, 1)),
        Field("tack_free", "消粘时间", "Tack-free time", CURING, "min", (0, 1440), (15, 90, 5)),
        Field("cure_temperature", "固化温度", "Curing temperature", CURING, "℃", (-20, 250), (20, 80, 5)),
        Field("cure_time", "固化时间", "Curing time", CURING, "h", (0, 336), (12, 72, 12)),
        Field("working_time", "操作时间", "Working time", CURING, "min", (0, 480), (4, 40, 2)),
        _TENSILE,
        _FLAME,
    ),
    "HCR": (
        _HARDNESS,
        _DENSITY,
        _TENSILE,
        _TEAR,
        Field("elongation", "断裂伸长率", "Elongation at break", STRENGTH, "%", (0, 1500), (200, 800, 20)),
        _FLAME,
        _FOOD,
    ),
    "BASE": (
        _viscosity(50, 80_000, 50),
        _VOLATILES,
        Field("purity", "纯度", "Purity", PHYSICAL, "%", (0, 100), (98, 99.8, 0.1)),
    ),
    "HERBICIDE": _AGRO,
    "INSECTICIDE": _AGRO,
    "FUNGICIDE": _AGRO,
}


def answers(lines: Sequence[str], names: Sequence[str], rng: np.random.Generator) -> list[str]:
    """A specification as JSON for each product, by its line; what its name says of it comes first."""
    return [
        json.dumps(
            {**{field.key: field.value(rng) for field in FIELDS[line]}, **_told_by(line, name)}, ensure_ascii=False
        )
        for line, name in zip(lines, names, strict=True)
    ]


def _told_by(line: str, name: str) -> dict[str, Any]:
    """Silicone rubbers carry their hardness in the name, agrochemicals content and formulation."""
    if line == "LSR":
        hardness = {"hardness": int(name[-2:])} if "LSR-" in name else {"hardness": 30}
        return {**hardness, "components": "双组份 1:1", "mix_ratio": "A:B = 1:1"}
    share = re.match(r"(\d+)%", name)
    kinds = [kind for kind in _AGRO[1].choices if kind.partition(" ")[0] in name]
    return {"content": int(share[1]), "formulation": kinds[-1]} if share and kinds else {}
