// What is told of people in English, by kind. Law: every alternative begins with three letters as they stand, by which
// index.ts finds it, and is a word or a phrase from its first letter to its last. Own list, 2026-11-22, sources as in
// words-zh.ts.

import type { PiType } from "../../../words.ts";

const ILLNESS = [
  "(?:type 1 |type 2 |type i |type ii |gestational )diabetes|diabetes(?: mellitus)?|diabetic|hypertension",
  "high blood pressure|hypotension|hyperlipidemia|high cholesterol|coronary (?:artery|heart) disease|heart (?:attack",
  "failure|disease|condition|murmur)",
  "angina|arrhythmia|atrial fibrillation|myocardial infarction|stroke|aneurysm|thrombosis|embolism|anae?mia",
  "leuka?emia|lymphoma|melanoma|hae?mophilia|(?:breast|lung|colon|colorectal|prostate|skin|ovarian|cervical|liver",
  "stomach|pancreatic|kidney|bladder|brain|throat|bone|blood|thyroid|testicular|oesophageal) (?:cancer|tumou?r)",
  "cancer|carcinoma|tumou?r|metasta(?:sis|tic)",
  "asthma|copd|bronchitis|pneumonia|tuberculosis|emphysema|covid(?:-19)?|influenza|hepatitis(?: [abc])?|cirrhosis",
  "crohn['’]?s(?: disease)?|ulcerative colitis|irritable bowel|gastritis|stomach ulcer|pancreatitis|appendicitis",
  "gallstones|kidney (?:failure|disease|stones)",
  "dialysis|arthritis|osteoporosis|fibromyalgia|lupus|gout|psoriasis|eczema|multiple sclerosis|parkinson['’]?s",
  "alzheimer['’]?s|dementia|epilepsy|epileptic|seizures?|migraines?|meningitis|concussion|cerebral palsy",
  "motor neurone",
  "depression|major depressive|depressed|postpartum depression|anxiety(?: disorder)?|panic attacks?",
  "bipolar(?: disorder)?|schizophreni[ac]|psychosis|ptsd|ocd|adhd|autis(?:m|tic)|anorexia|bulimia|eating disorder",
  "insomnia|suicidal|self-harm|burnout",
  "hiv(?:[- ]positive)?|aids(?! to)|syphilis|gonorrhoea|gonorrhea|chlamydia|genital herpes|sexually transmitted",
  "pregnan(?:t|cy)|miscarriage|miscarried|abortion|infertil(?:e|ity)|ivf|endometriosis|menopause",
  "erectile dysfunction",
  "thyroid (?:disease|nodule|cancer|disorder)|hyperthyroidism|hypothyroidism|hashimoto['’]?s|glaucoma|cataracts?",
  "sleep apnea|hernia|fractured? (?:hip|arm|leg|wrist|ankle|rib|skull|femur)|broken (?:hip|arm|leg|wrist|ankle)",
  "celiac disease|food poisoning|anaphyla(?:xis|ctic)",
  "allergic to [a-z]{3,14}|chemotherapy|radiotherapy|radiation therapy|chemo|bypass surgery|mastectomy|hysterectomy",
  "appendectomy|colonoscopy|biopsy|transplant|hip replacement|knee replacement|caesarean|c-section|sick leave",
  "hospitali[sz]ed|underwent surgery|intensive care|rehab",
].join("|");
const DRUG = [
  "metformin|insulin|ozempic|semaglutide|warfarin|aspirin|lisinopril|losartan|amlodipine|atorvastatin|lipitor",
  "simvastatin|metoprolol|levothyroxine|synthroid|prednisone|methotrexate|humira|adalimumab|tamoxifen|letrozole",
  "sertraline|zoloft|fluoxetine|prozac|escitalopram|lexapro|citalopram|bupropion|wellbutrin|venlafaxine|duloxetine",
  "lithium|quetiapine|seroquel|olanzapine|risperidone|aripiprazole|xanax|alprazolam|lorazepam|diazepam|adderall",
  "ritalin",
  "lamotrigine|keppra|levetiracetam|gabapentin|methadone|suboxone|naltrexone|oxycodone|morphine|fentanyl|truvada",
  "prep|antiretrovirals?|amoxicillin|ibuprofen|albuterol|viagra|sildenafil|birth control|antidepressants?",
  "blood thinners?|sleeping pills",
].join("|");
const FAITH = [
  "muslim|christian|catholic|protestant|buddhist|hindu|jewish|sikh|mormon|jehovah['’]?s witness|evangelical|atheist",
  "orthodox (?:christian|jew|jewish)|seventh-day adventist|baptised|baptized|quaker|taoist",
  "converted to [A-Za-z]{5,14}|attends? (?:church|mosque|synagogue|temple|mass)|goes to (?:church|mosque|mass)",
  "keeps kosher|halal diet|ramadan|ordained|church member",
].join("|");
const CRIME = [
  "criminal record|convicted(?: (?:of|for) [a-z ]{3,24})?|conviction|felony|felon|misdemeanou?r",
  "arrested(?: for [a-z ]{3,24})?|sentenced to [a-z0-9 ]{3,24}|served (?:\\w+ ){1,2}(?:years?|months?) in (?:prison",
  "jail)|in prison|in jail|incarcerated|imprisoned",
  "probation(?! period)|parole|dui|dwi|drunk driving|shoplifting|embezzle(?:d|ment)|embezzlement|assault charges?",
  "domestic violence|sex offender|restraining order|charged with [a-z ]{3,24}|pleaded guilty|pled guilty|out on bail",
  "outstanding warrant",
].join("|");
const SEX = [
  "gay|lesbian|bisexual|homosexual|pansexual|asexual|queer|transgender|non-binary|nonbinary|trans (?:man|woman)",
  "sexual orientation|sex life|sexual partners?|sexually active|came out as|gender transition|extramarital affair",
  "one-night stand",
].join("|");
const CREDIT = [
  "credit score[^\\d.;,\\n]{0,12}\\d{3}|fico(?: score)?[^\\d.;,\\n]{0,10}\\d{3}|credit rating|credit history",
  "credit report|bad credit|poor credit|bankrupt(?:cy)?|defaulted on [a-z ]{3,24}|delinquen(?:t|cy)|in collections",
  "charge-off|repossess(?:ed|ion)|foreclos(?:ed|ure)|overdue loans?|past due|debt of [$€£]?[\\d,.]+k?",
].join("|");
const DISABLED = [
  "disabled|disability|wheelchair(?:-bound| user)?|paraplegic|quadriplegic|paraly[sz]ed|amputee|amputation",
  "legally blind|blind in|visually impaired|partially sighted|hearing[- ]impaired|deaf|down['’]?s? syndrome",
  "learning disabilit(?:y|ies)|mobility impair(?:ed|ment)|guide dog|prosthetic leg",
].join("|");
const SUM = "[^\\d.;\\n]{0,18}(?:[$€£¥]\\s?\\d[\\d,.]*\\s?[kKmM]?|\\d[\\d,.]{3,11}|\\d{1,3}\\s?[kK])(?![\\w%])";
const PAY = [
  "salary|annual salary|base salary|monthly salary|income|annual income|monthly income|household income|earns|earning",
  "earned|makes(?= [$€£¥\\d])|paid(?= [$€£¥])|wages?|compensation|take-home|bonus|pension",
].join("|");
const EARNED = `(?:${PAY})${SUM}`;

export const WORDS_EN: readonly (readonly [PiType, string])[] = [
  ["health", ILLNESS],
  ["religion", FAITH],
  ["criminal", CRIME],
  ["sex-life", SEX],
  ["credit", CREDIT],
  ["disability", DISABLED],
  ["income", EARNED],
];
export const DRUGS_EN = DRUG;
