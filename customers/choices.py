"""The lists of choices that customers and contacts start with; administrators own them from then on."""

from crm.configurable import ChoiceDefault, ChoiceListKind

# Industries and applications were free text before they were lists, so their Chinese names are their codes.
_INDUSTRIES = (
    ("电子电器", "Electronics"),
    ("新能源", "New energy"),
    ("汽车零部件", "Automotive parts"),
    ("电线电缆", "Wire and cable"),
    ("家电", "Home appliances"),
    ("医疗器械", "Medical devices"),
    ("建筑幕墙", "Construction and curtain walls"),
    ("胶粘剂", "Adhesives"),
    ("橡塑制品", "Rubber and plastics"),
    ("轨道交通", "Rail transport"),
    ("照明", "Lighting"),
    ("农资经销", "Farm supplies trade"),
    ("农药制剂", "Crop protection formulation"),
    ("种植", "Growers"),
    ("植保服务", "Crop protection services"),
)
_APPLICATIONS = (
    ("电源模块灌封", "Potting of power modules"),
    ("芯片封装", "Chip packaging"),
    ("LED 灌封", "LED potting"),
    ("动力电池密封", "Sealing of traction batteries"),
    ("光伏组件封装", "Encapsulation of solar modules"),
    ("汽车密封条", "Automotive weatherstrips"),
    ("连接器密封", "Connector seals"),
    ("车灯粘接", "Bonding of vehicle lamps"),
    ("耐高温线缆", "Heat-resistant cable"),
    ("新能源高压线缆", "High-voltage cable for new energy"),
    ("按键与密封圈", "Keypads and sealing rings"),
    ("医用导管", "Medical tubing"),
    ("婴童用品", "Baby products"),
    ("结构密封", "Structural glazing"),
    ("中空玻璃", "Insulating glass"),
    ("门窗密封", "Door and window sealing"),
    ("模压制品", "Moulded parts"),
    ("挤出胶管", "Extruded hose"),
    ("水稻", "Rice"),
    ("玉米", "Maize"),
    ("小麦", "Wheat"),
    ("柑橘", "Citrus"),
    ("果园", "Orchards"),
    ("设施蔬菜", "Greenhouse vegetables"),
)


def _named_by_themselves(pairs: tuple[tuple[str, str], ...]) -> tuple[ChoiceDefault, ...]:
    return tuple(ChoiceDefault(name, name, name_en) for name, name_en in pairs)


INDUSTRY = ChoiceListKind(
    "industry", "客户行业", "Industries of customers", _named_by_themselves(_INDUSTRIES), allows_other=True, order=10
)
APPLICATION = ChoiceListKind(
    "application", "应用领域", "Applications", _named_by_themselves(_APPLICATIONS), allows_other=True, order=20
)
CONTACT_ROLE = ChoiceListKind(
    "contact_role",
    "联系人角色",
    "Roles of contacts",
    (
        ChoiceDefault("purchasing", "采购", "purchasing"),
        ChoiceDefault("technical", "技术", "technical"),
        ChoiceDefault("quality", "质量", "quality"),
        ChoiceDefault("finance", "财务", "finance"),
        ChoiceDefault("decision", "决策人", "decision maker"),
        ChoiceDefault("other", "其他", "other", fixed=True),  # what a contact has whose role nobody told
    ),
    order=30,
)
CHOICE_LISTS = (INDUSTRY, APPLICATION, CONTACT_ROLE)
# Not among CHOICE_LISTS, which the migration that brought those writes: this one came later, with its own.
CERTIFICATE_KIND = ChoiceListKind(
    "certificate_kind",
    "证书种类",
    "Kinds of certificates",
    (
        ChoiceDefault("iso9001", "ISO 9001 质量管理体系", "ISO 9001"),
        ChoiceDefault("iso14001", "ISO 14001 环境管理体系", "ISO 14001"),
        ChoiceDefault("iso45001", "ISO 45001 职业健康安全", "ISO 45001"),
        ChoiceDefault("iatf16949", "IATF 16949 汽车质量管理", "IATF 16949"),
        ChoiceDefault("reach", "REACH 声明", "REACH"),
        ChoiceDefault("rohs", "RoHS 检测报告", "RoHS"),
        ChoiceDefault("sds", "SDS 安全技术说明书", "SDS"),
        ChoiceDefault("tds", "TDS 技术数据表", "TDS"),
        ChoiceDefault("coa", "COA 出厂检验报告", "COA"),
        ChoiceDefault("ul", "UL 认证", "UL"),
        ChoiceDefault("fda", "FDA 食品接触", "FDA"),
        ChoiceDefault("iso10993", "ISO 10993 生物相容性", "ISO 10993"),
        ChoiceDefault("audit", "审核报告", "audit report"),
        ChoiceDefault("pesticide", "农药登记证", "Pesticide registration"),
    ),
    allows_other=True,
    order=35,
)
DEMAND_SOURCE = ChoiceListKind(
    "demand_source",
    "需求来源",
    "Sources of stated demands",
    (
        ChoiceDefault("customer", "客户告知", "told by the customer"),
        ChoiceDefault("estimate", "我方估算", "our estimate"),
        ChoiceDefault("capacity", "设备产能推算", "capacity of the equipment"),
        ChoiceDefault("tender", "招标文件", "tender"),
        ChoiceDefault("published", "公开资料", "published"),
    ),
    order=40,
)
