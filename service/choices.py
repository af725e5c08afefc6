"""The list of choices that complaints start with; administrators own it from then on."""

from crm.configurable import ChoiceDefault, ChoiceListKind

DEFECT = ChoiceListKind(
    "defect",
    "缺陷类型",
    "Kinds of defect",
    (
        ChoiceDefault("bubbles", "起泡", "bubbles"),
        ChoiceDefault("colour", "色差", "colour difference"),
        ChoiceDefault("hardness", "硬度超差", "hardness out of range"),
        ChoiceDefault("curing", "固化过慢", "curing too slow"),
        ChoiceDefault("packaging", "包装破损", "packaging damaged"),
        ChoiceDefault("weight", "重量差异", "weight difference"),
        ChoiceDefault("delivery", "延迟交货", "late delivery"),
    ),
    order=70,
)
CHOICE_LISTS = (DEFECT,)
