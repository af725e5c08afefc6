"""Columns of the customers' sheet that go beyond the customer itself: parent company, invoice data, usual addresses."""

from django.utils.translation import gettext_lazy as _

from crm.importing.parsers import Text
from crm.importing.resources import Column


def heads(words: str) -> tuple[str, ...]:
    """Column heads, written with | between them."""
    return tuple(words.split("|"))


PART_COLUMNS = (
    Column(
        "parent",
        _("Number of the parent company"),
        Text(20, upper=True),
        heads("上级客户编号|母公司编号|集团编号|上级客户|parent|parent code|parent company|parent number"),
    ),
    Column(
        "invoice_title",
        _("Invoice title"),
        Text(200),
        heads("发票抬头|开票抬头|抬头|invoice title|bill to name"),
        example="宁波华新密封材料有限公司",
    ),
    Column(
        "tax_number", _("Tax number on invoices"), Text(30), heads("开票税号|发票税号|invoice tax number|vat number")
    ),
    Column("bank", _("Bank"), Text(100), heads("开户行|开户银行|银行|bank|bank name"), example="中国银行宁波分行"),
    Column("bank_account", _("Bank account"), Text(40), heads("银行账号|开户账号|账号|bank account|account number")),
    Column(
        "ship_to_address",
        _("Ship-to address"),
        Text(200),
        heads("收货地址|送货地址|送达方地址|发货地址|ship-to address|ship to|delivery address"),
    ),
    Column(
        "invoice_to_address",
        _("Invoice-to address"),
        Text(200),
        heads("收票地址|寄票地址|invoice-to address|invoice to|billing address"),
    ),
    Column(
        "plant_address", _("Plant address"), Text(200), heads("工厂地址|厂址|生产地址|plant address|factory address")
    ),
)
