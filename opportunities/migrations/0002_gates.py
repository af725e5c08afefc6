"""The funnel: four stages, three ways out of it, and the key tasks that must be answered before a stage is left.

A company may change the rows afterwards; the code compares categories and positions, never codes or names.
"""

from typing import Any

from django.db import migrations

LSR, SEALANT, HCR, BASIC = "LSR", "SEAL", "HCR", "BASE"

# code, Chinese name, English name, category, position, win probability (%), standard days
STAGES = (
    ("requirement", "确认需求", "Requirement confirmed", "open", 1, 10, 30),
    ("solution", "方案确认", "Solution confirmed", "open", 2, 30, 30),
    ("evaluation", "客户评估试用", "Customer evaluation", "open", 3, 60, 30),
    ("negotiation", "商务谈判", "Negotiation", "open", 4, 80, 21),
    ("won", "赢单", "Won", "won", 8, 100, 30),
    ("lost", "输单", "Lost", "lost", 9, 0, 30),
    ("on_hold", "搁置", "On hold", "on_hold", 10, 0, 30),
)

# key, Chinese name, English name, product lines it is for (none: all). A key that is no field is kept in the specification.
GATE = {
    "requirement": (
        ("customer", "客户名称", "Customer", ()),
        ("sales_process", "销售流程名称", "Sales process", ()),
        ("name", "商机名称", "Name of the opportunity", ()),
        ("expected_close_on", "预计成交日期", "Expected close", ()),
        ("demand_kg", "客户需求量(kg)", "Customer's demand (kg)", ()),
        ("our_volume_kg", "我司预计采购量(kg)", "Our expected volume (kg)", ()),
        ("market_price", "市场售价(元/kg)", "Market price (per kg)", ()),
        ("product_line", "所属产品线", "Product line", ()),
        ("need", "客户业务问题与需求", "Customer's problem and need", ()),
        ("competitors", "识别竞争对手", "Competitors identified", ()),
        ("source", "机会来源", "Source", ()),
        ("category", "机会类别", "Category", ()),
        ("dimension", "机会维度", "Dimension", ()),
        ("application", "市场与应用", "Market and application", ()),
        ("target_function", "目标产品功能", "Target function", ()),
        ("buying_motive", "客户采购动力", "Buying motive", ()),
        ("timing", "时间节点期望", "Timing expected", ()),
        ("certification", "认证要求", "Certification required", ()),
    ),
    "solution": (
        ("viscosity", "目标产品粘度", "Viscosity", (LSR, SEALANT, BASIC)),
        ("components", "目标产品组份", "Components", (LSR, SEALANT)),
        ("physical", "外观、挥发份、密度、固含量", "Appearance, volatiles, density, solids", (LSR,)),
        (
            "curing",
            "固化（表干、消粘、温度、时间、操作时间）",
            "Curing (skin, tack-free, temperature, time, working time)",
            (SEALANT,),
        ),
        ("hardness", "目标产品硬度（SHORE A）", "Hardness (Shore A)", (HCR, LSR)),
        ("mix_ratio", "目标产品混合比例", "Mixing ratio", (LSR,)),
        ("performance", "力学、电学、热学、光学性能要求", "Mechanical, electrical, thermal, optical requirements", ()),
        ("process", "客户应用工艺", "Customer's process", ()),
    ),
    "evaluation": (
        ("process", "客户应用工艺", "Customer's process", ()),
        ("competitors", "识别竞争对手", "Competitors identified", ()),
        ("solution", "解决方案", "Solution", ()),
    ),
    "negotiation": (
        ("competitors", "识别竞争对手", "Competitors identified", ()),
        ("proposed_price", "建议产品售价(元/kg)", "Proposed price (per kg)", ()),
        ("support_needed", "需要支持", "Support needed", ()),
        ("dimension", "机会维度", "Dimension", ()),
    ),
}
IN_SPECIFICATION = frozenset(
    {"sales_process", "viscosity", "components", "physical", "curing", "hardness", "mix_ratio", "performance"}
)


def create(apps: Any, _schema_editor: Any) -> None:
    """Write the stages and their gate items."""
    stage_model, item_model = apps.get_model("opportunities", "Stage"), apps.get_model("opportunities", "GateItem")
    fields = ("code", "name", "name_en", "category", "position", "probability", "standard_days")
    for row in STAGES:
        stage = stage_model.objects.create(**dict(zip(fields, row, strict=True)))
        item_model.objects.bulk_create(
            item_model(
                stage=stage,
                kind="specification" if key in IN_SPECIFICATION else "field",
                key=key,
                name=name,
                name_en=name_en,
                position=position,
                level="off" if lines else "required",
                levels=dict.fromkeys(lines, "required"),
            )
            for position, (key, name, name_en, lines) in enumerate(GATE.get(stage.code, ()), start=1)
        )


def remove(apps: Any, _schema_editor: Any) -> None:
    """Take them away again; the database refuses while opportunities stand in them."""
    apps.get_model("opportunities", "Stage").objects.filter(code__in=[row[0] for row in STAGES]).delete()


class Migration(migrations.Migration):
    """Rows only."""

    replaces = [
        ("opportunities", "0002_funnel"),
    ]
    dependencies = [("opportunities", "0001_funnel")]
    operations = [migrations.RunPython(create, remove)]
