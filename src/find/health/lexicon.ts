// Words of illness and treatment. Law: ends of words where the language builds them so, whole words elsewhere; they
// mean something only behind a label or under a member's name. Own list, 2026-11-22, after the chapters of ICD-10 and
// the stems of the WHO's international non-proprietary names.

const DISEASE_ZH = [
  "癌|肿瘤|[肉淋骨]瘤|白血病|炎(?!热)|综合[征症]|[^毛问通问]病(?!人|毒库|历|假|房|床|例|案)|[^不对]症(?!状如)|骨折|中风|梗[死塞]|坏死|硬化",
  "结[石节]|糖尿|高血压|低血压|高血脂|痛风|哮喘|癫痫|抑郁|焦虑|双相|精神分裂|自闭|孤独症|多动|失眠|痴呆|帕金森|阿尔茨海默",
  "艾滋|HIV|梅毒|淋病|疱疹|尖锐湿疣|乙肝|丙肝|甲肝|肝硬化|肺结核|感染|溃疡|息肉|囊肿|贫血|出血|血栓|栓塞|心衰|衰竭|早搏|房颤",
  "过敏|湿疹|荨麻疹|银屑|白癜风|瘫|截肢|增生|突出|脱位|撕裂|损伤|烧伤|怀孕|妊娠|流产|早产|不孕|不育|绝经|发[热烧]|咳嗽|疼|痛",
  "头晕|乏力|水肿|腹泻|呕吐|胸闷|心悸|气短|阳性|肥胖|近视|白内障|青光眼|耳聋|手术史|切除术|置换术|支架|化疗|放疗|透析|移植",
].join("|");
const DRUG_ZH = [
  "沙坦|他汀|洛尔|地平|普利|西林|沙星|霉素|替丁|拉唑|双胍|格列[\u4e00-\u9fff]|列汀|列净|替尼|单抗|西泮|唑仑|西汀|舍曲林|普兰",
  "胰岛素|华法林|阿司匹林|氯吡格雷|布洛芬|对乙酰氨基酚|泼尼松|地塞米松|头孢|甲氨蝶呤|奥氮平|喹硫平|利培酮|氯氮平|碳酸锂",
  "优甲乐|左甲状腺素|甲巯咪唑|硝酸甘油|二甲|吗啡|羟考酮|美沙酮|替诺福韦|恩替卡韦|拉米夫定|紫杉醇|卡铂|顺铂",
].join("|");
const DISEASE_EN = [
  String.raw`\b\w{3,14}(?:itis|osis|emia|aemia|oma|opathy|plegia|ectomy|algia)\b`,
  "diabet|hypertens|hypotens|cancer|tumou?r",
  String.raw`leuk|asthma|epilep|depress|anxiety|bipolar|schizo|autis|\badhd\b`,
  String.raw`dementia|alzheimer|parkinson|\bhiv\b|\baids\b`,
  String.raw`hepatitis|tubercul|\bcovid|syphilis|gonorrh|herpes|stroke|infarct`,
  "heart (?:attack|failure|disease)|fractur",
  "syndrome|disorder|disease|infection|pregnan|miscarr|infertil|allerg",
  String.raw`migraine|obes|anorexi|ulcer|hernia|\bpain\b`,
  "fever|cough|chemotherapy|dialysis|transplant|surgery|insomnia|arrhythmia|fibrillation|seizure|paraly",
].join("|");
const DRUG_EN = [
  String.raw`\b\w{3,14}(?:statin|pril|sartan|olol|cillin|floxacin|mycin|azole|prazole|tidine|tinib|mab)\b`,
  String.raw`\b\w{3,14}(?:gliptin|gliflozin)\b`,
  String.raw`\b\w{3,12}(?:azepam|azolam|oxetine|triptyline|dipine|vir)\b|insulin|metformin|warfarin|aspirin|ibuprofen`,
  "paracetamol|acetaminophen|prednis|sertraline|citalopram|lithium|methadone",
  "morphine|oxycodone|methotrexate|levothyroxine",
].join("|");
/** ICD-10: a letter, two digits, a point and one more or two. */
export const ICD = String.raw`(?<![A-Za-z0-9])[A-TV-Z]\d{2}(?:\.\d{1,3}[A-Za-z]?)?(?![A-Za-z0-9])`;

export const HEALTH_WORDS: RegExp = new RegExp(`${DISEASE_ZH}|${DRUG_ZH}|${DISEASE_EN}|${DRUG_EN}|${ICD}`, "i");
