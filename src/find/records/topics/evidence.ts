// What in a sentence says that a word is told of somebody, and what says that it is knowledge about the world. Law:
// expressions of bounded length; a denial is told too: 否认高血压病史 is in a record.

/** Right after the word: a hospital, a department, an insurance, those who have it in general. */
export const NOT_TOLD_AFTER = new RegExp(
  `^(?:${[
    "(?:类|科|专科|性疾病)?(?:医院|门诊|病房|中心|研究所?|学会|协会|基金会|联合会|保险|险(?!些)|疫苗|指南|知识|科普|讲座|论文|课题|项目|新闻|新药|药物?(?:研发|市场)|专家|医生|医师",
    "大夫|教授|主任|护士|团队|领域|学科|学组|人群|高危)",
    "的?(?:预防|防治|筛查|研究|治疗(?:方法|方案|指南)|症状(?:有|是|包括)|病因|发病率|死亡率|患病率|饮食|食谱|定义|概念|风险因素)|饮食|食谱|日(?!常)|月(?!经)|周(?!前|后)|协会",
    "题材|模型|数据集|检测试剂|试剂|论坛|大会|政策|法规?|条例|公约|制度|文化|经典|典籍|建筑|音乐|艺术|圣地|寺|堂|节|史(?:研究|学)|厂|公司|器材|用品|专卖|店|案件|嫌疑人|分子",
    String.raw`\s?(?:hospitals?|clinics?|cent(?:er|re)s?|associations?|foundations?|research(?:ers?)?|specialists?`,
    "experts?|stud(?:y|ies)|awareness|guidelines?|charit(?:y|ies)|departments?|wards?|insurance|units?",
    "screening|prevention|drugs?|market",
    "vaccines?|symptoms|rates?|risk factors|conference|prize|organi[sz]ations?|day|month|week|helpline",
    "advocate|activist|nurse|doctor|surgeon|history month|rights|pride|community|church(?:es)?|leaders?",
    "countries|world|calendar|cuisine|names?|scholars|brotherhood|groups?|schools?|priests?|bishops?|faith",
    "architecture|art|tradition|festivals?|holidays?|killers?|factory|manufacturers?|compan(?:y|ies)",
    String.raw`suppliers?|industry|access|ramps?|cases)\b`,
  ].join("|")})`,
  "i",
);
/** `糖尿病患者` is somebody only beside a name: `糖尿病患者张伟`, `张伟是糖尿病患者`. */
export const GENERAL_AFTER: RegExp = new RegExp(
  [
    String.raw`^(?:病?患者?|病人|人士|人群|患儿|们|者(?!来|说)|\s(?:patients?|people|sufferers?|survivors?|individuals?)\b)`,
  ].join("|"),
  "i",
);
/** Right before the word: what one studies, prevents, asks about. */
export const NOT_TOLD_BEFORE = new RegExp(
  [
    "(?:预防|防治|研究|研发|关于|什么是|何为|何谓|介绍|科普|学习|讲解|宣传|筛查|抗击|主治|专攻|擅长|擅治|从事|致力于|攻克|治疗各?类?|对抗|识别|检测|分析|讨论|针对|有关|主题是|题为|主题为",
    "《[^》]{0,12}|反|打击|严打|防范|专打|代理|办理|承办|审理|侦办|破获|营业|净|净利润和)$",
    String.raw`(?:\b(?:prevent|preventing|about|what (?:is|are)|study|studying|research(?:ing)?|treat|treats`,
    "treating|fight|fighting|against|specializ(?:es|ing) in|anti|between|define|explain|detect|predict",
    `predicting|net|operating|company)[ -]|-)$`,
  ].join("|"),
  "i",
);
/** The sentence is of a paper, a screen, an encyclopedia. */
export const OF_THE_WORLD = new RegExp(
  [
    "据报道|据悉|据[^，。]{1,12}(?:报道|介绍)|新华社|本报讯?|记者|研究(?:表明|发现|显示|人员|团队|者)|(?:报告|数据|调查|统计)(?:显示|指出|表明)|专家|院士|世卫|论文|期刊|科普",
    "百科|是一种|是指|常见于|发病率|死亡率|患病率|防治|公益",
    "讲座|主演|饰演|电影|电视剧|小说|剧中|剧情|主人公|角色|导演|基金会|诺贝尔|发明|首次提出|世纪|公元|朝代|皇帝|[唐宋元明清汉]朝|国王|总统|首相|著名|知名|球星|歌星|影星|歌手|演员|明星",
    "教授(?:表示|指出|介绍|团队|认为|说|强调|称)",
    "人均|平均|亿元|扮演|充当|以下(?:疾病|文章|新闻|药物|内容|标题|文字)|疫情期间|\\d[万多余]*(?:人|例)(?!民币)|犯罪分子|犯罪嫌疑人|广大|人们|大家|很多人|有些人|如果(?:你|有人)|假如",
    "例如|比如|假设|举例|虚构",
    String.raw`\b(?:according to|researchers?|scientists?|study|studies|reported|reporters?|published|journal|novel`,
    "film|movie|actor|actress|starring|character|president|prime minister|century|encyclop[ae]dia",
    "is a (?:disease|condition|chronic|common|type)",
    "is an? (?:illness|disorder)|nobel|professor|inventor|invented|discovered|author of|wrote about|famous",
    String.raw`biography|for example|e\.g\.|such as|hypothetical|fictional)\b`,
  ].join("|"),
  "i",
);
export const ASKS: RegExp = new RegExp(
  [
    String.raw`[？?]|吗(?:[，。\s]|$)|什么|怎么|怎样|如何|哪些|哪种|哪个|多少|为什么|是否|能不能|可不可以|可以[^，。]{0,6}吗|会不会|有没有|要不要|是不是|\b(?:what`,
    String.raw`how|which|why|should|can|could|would|does|do|is it|are there)\b`,
  ].join("|"),
  "i",
);
/** Something happened to somebody: also where nobody is named in the clause. */
export const HAPPENED = new RegExp(
  [
    "患有|罹患|身患|患(?:上|了)|得(?:了|过|上)|染上|确诊|查出|查到|检出|被?诊断|发现(?:了|有)?|复发|转移|晚期|早期|中期|入院|出院|住院|术后|服用|口服|正在吃|在吃|吃着|长期吃|注射",
    "病史|家族史|手术史|\\d+余?年|[一二两三四五六七八九十]+年|多年|个月|请(?:了)?[^，。]{0,6}假|休养|病逝|去世|过世|发作",
    "恶化|住(?:了|进|过)|抢救|晕倒|犯了|病倒|康复|痊愈|好转|稳定|控制|接受|做(?:了|过)|动(?:了|过)|曾|被判|判处|判了|坐过|拘留|逮捕|刑满|释放|前科|案底|逾期|失信|被拒|信仰|信奉|皈依",
    "受洗|每周|出柜|坐轮椅|级|月薪|年薪|工资|税[前后]|到手|否认|无[^，。]{0,8}史|阳性|过敏|后遗症|休学|离职|怀孕\\d|怀孕了|孕\\d|流产|住过院|因为?[^，。]{0,10}(?:请|入|住|休",
    "离|退|缺)",
    String.raw`\b(?:diagnosed|suffer(?:s|ed|ing)?|has|have|had|having|takes|taking|on|prescribed|allergic|history of`,
    "due to|because of|after|with|recover(?:s|ed|ing)|battl(?:es|ed|ing)|treated|tested|underwent|leave",
    "hospitali[sz]ed|admitted|died|passed away|is|was|became|convert(?:ed)?|attends?|convicted|arrested",
    String.raw`sentenced|served|came out|defaulted|filed|earns?|earning|makes|salary|income)\b`,
  ].join("|"),
  "i",
);
/** Somebody takes a medicine. */
export const TAKES: RegExp = new RegExp(
  [
    String.raw`吃|服|用药|口服|注射|打(?:了|着|过)|开了|开的|处方|在用|停(?:了|药)|剂量|加量|减量|mg|毫克|\d片|粒|过敏|\b(?:tak(?:es|ing|en)|took|on`,
    String.raw`prescri(?:bed|ption)|dose|daily|mg|inject(?:s|ed|ing)?|started|stopped|allergic)\b`,
  ].join("|"),
  "i",
);
/** Whoever is told of where a sentence names nobody. */
export const SOMEBODY = new RegExp(
  [
    "我(?!国|院|司|们|校|市|省|县|区)|本人|患者(?!们)|病人(?!们)|病员|患儿|他(?!们|人)|她(?!们)|其(?!他|实|中|它|余|次)|该(?:名|位|患者|员工|客户|学生|用户|同学|男|女",
    "病|人|候选人|申请人|同事|住户)|孩子|儿子|女儿|老公|老婆|丈夫|妻子|爱人|父亲|母亲|爸|妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|哥|弟弟|姐|妹妹|家属|客户|员工|同事|学生|宝宝|老人|女方",
    "男方|申请人|借款人|候选人|候选者",
    String.raw`\b(?:he|she|his|her|i|my|i['’]m|i['’]ve|patient|pt|the (?:client|employee|applicant|candidate`,
    String.raw`customer|tenant|student)|husband|wife|son|daughter|mother|father|mom|dad|brother|sister)\b`,
  ].join("|"),
  "i",
);
/** A name before these is whoever treats, judges or tells, unless something happened to him or her. */
export const TREATS_AFTER: RegExp = new RegExp(
  [
    String.raw`^\s?(?:医生|大夫|主任|教授|博士|护士|医师|院长|专家|院士|团队|研究员|律师|法官|民警|警官|检察官|记者|编辑|牧师|神父|法师|,? (?:MD|M\.D\.|PhD|Esq))`,
  ].join("|"),
);
export const TREATS_BEFORE: RegExp = new RegExp(
  [
    String.raw`(?:医生|大夫|主任|教授|专家|医师|护士|院长|律师|法官|民警|警官|检察官|记者|作者|编辑|文[/／]|主编|译者|导演|主讲人?|\b(?:Dr|Prof|Doctor|Professor`,
    String.raw`Judge|Officer|Attorney|Nurse|by|By|author|Author|Reporter|Pastor|Father|Rev))\.?[：: ]{0,2}$`,
  ].join("|"),
);
/** Names of members whose value is somebody who tells, not who is told of. */
export const TELLS: RegExp = new RegExp(
  [
    "^(?:author|editor|doctor|physician|writer|reporter|creator|createdby|updatedby|operator|sender|from",
    `lawyer|judge|teacher|owner|assignee|reviewer|zuozhe|yisheng|作者|编辑|医生|主治医师|记者|律师|创建人|处理人|操作人)$`,
  ].join("|"),
);
