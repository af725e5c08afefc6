"""The sheet of the customer archive: its columns with the heads people give them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.importing.cells import tidy
from crm.importing.extra import Listed
from crm.importing.messages import ErrorKind
from crm.importing.parsers import CellError, Choice, Days, Email, Number, Parser, Person, Phone, Reference, Text
from crm.importing.resources import Column, Judge, Resource
from crm.importing.rows import SheetRow
from crm.models import User
from customers.domain.import_judging import judging
from customers.domain.importing import write_customers
from customers.enums import CustomerKind, Grade
from customers.models import Customer
from customers.resources.parts import PART_COLUMNS, heads
from customers.validators import credit_code_check_digit, credit_code_problem

KG = {
    word: Decimal(factor)
    for factor, words in ((1, ("kg", "公斤", "千克", "kgs")), (1000, ("吨", "t", "mt", "ton", "tons", "公吨")))
    for word in words
}
for _per in ("/年", "/a", "/year"):
    KG |= {f"{word}{_per}": factor for word, factor in list(KG.items()) if "/" not in word}
_YUAN = {
    "元": Decimal(1),
    "cny": Decimal(1),
    "rmb": Decimal(1),
    "元人民币": Decimal(1),
    "圆": Decimal(1),
    "k": Decimal(1000),
}
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"})


_KINDS = {
    "直销": "direct",
    "直接客户": "direct",
    "直客": "direct",
    "终端": "end_user",
    "终端客户": "end_user",
    "最终用户": "end_user",
    "end user": "end_user",
    "经销": "distributor",
    "经销商": "distributor",
    "分销商": "distributor",
    "贸易商": "distributor",
    "dealer": "distributor",
    "代理": "agent",
    "代理商": "agent",
}
_GRADES = {f"{letter}{tail}": letter for letter in "SABCD" for tail in ("级", "类", "级客户", "类客户")} | {
    "战略": "S",
    "战略客户": "S",
}
_GRADE_GUESSES = {"甲": "A", "乙": "B", "丙": "C", "丁": "D", "VIP": "S", "重点": "A"}


@dataclass(frozen=True)
class CreditCode(Parser):
    """A unified social credit code of GB 32100; letters it cannot contain give a suggestion when their look-alikes fit."""

    def parse(self, text: str, header: str, lookups: Any) -> str:
        value = tidy(text).replace(" ", "").replace("-", "").upper()
        if not credit_code_problem(value):
            return value
        if len(value) != 18:
            raise CellError("credit_code_length", length=len(value))
        meant = value.translate(_LOOKALIKES)
        fix = meant if meant != value and not credit_code_problem(meant) else None
        try:
            credit_code_check_digit(value[:17])
        except ValueError:
            raise CellError("credit_code_letters", fix=fix) from None
        raise CellError("credit_code_digit", fix=fix)


class CustomerResource(Resource):
    """Customers with their main contact. Found again by number, then by credit code."""

    model = Customer
    list_url_name = "customers:customer_list"
    identity_hint = _(
        "A row with the number or the credit code of an existing customer changes that customer. Empty cells change nothing."
    )
    columns = (
        Column(
            "code",
            _("Customer number"),
            Text(20, upper=True),
            heads("客户编号|客户编码|客户代码|客户号|客户id|编号|编码|code|customer code|customer no|customer number"),
            identifies=True,
        ),
        Column(
            "name",
            _("Customer name"),
            Text(200),
            heads(
                "客户名称|公司名称|企业名称|单位名称|客户全称|公司全称|企业全称|名称|客户|公司|客户单位"
                "|厂商名称|开票名称|customer|customer name|company|company name|name|legal name"
                "|account name"
            ),
            required=True,
            example="宁波华新密封材料有限公司",
        ),
        Column(
            "short_name",
            _("Short name"),
            Text(60),
            heads("客户简称|公司简称|企业简称|简称|short name|abbreviation"),
            example="华新密封",
        ),
        Column(
            "name_en",
            _("English name"),
            Text(200),
            heads("英文名称|英文名|客户英文名称|公司英文名称|外文名称|english name|name in english"),
        ),
        Column(
            "credit_code",
            _("Unified social credit code"),
            CreditCode(),
            heads(
                "统一社会信用代码|统一信用代码|社会信用代码|信用代码|信用代码证|税号|纳税人识别号"
                "|税务登记号|营业执照号|营业执照编号|工商注册号|uscc|credit code|tax id|tax no|tax number"
                "|unified social credit code"
            ),
            identifies=True,
            example="91330200MA0000001L",
        ),
        Column(
            "kind",
            _("Type"),
            Choice(CustomerKind.choices, words=_KINDS),
            heads("客户类型|客户类别|客户性质|类型|类别|销售方式|渠道|渠道类型|type|customer type|kind|channel"),
            example="经销商",
        ),
        Column(
            "grade",
            _("Grade"),
            Choice(Grade.choices, words=_GRADES, guesses=_GRADE_GUESSES),
            heads("客户等级|客户级别|等级|级别|分级|客户分级|评级|abc分类|grade|level|class|rating|customer grade"),
            example="B",
        ),
        Column(
            "industry",
            _("Industry"),
            Listed("industry"),
            heads("行业|所属行业|客户行业|行业分类|行业类别|industry|sector"),
            example="汽车零部件",
        ),
        Column(
            "application",
            _("Application"),
            Listed("application", 100),
            heads("应用领域|应用|用途|产品应用|应用场景|应用行业|终端应用|application|use|end use"),
            example="密封圈",
        ),
        Column(
            "region",
            _("Sales region"),
            Reference("region"),
            heads("区域|销售区域|大区|所属区域|所属大区|片区|区域名称|region|sales region|area|territory"),
            example="华东",
        ),
        Column(
            "province",
            _("Province"),
            Text(30),
            heads("省份|省|所在省|所在省份|省市|省/直辖市|province|state"),
            example="浙江",
        ),
        Column(
            "city",
            _("City"),
            Text(30),
            heads("城市|市|所在市|所在城市|地级市|city|town"),
            example="宁波",
        ),
        Column(
            "address",
            _("Address"),
            Text(200),
            heads("地址|详细地址|公司地址|通讯地址|联系地址|注册地址|办公地址|address|street|company address"),
            example="江北区长兴路 1 号",
        ),
        Column(
            "phone",
            _("Company phone"),
            Phone(40),
            heads("电话|公司电话|联系电话|座机|固定电话|固话|总机|办公电话|phone|telephone|tel|company phone"),
        ),
        Column(
            "website",
            _("Website"),
            Text(120),
            heads("网址|网站|官网|公司网址|主页|website|web|url|homepage"),
        ),
        Column(
            "owner",
            _("Owner"),
            Person(),
            heads(
                "负责人|业务员|销售|销售员|销售代表|客户经理|销售经理|销售负责人|跟进人|归属人|归属"
                "|所属业务员|客户负责人|owner|sales|sales rep|sales representative|account manager"
                "|salesperson"
            ),
            required=True,
            example="",
        ),
        Column(
            "payment_terms",
            _("Payment terms (days)"),
            Days(),
            heads(
                "账期|账期天数|付款账期|信用期|信用期限|付款期限|付款条件|结算周期|回款周期|结算方式"
                "|账期(天)|payment terms|payment days|credit days|terms"
            ),
            example="60",
        ),
        Column(
            "credit_limit",
            _("Credit limit (CNY)"),
            Number(places=2, units=_YUAN),
            heads("信用额度|授信额度|信用限额|赊销额度|额度|授信|credit limit|credit line"),
            example="500000",
        ),
        Column(
            "annual_demand",
            _("Annual demand (kg)"),
            Number(places=3, units=KG),
            heads(
                "年需求|年需求量|年用量|年采购量|年消耗量|预计年用量|需求量|用量|年需求(吨)|annual demand"
                "|annual volume|demand|yearly demand|annual usage"
            ),
            example="120000",
        ),
        Column(
            "contact_name",
            _("Contact"),
            Text(60),
            heads(
                "联系人|联系人姓名|主要联系人|主联系人|客户联系人|姓名|对接人|采购联系人|contact"
                "|contact name|contact person|main contact"
            ),
            example="陈志远",
        ),
        Column(
            "contact_title",
            _("Position of the contact"),
            Text(60),
            heads("职务|职位|联系人职务|联系人职位|岗位|头衔|position|title|job title"),
            example="采购经理",
        ),
        Column(
            "contact_phone",
            _("Mobile of the contact"),
            Phone(40),
            heads(
                "手机|手机号|手机号码|联系人电话|联系人手机|移动电话|联系人手机号|联系人联系方式|联系方式"
                "|mobile|mobile phone|cell|contact phone"
            ),
            example="13800000000",
        ),
        Column(
            "contact_email",
            _("E-mail of the contact"),
            Email(),
            heads("邮箱|电子邮箱|邮件|联系人邮箱|电子邮件|e-mail|email|mail|contact email"),
            example="chen@example.com",
        ),
        *PART_COLUMNS,
        Column(
            "notes",
            _("Notes"),
            Text(5000, lines=True),
            heads("备注|说明|备注说明|其他|描述|notes|note|remark|remarks|comment|comments"),
        ),
    )
    error_kinds = {
        "credit_code_length": ErrorKind(_("Format of the credit code"), _("%(length)s characters; must be 18.")),
        "credit_code_letters": ErrorKind(
            _("Format of the credit code"), _("Contains characters that a credit code never has.")
        ),
        "credit_code_digit": ErrorKind(
            _("Format of the credit code"), _("The last character does not fit the others.")
        ),
        "code_unknown": ErrorKind(
            _("Unknown customer number"), _("No customer has this number; leave it empty for a new one.")
        ),
        "credit_code_taken": ErrorKind(_("Credit code in use"), _("Customer %(code)s has this credit code.")),
        "changed_since_check": ErrorKind(
            _("Changed since the check"),
            _("Somebody else changed customer %(code)s after the check: look at it, then import the row again."),
        ),
        "not_yours": ErrorKind(_("Customer of somebody else"), _("Customer %(code)s belongs to somebody else.")),
        "protected": ErrorKind(
            _("Protected field"),
            _("You change this field of customer %(code)s by request only: ask on its edit page."),
        ),
        "no_change": ErrorKind(_("No right to change"), _("You may not change customer %(code)s.")),
        "no_grade": ErrorKind(_("No right to set grades"), _("You may not set grades: leave the cell empty.")),
        "owner_nowhere": ErrorKind(_("Owner without business unit"), _("This person belongs to no business unit.")),
        "contact_nameless": ErrorKind(_("Contact without name"), _("Give the contact's name too.")),
        "repeats_row": ErrorKind(_("Repeats another row"), _("Row %(row)s has the same; it cannot be created twice.")),
        "name_ambiguous": ErrorKind(
            _("Name of several customers"), _("%(count)s customers have this name: give the number.")
        ),
        "parent_unknown": ErrorKind(
            _("Unknown parent company"),
            _("No customer in your reach has this number; import the parent company first."),
        ),
        "parent_refused": ErrorKind(
            _("Parent company not set"),
            _("It stands below this customer, or the group would be too deep; the rest was written."),
        ),
        "name_similar": ErrorKind(
            _("Similar name"), _("Probably customer %(code)s: give its number to change it, else create a new one.")
        ),
        "earlier_row_rejected": ErrorKind(
            _("Repeats another row"), _("Row %(row)s, which it repeats, was not imported.")
        ),
    }

    @classmethod
    def judging(cls, *, actor: User, batch_id: int) -> AbstractContextManager[Judge]:
        """Compare with the customers there are."""
        return judging(actor=actor, batch_id=batch_id)

    @classmethod
    def write(cls, rows: Sequence[SheetRow], *, actor: User, batch_id: int, on_duplicate: str) -> None:
        """The fast writer."""
        write_customers(rows, actor=actor, batch_id=batch_id, on_duplicate=on_duplicate)
