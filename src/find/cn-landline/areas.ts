// Area codes of mainland China. Source: MIIT 电信网编号计划 (2017 edition, with the merges of numbering areas up to
// 2023-12). Data, no code. Without the leading 0, as one expression.

const CODES = [
  "10|2[0-57-9]",
  // Hebei, Shanxi, Henan
  "31\\d|335|349|35\\d|37\\d|39[1-68]",
  // Liaoning, Jilin, Heilongjiang, Inner Mongolia
  "41[0-9]|42[179]|43\\d|44[08]|45\\d|46[4789]|47\\d|48[23]",
  // Jiangsu, Shandong, Anhui, Zhejiang, Fujian
  "51\\d|52[37]|53\\d|54[36]|55\\d|56[1-6]|57\\d|580|59[1-9]",
  // Shandong, Guangdong, Yunnan
  "63[1-5]|66[0238]|69[12]",
  // Hubei, Hunan, Guangdong, Guangxi, Jiangxi
  "71\\d|72[248]|73\\d|74[3-6]|75\\d|76[0236-9]|77\\d|79\\d|701",
  // Sichuan, Guizhou, Yunnan, Tibet, Hainan
  "81[236-8]|82[5-7]|83\\d|85\\d|87\\d|88[36-8]|89\\d",
  // Shaanxi, Gansu, Ningxia, Qinghai, Xinjiang
  "90[1-3689]|91\\d|93\\d|94[13]|95[1-5]|97\\d|99\\d",
];

/** `10`, `755`: an expression, for use inside another. */
export const AREA = `(?:${CODES.join("|")})`;
