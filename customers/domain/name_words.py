"""Words that company names are made of: legal forms, branches, trades; characters that are one and the same, or look it."""

# as written -> class; the longest that fits is taken
LEGAL_FORMS = {
    "集团股份有限公司": "group", "集团有限责任公司": "group", "集团有限公司": "group", "集团公司": "group",
    "集团": "group", "控股集团有限公司": "group", "控股有限公司": "group", "控股股份有限公司": "group",
    "控股公司": "group", "控股": "group", "股份有限公司": "company", "有限责任公司": "company", "股份公司": "company",
    "有限公司": "company", "责任公司": "company", "总公司": "company", "公司": "company", "股份有限": "company",
    "有限责任": "company", "有限公": "company", "有限": "company", "股份": "company", "合伙企业": "partners",
    "事务所": "partners", "总厂": "factory", "工厂": "factory", "厂": "factory", "经营部": "shop", "商行": "shop",
    "商店": "shop", "门市部": "shop", "门市": "shop", "经销部": "shop", "服务部": "shop", "个体工商户": "shop",
    "合作社": "shop",
}  # fmt: skip
_LATIN_LEGAL = """
co ltd limited company inc incorporated corp corporation gmbh llc llp lp plc sa sas sarl ag kg bv nv kk pte sdn bhd
pty oy ab as aps srl spa sl jsc ltda pvt wll kgaa cv oyj kft zoo doo cie holdings holding group grp colimited
"""
LATIN_LEGAL = frozenset(_LATIN_LEGAL.split())
LATIN_GROUP = frozenset(("group", "holding", "holdings", "grp"))
_BRANCHES = """
分公司 子公司 分厂 办事处 代表处 分部 分店 分行 营业部 分支机构 分院 分所 分中心 联络处 生产基地 branch office
division
"""
BRANCHES = _BRANCHES.split()
NOTES = (
    "停用",
    "作废",
    "勿用",
    "重复",
    "老客户",
    "新客户",
    "注销",
    "已注销",
    "vip",
    "暂停",
    "待核实",
    "大客户",
    "直营",
    "经销商",
)
FORMER = ("原", "原名", "曾用名", "前身", "现", "更名", "旧名")

# What a company does. The first of these behind two characters ends the name proper (the shop name) of a Chinese company.
_TRADES = """
密封材料 密封件 密封条 密封胶 密封 橡胶制品 橡胶 橡塑 塑料 塑胶 塑业 胶粘剂 胶黏剂 胶业 胶带 硅胶 有机硅 硅材料 硅业
氟硅 化工 化学 精细化工 石油化工 石化 化纤 化肥 新材料 材料 复合材料 高分子 电子材料 半导体 芯片 集成电路 微电子
电子 光电 光学 光伏 太阳能 新能源 能源 电池 锂电 储能 电源 电力 电气 电器 电机 电缆 线缆 电工 家电 照明 灯具 灯饰
汽车零部件 汽车部件 汽车配件 汽配 汽车 零部件 车业 轨道交通 交通 机械 机电 机床 重工 设备 装备 仪器 仪表 自动化 智能
机器人 模具 五金 金属 钢铁 钢构 不锈钢 铝业 铜业 有色 冶金 矿业 建材 建筑 装饰 幕墙 门窗 玻璃 陶瓷 水泥 工程 建设
安装 涂料 油漆 油墨 颜料 染料 助剂 催化剂 添加剂 农药 农化 作物 种业 植保 农业 农资 生物 医药 药业 制药 医疗器械
医疗 科学技术 科技 技术 信息 软件 网络 通信 通讯 数码 精密 制造 制品 实业 工业 产业 企业 发展 国际 贸易 商贸 经贸
进出口 物资 供应链 物流 运输 包装 印刷 纸业 造纸 纺织 服装 服饰 食品 饮料 粮油 环保 环境 水处理 检测 咨询 投资
研究院 研究所 设计院 航空 航天 船舶 海洋工程 轴承 阀门 泵业 管业 管道 弹簧 紧固件 电镀 表面处理 热能 制冷 空调 暖通
消防 安防 传感 连接器 线束 膜业 薄膜 薄膜材料 树脂 纤维 绝缘 导热 灌封 电线电缆 电线 电子电器 胶粘 制剂 种植 服务
植保服务 家居 家具 玩具 工贸 工艺 木业 日化 香料 气体 燃气
"""
TRADES = sorted(_TRADES.split(), key=len, reverse=True)
GENERIC = (
    "科学技术", "科技", "技术", "实业", "工业", "产业", "企业", "发展", "国际", "制造", "制品", "服务", "工贸",
    "中国", "产品", "开发",
)  # fmt: skip
SAME_TRADE = (
    ("科学技术", "科技"), ("技术", "科技"), ("化学", "化工"), ("塑胶", "塑料"), ("塑业", "塑料"),
    ("胶黏剂", "胶粘剂"), ("通讯", "通信"), ("汽车配件", "汽配"), ("汽车零部件", "汽配"), ("汽车部件", "汽配"),
    ("新材料", "材料"), ("电线电缆", "电缆"), ("线缆", "电缆"), ("商贸", "贸易"), ("经贸", "贸易"), ("制药", "药业"),
    ("医药", "药业"), ("进出口", "贸易"),
)  # fmt: skip
# English word -> the Chinese trade
LATIN_TRADES = {
    "chemical": "化工", "chemicals": "化工", "chem": "化工", "chemistry": "化工", "technology": "科技",
    "technologies": "科技", "tech": "科技", "material": "材料", "materials": "材料", "new": "", "electronic": "电子",
    "electronics": "电子", "elec": "电子", "electric": "电气", "electrical": "电气", "rubber": "橡胶",
    "plastic": "塑料", "plastics": "塑料", "machinery": "机械", "machine": "机械", "auto": "汽车",
    "automotive": "汽车", "parts": "零部件", "trading": "贸易", "trade": "贸易", "import": "贸易", "export": "贸易",
    "industry": "工业", "industries": "工业", "industrial": "实业", "ind": "工业", "international": "国际",
    "intl": "国际", "manufacturing": "制造", "mfg": "制造", "seal": "密封", "seals": "密封", "sealing": "密封",
    "silicone": "有机硅", "silicones": "有机硅", "adhesive": "胶粘剂", "adhesives": "胶粘剂", "energy": "能源",
    "power": "电力", "medical": "医疗", "devices": "器械", "pharmaceutical": "药业", "pharma": "药业",
    "optical": "光学", "semiconductor": "半导体", "cable": "电缆", "cables": "电缆", "lighting": "照明",
    "equipment": "设备", "precision": "精密", "metal": "金属", "steel": "钢铁", "glass": "玻璃", "coating": "涂料",
    "coatings": "涂料", "packaging": "包装", "biotech": "生物科技", "environmental": "环保", "engineering": "工程",
    "products": "制品", "solutions": "", "systems": "", "and": "", "the": "", "of": "",
}  # fmt: skip
_LATIN_PLACES = """
china prc asia pacific apac europe america usa uk deutschland germany japan korea india vietnam singapore malaysia
italia italy france hongkong hk taiwan brasil brazil kuwait
"""
LATIN_PLACES = frozenset(_LATIN_PLACES.split())

# Traditional characters of company names, each with its simplified form.
_SIMPLE = """
華华 興兴 東东 廣广 國国 業业 電电 機机 車车 氣气 營营 處处 廠厂 貿贸 發发 開开 際际 進进 滬沪 寧宁 蘇苏 學学 膠胶
塗涂 劑剂 藥药 農农 醫医 療疗 儀仪 設设 備备 環环 實实 產产 製制 術术 資资 訊讯 訓训 網网 絡络 軟软 體体 傳传 動动
輪轮 軌轨 貨货 運运 輸输 聯联 達达 遠远 偉伟 豐丰 寶宝 銀银 鋼钢 鐵铁 銅铜 鋁铝 錦锦 鋒锋 銳锐 鎮镇 龍龙 鳳凤 鵬鹏
鴻鸿 馬马 騰腾 驗验 麗丽 塵尘 區区 縣县 鄉乡 門门 閥阀 閩闽 陽阳 陰阴 陸陆 雲云 霧雾 靈灵 靜静 順顺 頂顶 項项 須须
額额 顏颜 願愿 風风 飛飞 飾饰 館馆 養养 餘余 經经 維维 綠绿 綿绵 線线 紡纺 織织 細细 終终 組组 結结 統统 絲丝 纖纤
紙纸 級级 納纳 紅红 約约 羅罗 義义 習习 聖圣 聲声 職职 肅肃 臺台 艦舰 藝艺 蘭兰 蓮莲 葉叶 莊庄 盧卢 衛卫 補补 裝装
視视 覺觉 規规 計计 記记 試试 誠诚 詳详 語语 誼谊 調调 談谈 諾诺 謝谢 護护 讓让 豬猪 貝贝 財财 購购 賓宾 賢贤 質质
贏赢 趙赵 躍跃 邁迈 鄭郑 鄧邓 鄰邻 釀酿 針针 鈦钛 鈣钙 鉑铂 錢钱 鍋锅 鍛锻 鍵键 鏈链 鏡镜 鐘钟 長长 間间 陳陈 險险
隨随 雙双 雜杂 難难 頻频 點点 熱热 燈灯 煉炼 爐炉 濟济 滙汇 匯汇 漢汉 灣湾 溫温 測测 濾滤 潔洁 澤泽 準准 減减 凍冻
凱凯 剛刚 創创 劉刘 劃划 勝胜 勞劳 協协 單单 廈厦 厲厉 參参 員员 圓圆 園园 圖图 團团 場场 塊块 壓压 爾尔 爲为 為为
榮荣 樂乐 樣样 樹树 橋桥 檢检 權权 歐欧 歷历 殼壳 無无 現现 瑪玛 瓊琼 畫画 異异 盡尽 監监 盤盘 礦矿 碩硕 確确 禮礼
種种 積积 穩稳 窯窑 競竞 筆笔 簡简 築筑 籌筹 糧粮 緊紧 緣缘 縱纵 繼继 續续 亞亚 來来 倉仓 個个 億亿 優优 儲储 兩两
內内 冊册 務务 勵励 啟启 啓启 圍围 堅坚 壽寿 夢梦 奧奥 媽妈 孫孙 宮宫 將将 專专 對对 導导 嶺岭 島岛 崗岗 帶带 幣币
幹干 幫帮 庫库 張张 強强 彈弹 後后 從从 復复 愛爱 慶庆 應应 懷怀 戰战 戶户 掃扫 揚扬 換换 擁拥 擇择 據据 擴扩 攝摄
數数 斷断 時时 暉晖 曉晓 會会 極极 楊杨 構构 槍枪 標标 與与 萬万 責责 費费 賀贺 贊赞 軍军 較较 載载 輝辉 輕轻 轉转
辦办 迴回 這这 連连 週周 遊游 過过 選选 還还 郵邮 醬酱 釋释 鈉钠
"""
SIMPLE = str.maketrans({pair[0]: pair[1] for pair in _SIMPLE.split()})

# Groups of characters that are taken for each other when somebody types, writes by hand or reads a scan.
_LOOKALIKES = """
己已巳 末未 土士 日曰 洋祥详 恒桓垣 晟盛 辉晖挥浑 泰秦奉春 宏鸿弘 圆园元 锦绵棉 凯剀 申甲由 天夫无 大太犬 千干于
王玉主 人入八 力刀九 贝见 问间闻 侯候 博搏傅 哀衷 崇祟 折拆析 拔拨 瑞端湍 科料 利刊 明朋 昌冒 杨扬汤 林材 栋拣
梅海 丰半 长卡 京凉 亨享 优忧 佳住 佰伯 信倍 隆窿 陵凌 阳阴 陆陕 隋隐 雷雪 霞露 顺须 飞气 马鸟 鑫森磊 铭名 锐悦
钢纲刚 银根 铁轶 绿录 红江 汇江 治冶 沪护 沃跃 泽译 浩洁 润闰 渊洲 源原 湖潮 万方 东车 中巾 丹舟 云去 五丑 亚业
升井 卓阜 厂广 友发 双又 古右 台合 周同 品晶 嘉喜 国围 城诚 基墓 壮状 奥粤 威戚 安按 宇字 宝室 岚风 岩若
川州 巨臣 帅师 帆帜 平乎 康唐 建健 强张 彩采 德得 志忠 思恩 慧惠 成戊 捷睫 方万 旭旮 星是 昊吴 晋普
景影 智知 曼蔓 朗郎 木本 永水 汉汊 禾木 立位 精清 联职 胜性 芯心 荣容 蓝篮 诚成 誉营 超起 越赵 达这 远运 通诵 邦帮
鲁鱼 龙尤 瀚翰 驰弛 彬杉 森林
"""
LOOKALIKES: dict[str, frozenset[str]] = {}
for _group in _LOOKALIKES.split():
    for _character in _group:
        LOOKALIKES[_character] = LOOKALIKES.get(_character, frozenset()) | frozenset(_group) - {_character}
