// The words that made-up people and places are put together from: common surnames, given names, streets.

export const SURNAMES = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向常",
].concat(["欧阳", "司马", "上官", "诸葛"]);
export const GIVEN = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢佳琪雪梅婷玲颖慧莹洁岚晨曦睿泽梓涵轩怡欣然诗雅文博子豪思远嘉诚立国建志德胜福春晓冬云",
];
export const FIRST_NAMES =
  "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Daniel Karen Priya Mateo Aisha Kenji Olga Lucas Fatima Chloe Omar Ingrid Wei Mei Hannah Noah Grace Oliver Emma Liam Sofia Ethan".split(
    " ",
  );
export const LAST_NAMES =
  "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Okafor Nakamura Petrov Lindqvist Haddad Chen Wong Zhang Kumar Osei".split(
    " ",
  );
/** Province, city, district. */
export const PLACES = [
  ["北京市", "", "朝阳区"],
  ["北京市", "", "海淀区"],
  ["上海市", "", "浦东新区"],
  ["上海市", "", "徐汇区"],
  ["天津市", "", "南开区"],
  ["重庆市", "", "渝北区"],
  ["广东省", "深圳市", "南山区"],
  ["广东省", "广州市", "天河区"],
  ["广东省", "佛山市", "顺德区"],
  ["浙江省", "杭州市", "西湖区"],
  ["浙江省", "宁波市", "鄞州区"],
  ["江苏省", "南京市", "鼓楼区"],
  ["江苏省", "苏州市", "昆山市"],
  ["四川省", "成都市", "武侯区"],
  ["湖北省", "武汉市", "洪山区"],
  ["陕西省", "西安市", "雁塔区"],
  ["山东省", "青岛市", "市南区"],
  ["福建省", "厦门市", "思明区"],
  ["湖南省", "长沙市", "岳麓区"],
  ["河南省", "郑州市", "金水区"],
  ["辽宁省", "大连市", "沙河口区"],
  ["云南省", "昆明市", "五华区"],
  ["广西壮族自治区", "南宁市", "青秀区"],
  ["安徽省", "合肥市", "蜀山区"],
];
export const ROADS =
  "人民路 解放路 中山路 建设路 和平路 文化路 滨江大道 长江路 黄河路 学院路 创业街 科技园路 青年路 新华路 朝阳路 迎宾大道 东风路 幸福路 环城北路 工业一路".split(
    " ",
  );
export const ESTATES = "阳光花园 锦绣家园 碧水湾 翠苑小区 金色家园 御景园 和谐家园 东方名苑 绿城桂花园 紫荆公寓".split(
  " ",
);
export const STREETS =
  "Maple Street|Oak Avenue|Station Road|High Street|Park Lane|Elm Drive|Sunset Boulevard|King Street|Mill Road|Lakeview Terrace".split(
    "|",
  );
export const TOWNS =
  "Springfield, IL 62704|Austin, TX 78701|Portland, OR 97205|Leeds LS1 4AP|Bristol BS1 5TR|Toronto, ON M5V 2T6|Columbus, OH 43215|Sydney NSW 2000".split(
    "|",
  );
export const DOMAINS =
  "qq.com 163.com 126.com gmail.com outlook.com foxmail.com sina.com.cn aliyun.com yahoo.com hotmail.com".split(" ");
export const PINYIN =
  "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo jun wei fang min jing tao ming hao yu xin".split(
    " ",
  );
