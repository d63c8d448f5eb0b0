// The parts that Chinese addresses are made of. Law: every pattern is bounded, and anchored
// where it is tried at an index.

import { tableOf } from "./chars.ts";

/** What a division, a road, a numbered part and a built thing end in, longest first. */
export const DIVISION = new RegExp(
  [
    "^(?:特别行政区|自治区|自治州|自治县|自治旗|开发区|高新区|新区|街道办?|社区|居委会|林场|农场|",
    "[省市区县旗盟镇乡村屯庄寨])",
  ].join(""),
  "u",
);
/** What DIVISION and ROAD begin with. */
export const DIVISION_HEADS: Uint8Array = tableOf("特自开高新街社居林农省市区县旗盟镇乡村屯庄寨");
export const ROAD_HEADS: Uint8Array = tableOf("大胡支公国省街路巷弄里桥道坊");
export const ROAD = /^(?:大道|大街|胡同|支路|公路|国道|省道|街(?!道)|[路巷弄里桥道坊])/u;
/** A second road at a corner. */
export const CORNER = /^[与和及、][\u3400-\u9fff]{1,6}?(?:大道|大街|胡同|[路街巷])(?:交叉口|交汇处|交界处|路口|口)?/u;
/** What leads up to an address and is no part of it. */
export const LEAD = new RegExp(
  [
    String.raw`^[\u3400-\u9fff]{0,8}?(?:地址|住址|地点|位置|家住|现住|住在|位于|寄到|送到|寄往|发往|导航到|`,
    "配送至|送至|寄至)[是为:：]?",
  ].join(""),
  "u",
);
export const NUMBER = new RegExp(
  [
    "^(?:第?(?:[0-9０-９]{1,5}(?:[-—－~_/、][0-9０-９]{1,5}){0,3}|",
    "[一二三四五六七八九十百零〇甲乙丙丁东西南北]{1,4}|",
    "[A-Za-zＡ-Ｚ]{1,2}[-—]?[0-9]{0,5})(?:附[0-9]{1,3}|",
    "之[0-9一二三四五六七八九十]{1,2})?[A-Za-z]?(?:号楼|号院|号门|号线|号商铺|号|號|弄|幢|栋|棟|座|",
    "单元|室|楼|层|组|社|队|期|户|房|铺|排|区|门|梯|村|巷|院|架|[FB](?![a-z])))",
  ].join(""),
  "u",
);
export const DASHED = /^[A-Za-z]?[0-9０-９]{1,4}(?:[-—－#][0-9０-９A-Za-z]{1,5}){1,4}/u;
export const BARE_ROOM = /^(?:[A-Za-z]座?)?[0-9０-９]{2,5}(?:室|号|房)?(?![0-9.,年月日时点分元个%万千百亿吨米])/u;
export const BUILT = new RegExp(
  [
    String.raw`^[\u3400-\u9fffA-Za-z0-9·]{1,10}?(?:小区|花园|家园|公寓|名邸|华庭|花苑|新村|大厦|大楼|广场|国际|`,
    "雅居|名苑|科技园|创业园|工业园|产业园|园区|写字楼|中心|别墅|宿舍|大学|学院|医院|酒店|宾馆|学校|",
    "小学|中学|幼儿园|市场|商场|超市|银行|公司|工厂|仓库|大院|家属院|机关|车站|地铁站|机场|码头|",
    "交叉口|路口|集团|基地|工地|大队|门市部|派出所|服务区|商务楼|商铺|公馆|庭院|山庄|名都|天地|苑|园|",
    "城|府|郡|湾|墅|轩|阁|厦|坊|院|店|馆|厂)",
  ].join(""),
  "u",
);
/** What may begin an address: a place to live or work in, with a number at once. */
export const HOME = new RegExp(
  [
    String.raw`^[\u3400-\u9fff]{2,7}?(?:小区|花园|家园|公寓|名邸|华庭|花苑|新村|大厦|广场|雅居|名苑|科技园|`,
    "创业园|工业园|产业园|园区|写字楼|山庄|公馆|商务楼|苑|墅)(?=[ ]?[A-Za-z]?[0-9０-９])",
  ].join(""),
  "u",
);
/** A road or a house with its number, where nothing else led there. */
export const PLAIN = new RegExp(
  [
    String.raw`[\u3400-\u9fff]{1,7}(?:大道|大街|胡同|`,
    "[路街巷弄道村庄苑园里厦坊桥])[ ]?[0-9０-９]{1,5}(?:[-—－][0-9]{1,4}){0,3}(?:号楼|号院|",
    "[号弄幢栋座室组])",
  ].join(""),
  "u",
);
/** A house's number that says so by itself. */
export const HOUSED = /[\u3400-\u9fff]{2,12}[A-Za-z]?[0-9０-９]{1,4}[ ]?(?:[栋幢弄](?!楼房)|号楼|号院|单元)/u;
/** The same in a text that is short enough to be nothing else. */
export const QUERIED =
  /[\u3400-\u9fff]{2,20}[A-Za-z]?[0-9０-９]{1,4}(?:[-—－][0-9]{1,4}){0,3}[ ]?(?:[号楼室座期区组档]|$)/u;
export const QUERY_HEAD = /^[\u3400-\u9fffA-Za-z0-9·（）()、-]{1,12}$/u;
export const NUMBERED = /[0-9０-９][号弄幢栋座室组楼院单期区档]/u;
export const GAP = /^(?:[ \u3000]{0,2}[,，、·\-—－/|>_]?[ \u3000]{0,2}\n?[ \u3000]{0,2})/u;
/** Characters that no road's or town's name holds: where looking back stops. */
export const STOP = new Set(
  "在住到至于是寄往从去请我你他她它的了与及或把被将给让叫这那哪该此其但而且也都就还又很已没说问答：",
);
export const TAIL_STOP = new RegExp(
  [
    "(?:收$|收件|收货|电话|手机|联系|邮编|快递员|送[到货达]|寄[到给]|取件|的|了|吗|呢|吧|请|麻烦|",
    "谢谢|帮我|我|你|他|她|是|在|有[^限机]|被|把|[与及或]|不|没|能[^源]|要|想|说|问|发[^展]|已|于|到|",
    "从|向[^阳]|并|但|而|也|都[^市]|就|还|怎么|多少|什么|哪|举行|召开|表示|举办|开展|进行|发生|成立|",
    "[现昨今明][任天年日]|，)",
  ].join(""),
  "u",
);
export const TAIL = /^[\u3400-\u9fffA-Za-z0-9０-９#\-—－·_~&.+]{1,30}/u;
export const PARENTHESES = /^[ ]?[（(][^（()）\n]{1,24}[）)]/u;
