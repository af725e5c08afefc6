"""The accounts of the demo company that are there at every scale, one at least for each role."""

from dataclasses import dataclass

from crm.organisation.standard_roles import STANDARD_ROLES

PASSWORD = "hengpu-demo-2026"  # noqa: S105 -- printed by `make run`, for a company that does not exist
EMAIL_DOMAIN = "yuanqi.example"


@dataclass(frozen=True)
class Person:
    """Somebody with a fixed name. `team` is a team's code, "" for those who belong to none."""

    username: str
    name: str
    role: str
    title: str
    team: str = ""
    active: bool = True


PEOPLE = (
    Person("zhaolq", "赵立群", "executive", "总经理"),
    Person("dengx", "邓欣", "administrator", "信息部 管理员"),
    Person("hem", "何敏", "auditor", "内审专员"),
    Person("fangj", "方静", "data_steward", "主数据专员"),
    Person("wangs", "王珊", "finance", "应收会计"),
    Person("sunyl", "孙亚丽", "finance", "信用管理"),
    Person("gaoyf", "高远帆", "bu_head", "有机硅事业部 总经理", "SIL"),
    Person("tangh", "唐浩", "bu_head", "农化事业部 总经理", "AGR"),
    Person("yaoxy", "姚欣怡", "marketing", "市场经理", "SIL"),
    Person("luowb", "罗文博", "marketing", "市场专员", "AGR"),
    Person("xujh", "徐建华", "service_manager", "客户服务经理", "SIL-SERVICE"),
    Person("wut", "吴桐", "service_agent", "客户服务工程师", "SIL-SERVICE"),
    Person("qianl", "钱磊", "service_agent", "植保技术服务", "AGR-SERVICE"),
    Person("zhouqm", "周启明", "sales_manager", "华东大区经理", "SIL-EAST"),
    Person("linxw", "林晓雯", "sales_rep", "销售经理", "SIL-EAST-1"),
    Person("zhengk", "郑凯", "sales_rep", "销售经理", "SIL-EAST-1"),
    Person("lim", "李敏", "sales_rep", "销售代表（已离职）", "SIL-EAST-1", active=False),
    Person("hanrj", "韩瑞杰", "product_manager", "有机硅 产品经理", "SIL"),
    Person("shenyq", "沈雨晴", "research", "有机硅 研发工程师", "SIL"),
)

DEMO_ACCOUNTS = [
    (next(person.username for person in PEOPLE if person.role == role.code and person.active), PASSWORD, role.name)
    for role in STANDARD_ROLES
]
