// The kinds of personal information by name. Law: every Chinese label is unique and at most 16 units long.

/** `label` stands in Chinese pseudonyms; `zh` and `en` name the kind in messages. */
export interface Kind {
  readonly label: string;
  readonly zh: string;
  readonly en: string;
}

/** By PI type id (taxonomy). A kind that is missing here is named by its id: nothing breaks. */
export const KINDS: Readonly<Record<string, Kind>> = {
  "cn-id": { label: "身份证", zh: "身份证号", en: "resident ID number" },
  "cn-id15": { label: "一代证", zh: "一代身份证号", en: "first-generation ID number" },
  "cn-fpr": { label: "永居证", zh: "外国人永久居留身份证号", en: "permanent residence number" },
  "cn-passport": { label: "护照", zh: "护照号", en: "passport number" },
  "hm-permit": { label: "回乡证", zh: "港澳居民来往内地通行证号", en: "Hong Kong and Macao permit number" },
  "tw-permit": { label: "台胞证", zh: "台胞证号", en: "Taiwan permit number" },
  "exit-permit": { label: "通行证", zh: "往来通行证号", en: "exit permit number" },
  hkid: { label: "香港身份证", zh: "香港身份证号", en: "Hong Kong ID number" },
  moid: { label: "澳门身份证", zh: "澳门身份证号", en: "Macao ID number" },
  twid: { label: "台湾身份证", zh: "台湾身份证号", en: "Taiwan ID number" },
  "military-id": { label: "军官证", zh: "军人证件号", en: "military ID number" },
  "driver-license": { label: "驾驶证", zh: "驾驶证号", en: "driving licence number" },
  "cn-mobile": { label: "手机号", zh: "手机号", en: "mobile number" },
  "cn-landline": { label: "座机", zh: "固定电话号码", en: "landline number" },
  phone: { label: "电话", zh: "电话号码", en: "phone number" },
  "bank-card": { label: "银行卡", zh: "银行卡号", en: "bank card number" },
  "bank-acct": { label: "银行账号", zh: "银行账号", en: "bank account number" },
  "us-ssn": { label: "美国社保号", zh: "美国社会安全号码", en: "US social security number" },
  "us-dl": { label: "美国驾照", zh: "美国驾照号", en: "US driver's license number" },
  iban: { label: "国际账号", zh: "国际银行账号", en: "IBAN" },
  uscc: { label: "信用代码", zh: "统一社会信用代码", en: "unified social credit code" },
  "tax-id": { label: "税号", zh: "纳税人识别号", en: "taxpayer number" },
  plate: { label: "车牌", zh: "车牌号", en: "licence plate" },
  vin: { label: "车架号", zh: "车架号", en: "vehicle identification number" },
  imei: { label: "设备号", zh: "设备识别码", en: "device identifier" },
  imsi: { label: "用户识别码", zh: "国际移动用户识别码", en: "IMSI" },
  iccid: { label: "电话卡号", zh: "SIM 卡号 ICCID", en: "SIM card number" },
  meid: { label: "移动标识", zh: "移动设备识别码 MEID", en: "MEID" },
  idfa: { label: "广告标识", zh: "广告标识符", en: "advertising identifier" },
  oaid: { label: "匿名标识", zh: "匿名设备标识 OAID", en: "OAID" },
  "android-id": { label: "安卓标识", zh: "安卓设备标识", en: "Android or device ID" },
  mac: { label: "网卡地址", zh: "MAC 地址", en: "MAC address" },
  email: { label: "邮箱", zh: "电子邮箱", en: "e-mail address" },
  ipv4: { label: "网络地址", zh: "IP 地址", en: "IP address" },
  ipv6: { label: "六版网址", zh: "IPv6 地址", en: "IPv6 address" },
  "wechat-id": { label: "微信号", zh: "微信号", en: "WeChat ID" },
  openid: { label: "开放标识", zh: "微信 OpenID", en: "WeChat OpenID" },
  qq: { label: "扣扣号", zh: "QQ 号", en: "QQ number" },
  alipay: { label: "支付宝", zh: "支付宝账号", en: "Alipay account" },
  "medical-record": { label: "病历号", zh: "病历号", en: "medical record number" },
  "social-security": { label: "社保号", zh: "社会保障号", en: "social security number" },
  "housing-fund": { label: "公积金号", zh: "公积金账号", en: "housing fund account" },
  "courier-no": { label: "运单号", zh: "快递运单号", en: "courier number" },
  geo: { label: "定位", zh: "精准定位", en: "precise location" },
  track: { label: "轨迹", zh: "行踪轨迹", en: "movement track" },
  dob: { label: "生日", zh: "出生日期", en: "date of birth" },
  age: { label: "年龄", zh: "年龄", en: "age" },
  person: { label: "姓名", zh: "姓名", en: "name of a person" },
  address: { label: "住址", zh: "住址", en: "address" },
  postcode: { label: "邮编", zh: "邮政编码", en: "postcode" },
  health: { label: "健康信息", zh: "健康信息", en: "health information" },
  biometric: { label: "生物特征", zh: "生物识别信息", en: "biometric information" },
  religion: { label: "宗教", zh: "宗教信仰", en: "religious belief" },
  criminal: { label: "犯罪记录", zh: "违法犯罪记录", en: "criminal record" },
  "sex-life": { label: "性取向", zh: "性取向与性生活", en: "sexual orientation or sex life" },
  credit: { label: "征信", zh: "征信信息", en: "credit record" },
  disability: { label: "残障", zh: "残障信息", en: "disability" },
  income: { label: "收入", zh: "收入信息", en: "income" },
  behaviour: { label: "行为记录", zh: "行为记录", en: "record of behaviour" },
  embedding: { label: "向量", zh: "嵌入向量", en: "embedding" },
  "model-weights": { label: "模型权重", zh: "模型权重", en: "model weights" },
  secret: { label: "密钥", zh: "密钥或口令", en: "credential" },
  literal: { label: "原文", zh: "形似假名的原文", en: "text that looks like a pseudonym" },
};

/** A type is text from a registry, so `valueOf` is no kind. */
export function kindOfType(type: string): Kind | undefined {
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

/** The kind's name for a message: never a value. */
export function kindName(type: string, language: "zh" | "en"): string {
  return kindOfType(type)?.[language] ?? type;
}
