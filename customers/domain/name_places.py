"""Places as they stand in company names: provinces, cities, and the counties and districts where makers sit.

A line is a province, then its cities (an indented line goes on with them); a city may bring its counties and districts after
slashes.
"""

_LINES = """
北京 朝阳/ 海淀/ 丰台/ 通州/ 昌平/ 大兴/ 顺义/ 房山/ 怀柔/ 亦庄/
天津 滨海/ 武清/ 西青/ 津南/ 北辰/ 静海/ 宝坻/ 东丽/
上海 浦东/ 松江/ 嘉定/ 闵行/ 青浦/ 奉贤/ 金山/ 宝山/ 崇明/ 徐汇/ 普陀/ 杨浦/ 漕河泾/ 张江/ 临港/
重庆 渝北/ 江津/ 涪陵/ 永川/ 璧山/ 万州/ 长寿/ 两江/ 巴南/ 合川/ 北碚/
河北 石家庄/正定/藁城 唐山/迁安/曹妃甸 秦皇岛 邯郸 邢台/清河/宁晋 保定/定州/高碑店/雄县 张家口 承德
  沧州/任丘/黄骅/河间 廊坊/三河/霸州/固安/香河 衡水/景县/冀州 雄安
山西 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
内蒙古 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 锡林郭勒 阿拉善
辽宁 沈阳/铁西/浑南 大连/旅顺/瓦房店/庄河 鞍山/海城 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛
吉林 长春 四平 辽源 通化 白山 松原 白城 延边
黑龙江 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化
江苏 南京/江宁/溧水/六合/浦口 无锡/江阴/宜兴/惠山/锡山 徐州/新沂/邳州 常州/武进/溧阳/金坛
  苏州/昆山/张家港/常熟/太仓/吴江/吴中/相城/虎丘 南通/海门/启东/如皋/海安/如东 连云港/东海 淮安/盱眙
  盐城/东台/大丰/建湖 扬州/仪征/江都/高邮/宝应 镇江/丹阳/扬中/句容 泰州/靖江/泰兴/兴化/姜堰 宿迁/沭阳
浙江 杭州/萧山/余杭/富阳/临安/桐庐/建德 宁波/余姚/慈溪/奉化/宁海/象山/鄞州/镇海/北仑 温州/乐清/瑞安/永嘉/平阳/苍南
  嘉兴/海宁/桐乡/平湖/嘉善/海盐 湖州/德清/长兴/安吉/吴兴/南浔 绍兴/诸暨/上虞/嵊州/新昌/柯桥
  金华/义乌/永康/东阳/兰溪/武义/浦江 衢州/江山/龙游 舟山 台州/温岭/玉环/临海/黄岩/天台/仙居/三门 丽水/缙云/龙泉
安徽 合肥/巢湖/肥西/肥东 芜湖/无为/繁昌 蚌埠 淮南 马鞍山/当涂 淮北 铜陵 安庆/桐城 黄山 滁州/天长/全椒/来安 阜阳 宿州
  六安 亳州 池州 宣城/宁国/广德
福建 福州/福清/长乐/闽侯 厦门/集美/同安/翔安 莆田 三明 泉州/晋江/石狮/南安/惠安 漳州/龙海 南平 龙岩 宁德/福鼎/福安
江西 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春/丰城/樟树/高安 抚州 上饶
山东 济南/章丘 青岛/胶州/即墨/平度/莱西/黄岛/城阳 淄博/桓台/临淄 枣庄/滕州 东营/广饶 烟台/龙口/招远/蓬莱/莱州
  潍坊/寿光/诸城/高密/昌邑/青州/安丘 济宁/邹城/曲阜/兖州 泰安/肥城/新泰 威海/荣成/文登/乳山 日照 临沂/沂水/郯城
  德州/禹城/乐陵 聊城/临清/茌平 滨州/邹平/博兴 菏泽
河南 郑州/新郑/巩义/荥阳/中牟 开封 洛阳/偃师 平顶山 安阳 鹤壁 新乡/长垣/辉县 焦作/沁阳/孟州 濮阳 许昌/长葛/禹州 漯河
  三门峡 南阳 商丘 信阳 周口 驻马店 济源
湖北 武汉/江夏/蔡甸/黄陂/东西湖 黄石/大冶 十堰 宜昌/枝江/宜都 襄阳/枣阳 鄂州 荆门 孝感/汉川/应城 荆州 黄冈/武穴
  咸宁/赤壁 随州 恩施 仙桃 潜江 天门
湖南 长沙/浏阳/宁乡/望城 株洲/醴陵 湘潭/湘乡 衡阳 邵阳 岳阳/汨罗 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西
广东 广州/番禺/花都/增城/黄埔/南沙 深圳/宝安/龙岗/龙华/坪山/光明/南山 珠海/斗门 汕头/澄海 佛山/顺德/南海/三水/高明
  韶关 湛江 肇庆/高要/四会 江门/鹤山/开平/台山/新会 茂名 惠州/惠阳/博罗/大亚湾 梅州 汕尾 河源 阳江 清远
  东莞/虎门/长安/厚街/寮步/塘厦 中山/小榄 潮州 揭阳/普宁 云浮
广西 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左
海南 海口 三亚 儋州 洋浦
四川 成都/双流/新都/郫都/龙泉驿/彭州/都江堰 自贡 攀枝花 泸州 德阳/什邡/广汉/绵竹 绵阳/江油 广元 遂宁 内江
  乐山/峨眉山 南充 眉山/彭山 宜宾 广安 达州 雅安 巴中 资阳
贵州 贵阳/清镇 六盘水 遵义/仁怀 安顺 毕节 铜仁 黔西南 黔东南 黔南
云南 昆明/安宁 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 红河 楚雄
西藏 拉萨
陕西 西安/长安/高陵 铜川 宝鸡 咸阳/兴平 渭南 延安 汉中 榆林 安康 商洛
甘肃 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳
青海 西宁 格尔木
宁夏 银川 石嘴山 吴忠 中卫
新疆 乌鲁木齐 克拉玛依 石河子 昌吉 库尔勒 哈密 吐鲁番 伊犁 阿克苏
香港 九龙/
澳门
台湾 台北 新竹 高雄 台中 台南
"""

# Parts of the country and of the world that stand where a place stands.
WIDE = ("中国", "中华", "华东", "华南", "华北", "华中", "西南", "西北", "东北", "大中华", "亚太", "亚洲", "全国")


def _read() -> tuple[dict[str, str], dict[str, str]]:
    """Province of each place, and city of each county and district."""
    provinces: dict[str, str] = {}
    cities: dict[str, str] = {}
    province = ""
    for line in _LINES.strip().splitlines():
        rest = line.split()
        if not line.startswith(" "):
            province = rest.pop(0)
            provinces[province] = province
        for entry in rest:
            city, *parts = entry.split("/")
            whole = parts == [""]  # a district of a city that is a province itself
            for place in (city, *filter(None, parts)):
                provinces.setdefault(place, province)
                cities.setdefault(place, province if whole else city)
    return provinces, cities


PROVINCE_OF, CITY_OF = _read()
# Places that are as often the name of a company: only believed with 市 or 区 behind them, or before another place's name.
_DOUBTFUL = """
朝阳 东方 长安 光明 大兴 海洋 天门 南山 东丽 滨海 金山 宝山 长兴 兴化 大丰 东海 安康 吉安 泰安 保山 普宁 长寿 白山
海城 黄山 永康 江山 龙泉 临海 三门 天台 来安 天长 广德 无为 兴平 永嘉 平阳 安宁 红河 龙口 蓬莱 德清 昌平 顺义 吉林
武义 中山 仙居 东阳 嘉善 建德 长乐 福安 南安 同安 龙岩 新乐 高明 三水 新会 长治 鹤山 开平 三明 永州 黄石 天水 白银
金昌 泰兴 海安 惠安 永川 长春 长葛 大理 丽江 武威 平凉 中卫 两江 临港 张江
"""
DOUBTFUL = frozenset(_DOUBTFUL.split())


def reaches(one: str, other: str) -> bool:
    """Whether one place is the other or lies in it."""
    return (
        one == other
        or one in (CITY_OF.get(other), PROVINCE_OF.get(other))
        or other
        in (
            CITY_OF.get(one),
            PROVINCE_OF.get(one),
        )
    )
