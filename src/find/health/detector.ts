// 健康与诊疗信息 (PIPL Art. 28: medical health). Law: a diagnosis, a history, a medication behind its label or under its
// member's name, with a word of illness or treatment in it; a question about an illness has neither.

import type { Detector } from "../detector.ts";
import { memberNames, topicDetector } from "../shared/topic.ts";
import { HEALTH_WORDS } from "./lexicon.ts";

const STAGE = "(?:初步|入院|出院|临床|门诊|病理|影像|西医|中医|最后|主要|次要|术[前后]|确定|疑似)?";

export const health: Detector = topicDetector({
  type: "health",
  sensitivity: { strict: true, gbt45574: true },
  keys: memberNames(
    "(?:[a-z]{0,16})(?:icd|icd10|icd9|icdcode|diseasecode|diagnosiscode|diagnosisname|chiefcomplaint|medicalhistory)",
    "(?:past|family|present|personal)(?:medical)?history|allergyhistory|surgicalhistory|medicationhistory|allergies",
    "bloodtype|hivstatus|healthcondition|medicalcondition|preexistingconditions?",
    "zdmc|zddm|ryzd|cyzd|mzzd|lczd|jbmc|jbbm",
    "zhenduan|bingshi|bingqing|jiwangshi|xianbingshi|guominshi|jiazushi|zhusu|jws|xbs|gms|zs|诊断(?:结果)?|病史|主诉|既往史",
  ),
  maybeKeys: memberNames(
    "(?:[a-z]{0,16})(?:diagnos[ie]s|diagnose|disease|diseasename|symptoms?|illness)",
    "(?:[a-z]{0,16})(?:medications?|medicine|prescriptions?)",
    "drugs?|drugname|treatments?|condition|conditions|checkupresult|labresults?|healthstatus|jkzk|yymc|ypmc|yongyao",
  ),
  labels: [
    `${STAGE}诊断(?:结果|意见|结论|名称)?|确诊|主诉|现病史|既往(?:病)?史|(?<![发弊])病史|家族史|过敏史|手术史|用药(?:史|情况|记录)?`,
    "患有|罹患|身患|查出|患者?得了|病情|体检结果|检查结果|化验结果|正在(?:服用|吃)|长期服用|口服",
    String.raw`\bdiagnos(?:is|es|ed)\b|medical history|history of|\bmedications?\b|\ballergic to|\ballerg(?:y|ies)\b`,
    String.raw`chief complaint|\bsuffer(?:s|ing|ed)? from|tested positive for|\bprescribed\b|\btreated for|is taking`,
  ].join("|"),
  words: HEALTH_WORDS,
});
