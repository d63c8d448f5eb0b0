// Surnames that the names in the training data did not have. Law: single characters, each a surname of the 百家姓 or
// of the census' first four hundred, and the traditional forms of common ones; own list, 2026-11-22.

/** Hardly anything else: they count as a rare surname of the training data does. */
export const RARE_SURNAMES = "傅萧阎岑姬甄茅宓逄禤阚訾厍亓郦璩濮郏阙酆邴隗钭蓟庾殳晁侴佴琚羿昝昌郤贲糜";
/** Words of their own, too: a label or a title must stand beside them, or the model must know better. */
export const WORDED_SURNAMES = "廉荣楼燕蒲茹厉狄惠湛寿桓尧危杭牧申劳司祖伊宰贡蔚隆扶堵衡凤慎勾那巢印怀浦鄂仰终暨弘融牟";
/** As Hong Kong and Taiwan write them: the simplified form's place in names. */
export const TRADITIONAL: readonly (readonly [string, string])[] = [
  ..."張张陳陈劉刘楊杨黃黄趙赵吳吴孫孙馬马鄭郑謝谢許许韓韩鄧邓馮冯羅罗蕭肖葉叶蔣蒋呂吕蘇苏盧卢賈贾鍾钟譚谭陸陆韋韦閻闫龍龙萬万錢钱湯汤賴赖喬乔龔龚嚴严顧顾賀贺倫伦衛卫連连歐欧莊庄遊游鄒邹聶聂齊齐諸诸簡简闕阙塗涂藍蓝龐庞單单魯鲁",
].flatMap((traditional, i, all) => (i % 2 === 0 ? [[traditional, all[i + 1]!] as const] : []));
