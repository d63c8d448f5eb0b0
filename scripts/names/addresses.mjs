// Makes Chinese addresses. Law: divisions are the gazetteer's, everything under them is drawn.

const ROAD_HEADS =
  "中山 人民 解放 新华 文化 胜利 长江 黄河 北京 南京 滨河 滨江 迎宾 红旗 光明 团结 幸福 工业 科技 创新 府前 环城 东风 民主 青年 体育 天目山 西溪 延安 淮海 复兴 金融 高新 兴业 五一 八一 七一 国庆 友谊 前进 健康 振兴 大学 银河 龙腾 凤凰 梧桐 桂花 樱花 玉兰 香樟 翠微 知春 学府 中关村 上地 望京 天府 高升桥 桥头".split(
    " ",
  );
const ROAD_TAILS = [
  "路",
  "路",
  "路",
  "大道",
  "街",
  "大街",
  "巷",
  "胡同",
  "东路",
  "西路",
  "南路",
  "北路",
  "中路",
  "一路",
  "二路",
  "南大街",
];
const ESTATE_HEADS =
  "阳光 翠湖 金色 碧桂 万科 保利 绿地 龙湖 恒大 中海 华润 世纪 东方 紫荆 御景 香榭 水岸 山水 康桥 丽景 学府 書香 凤凰 金地 天鹅 罗马 春江 西溪 江南".split(
    " ",
  );
const ESTATE_TAILS =
  "花园 小区 家园 公寓 名邸 华庭 花苑 新村 城 广场 大厦 国际 园 苑 府 里 湾 郡 雅居 名苑 科技园 创业园 工业园 写字楼 商务中心".split(
    " ",
  );
const VILLAGE_TAILS = ["村", "庄", "屯", "寨"];
const SHOPS =
  "便利店 超市 药店 菜鸟驿站 丰巢快递柜 门卫室 传达室 前台 物业 南门 北门 东区 西区 旁边 对面 隔壁 商铺 餐厅 美容院 有限公司 工厂 宿舍 食堂 幼儿园 小学 中学 大学 医院 银行 地铁站".split(
    " ",
  );

export function addresses({ random, divisions, surnames }) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const upTo = (max) => 1 + Math.floor(random() * max);
  const road = () => pick(ROAD_HEADS) + pick(ROAD_TAILS);
  const estate = () => pick(ESTATE_HEADS) + pick(ESTATE_TAILS);
  const levels = () => {
    const area = pick(divisions);
    const roll = random();
    if (roll < 0.3) return area.province + area.city + area.name;
    if (roll < 0.5) return area.city + area.name;
    if (roll < 0.85) return area.name;
    return area.province + area.name;
  };
  const town = () => (random() < 0.4 ? pick(ROAD_HEADS) + pick(["街道", "镇", "乡", "街道"]) : "");
  const village = () => pick(surnames) + pick(["家", ""]) + pick(VILLAGE_TAILS);
  const unit = () => {
    const roll = random();
    if (roll < 0.2) return `${upTo(40)}幢${upTo(5)}单元${upTo(30)}0${upTo(4)}室`;
    if (roll < 0.35) return `${upTo(40)}号楼${upTo(5)}单元${upTo(3200)}`;
    if (roll < 0.5) return `${upTo(30)}栋${upTo(3200)}室`;
    if (roll < 0.6) return `${upTo(40)}-${upTo(6)}-${upTo(3200)}`;
    if (roll < 0.75) return `${pick(["A", "B", "C", "D"])}座${upTo(3200)}`;
    if (roll < 0.85) return `${upTo(30)}楼`;
    return `${upTo(3200)}室`;
  };
  const detail = () => {
    const roll = random();
    if (roll < 0.3) return `${road()}${upTo(1000)}号`;
    if (roll < 0.5) return `${road()}${upTo(1000)}号${estate()}${unit()}`;
    if (roll < 0.6) return `${road()}${upTo(900)}弄${upTo(90)}号${upTo(2000)}室`;
    if (roll < 0.72) return `${estate()}${unit()}`;
    if (roll < 0.82) return `${village()}${upTo(20)}组${random() < 0.5 ? `${upTo(200)}号` : ""}`;
    if (roll < 0.9) return `${road()}与${road()}交叉口${pick(SHOPS)}`;
    return `${road()}${upTo(1000)}号${pick(SHOPS)}`;
  };
  return () => levels() + town() + detail();
}
