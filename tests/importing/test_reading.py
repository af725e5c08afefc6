"""Files of every kind are read by what is in them; what cannot be read says what to do."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from crm.errors import DomainError
from crm.importing.cells import text_of, tidy
from crm.importing.domain import mapping
from crm.importing.domain.reading import open_book
from customers.resources.customer import CustomerResource
from tests.importing.sheets import HEAD, batch_of, checked, csv_text, line, rows_of, xlsx

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_each_encoding_with_each_delimiter(encoding, delimiter):
    text = csv_text([HEAD, line(1, name="镕基镒鑫（宁波）有限公司")], delimiter=delimiter)
    book = open_book(text.encode(encoding))
    rows = list(book.rows(""))
    assert rows[0] == (1, HEAD)
    assert rows[1][1][0] == "镕基镒鑫（宁波）有限公司"
    assert len(rows[1][1]) == len(HEAD)


def test_gb18030_csv_with_its_heads_in_row_3(org):
    text = csv_text([["客户主数据"], [], HEAD, line(1), [], line(2)])
    batch = checked(org.people.administrator, text.encode("gb18030"), "客户.csv")
    assert batch.header_row == 3
    assert batch.headers == HEAD
    assert [row.number for row in rows_of(batch)] == [4, 6]
    assert batch.counts["new"] == 2


def test_xls_with_a_title_and_cells_merged_downwards(org):
    content = (DATA / "customers.xls").read_bytes()
    batch = checked(org.people.administrator, content, "客户.xls")
    assert batch.sheets == ["客户", "空表"]
    assert (batch.sheet, batch.header_row) == ("客户", 3)
    assert batch.mapping == ["name", "credit_code", "region", "owner", "payment_terms", "credit_limit"]
    first, second = rows_of(batch)
    assert first.clean["region"] == second.clean["region"] == org.east.pk
    assert (first.clean["payment_terms"], first.clean["credit_limit"]) == ("30", "500000.5")
    assert batch.counts["new"] == 2


def merged_workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("数据")
    sheet.merge_range("B1:H1", "2026 年客户档案")
    sheet.merge_range("B3:B4", "客户名称")
    sheet.merge_range("C3:C4", "区域")
    sheet.merge_range("D3:D4", "业务员")
    sheet.merge_range("F3:G3", "联系人")
    sheet.write_row("F4", ["姓名", "电话"])
    sheet.write_row("B5", ["甲公司", "", "郑凯", "", "陈一", "13800000001"])
    sheet.write_row("B6", ["乙公司", "", "郑凯", "", "陈二", 13800000002])
    sheet.merge_range("C5:C6", "华东")
    book.close()
    return out.getvalue()


def test_heads_in_two_rows_an_empty_column_and_a_merged_title(org):
    batch = checked(org.people.administrator, merged_workbook())
    assert batch.header_row == 4
    assert batch.headers == ["", "客户名称", "区域", "业务员", "", "联系人 姓名", "联系人 电话"]
    assert batch.mapping == ["", "name", "region", "owner", "", "contact_name", "contact_phone"]
    first, second = rows_of(batch)
    assert second.clean == {
        "name": "乙公司",
        "region": org.east.pk,
        "owner": org.people.colleague.pk,
        "contact_name": "陈二",
        "contact_phone": "13800000002",
    }
    assert first.clean["region"] == org.east.pk


def test_another_sheet_can_be_chosen(org):
    from crm.importing.domain.batches import choose_sheet

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("说明").write_row(0, 0, ["本表说明", "版本 2"])
    book.add_worksheet("客户").write_row(0, 0, HEAD)
    book.get_worksheet_by_name("客户").write_row(1, 0, line(1))
    book.add_worksheet("旧").write_row(0, 0, ["企业名称", "备注"])
    book.get_worksheet_by_name("旧").write_row(1, 0, ["老客户", "x"])
    book.close()
    batch = batch_of(org.people.administrator, out.getvalue())
    assert batch.sheet == "客户"
    batch = choose_sheet(batch=batch, actor=org.people.administrator, sheet="旧")
    assert (batch.headers, batch.mapping) == (["企业名称", "备注"], ["name", "notes"])
    with pytest.raises(DomainError, match="no sheet"):
        choose_sheet(batch=batch, actor=org.people.administrator, sheet="nirgends")


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500


def zip_of(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (xlsx([line(1)])[:500], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (encrypted(), "password"),
        (zip_of(**{"word__document.xml": b"<x/>"}), "not an Excel workbook"),
        (zip_of(**{"xl__workbook.xml": b"<x/>"}), "damaged"),
        (zip_of(**{"xl__workbook.xml": b"<x/>", "xl__bomb": b"\0" * (700 * 1024 * 1024)}), "too large once unpacked"),
        (b"<!DOCTYPE html><table><tr><td>x</td></tr></table>", "not an Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not an Excel workbook"),
        ("客户名称,区域\n".encode("gb18030") + b"\xff\xff\xff,\xfe", "neither UTF-8 nor GB18030"),
    ],
)
def test_what_cannot_be_read_says_so(content, message):
    with pytest.raises(DomainError, match=message):
        book = open_book(content)
        list(book.rows(book.names[0]))


def test_a_file_above_the_limit_is_refused(settings):
    settings.IMPORT_MAX_BYTES = 1000
    with pytest.raises(DomainError, match="larger than"):
        open_book(b"a,b\n" * 500)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (csv_text([["客户主数据"]]).encode(), "at least two column heads"),
        (csv_text([HEAD]).encode(), "no rows to import"),
    ],
)
def test_a_sheet_without_heads_or_rows_is_refused(org, content, message):
    with pytest.raises(DomainError, match=message):
        batch_of(org.people.administrator, content, "客户.csv")


def test_the_name_under_which_a_file_is_stored_is_not_the_users(org, settings, tmp_path):
    batch = batch_of(org.people.administrator, xlsx([line(1)]), "../../etc/客户.xlsx")
    stored = Path(batch.upload.path).resolve()
    assert stored.parent == tmp_path / "media" / "imports"
    assert "客户" not in stored.name
    assert len(stored.name) == 32
    assert not stored.is_relative_to(Path(settings.STATIC_ROOT))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (60.0, "60"),
        (0.3, "0.3"),
        (1e-7, "0.0000001"),
        (13812345678.0, "13812345678"),
        (None, ""),
        (True, "TRUE"),
        ("a\x00\u200bb\r\nc ", "ab\nc"),
    ],
)
def test_the_text_of_a_cell(value, text):
    assert text_of(value) == text


def test_tidy_keeps_chinese_punctuation():
    assert tidy("　华新（宁波）  ＡＢＣ１２３　") == "华新（宁波） ABC123"


MESSY_BY_FIELD = {
    "name": "客户名称*|公司名称（全称）|企业名称|*单位名称|1. 客户全称|Customer Name",
    "credit_code": "统一社会信用代码|统一信用代码/税号|纳税人识别号|税号|社会信用代码(18位)",
    "grade": "客户等级(2026)|ABC分类|客户级别|等 级",
    "industry": "所属行业|行业类别",
    "application": "应用领域|产品应用",
    "region": "销售区域|大区|所属大区",
    "province": "省份|所在省",
    "city": "城市|所在城市",
    "address": "详细地址|公司地址",
    "phone": "公司电话|联系电话",
    "owner": "业务员|客户经理|负责人*|Sales Rep",
    "payment_terms": "账期(天)|付款账期|信用期限（天）",
    "credit_limit": "信用额度(万元)|授信额度",
    "annual_demand": "年需求(吨)|年用量（kg）|预计年用量",
    "contact_name": "联系人|联系人姓名|采购联系人",
    "contact_title": "职务|联系人职位",
    "contact_phone": "手机号码|联系人手机|移动电话",
    "contact_email": "电子邮箱|E-mail",
    "notes": "备注|备注说明",
    "code": "客户编码|客户代码",
    "short_name": "客户简称",
    "kind": "客户类型|客户性质",
    "website": "官网",
    "name_en": "英文名",
    "": "主营业务|成立日期|开户银行|序号|录入时间",
}
MESSY = {head: key for key, heads in MESSY_BY_FIELD.items() for head in heads.split("|")}


def test_nine_of_ten_messy_heads_are_assigned_rightly():
    wrong = {head: mapping.guess([head], CustomerResource)[0] for head in MESSY}
    wrong = {head: key for head, key in wrong.items() if key != MESSY[head]}
    assert len(wrong) <= len(MESSY) * 0.1, wrong


def test_each_field_is_assigned_once_and_the_best_head_gets_it():
    assert mapping.guess(["公司名称（曾用）", "客户名称", "公司"], CustomerResource).count("name") == 1
    assert mapping.guess(["公司名称旧", "客户名称"], CustomerResource) == ["", "name"]


def test_a_mapping_is_remembered_for_the_same_heads_only(org):
    from crm.importing.domain.batches import set_mapping

    actor = org.people.administrator
    first = batch_of(actor, xlsx([line(1)]))
    changed = [*first.mapping[:-1], "phone"]
    set_mapping(batch=first, actor=actor, mapping=changed)
    assert batch_of(actor, xlsx([line(2)])).mapping == changed
    other = [*HEAD[:-1], "手机号"]
    assert batch_of(actor, xlsx([line(2)], other)).mapping[-1] == "contact_phone"


@pytest.mark.parametrize(
    ("mapping_", "message"),
    [
        (["name", "name"], "more than one column: Customer name"),
        (["name", ""], "assigned to no column: Owner"),
        (["", ""], "Customer name、Owner"),
    ],
)
def test_a_mapping_that_cannot_work_says_why(org, mapping_, message):
    from crm.importing.domain.batches import set_mapping

    batch = batch_of(org.people.administrator, csv_text([["客户名称", "备注"], ["甲", "乙"]]).encode(), "a.csv")
    with pytest.raises(DomainError, match=message):
        set_mapping(batch=batch, actor=org.people.administrator, mapping=mapping_)
