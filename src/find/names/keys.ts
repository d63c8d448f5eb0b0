// JSON members whose value is a person's name or an address. Law: a key is judged by itself, folded to small letters
// without separators; what is another thing's name (file, model, function, tool …) never counts.

export type KeySays = "person" | "person?" | "address" | null;

/** Keys that say it outright: Chinese, pinyin and its initials, English. */
const PERSON = new Set(
  `姓名 名字 真实姓名 中文名 英文名 曾用名 联系人 紧急联系人 收件人 收货人 寄件人 发件人 收款人 付款人 患者 患者姓名 病人 病人姓名 客户姓名 客户名称 客户 用户姓名 会员姓名
员工姓名 学生姓名 家长姓名 监护人 法人 法定代表人 法人代表 经办人 负责人 申请人 投保人 被保险人 受益人 户主 户名 车主 驾驶员 持卡人 旅客 乘客 乘客姓名 乘机人 入住人 司机 医生
主治医生 主治医师 代理人 委托人 担保人 借款人 缴存人 推荐人 作者姓名 签收人 审批人 业主 租客 房东 老师 班主任
xm xingming lxr lianxiren shr shouhuoren sjr shoujianren jjr fjr khxm kehu kehuxingming hzxm yhxm ygxm xsxm frdb
fddbr jbr sqr zsxm mz
realname truename fullname firstname lastname givenname familyname middlename surname forename personname
contactname contactperson contact customername clientname
patientname studentname employeename staffname membername passengername guestname drivername ownername
cardholder cardholdername holdername accountname accountholder
receivername receiver recipientname consignee consigneename shippername sendername payeename payername payee
payer beneficiary beneficiaryname applicantname
insuredname doctorname teachername parentname guardianname legalperson legalrepresentative username_cn namecn
cnname chinesename namezh zhname displayname nickname_real
emergencycontact billingname shippingname signername author authorname`.split(/\s+/u),
);
/** Keys that hold people's names and much else: the value must look like one. */
const PERHAPS = new Set(
  `name uname username nickname user customer client patient employee member owner sender recipient
  assignee reporter operator creator createdby updatedby 用户 用户名 昵称 称呼 作者 名称`.split(/\s+/u),
);
const ADDRESS = new Set(
  `地址 住址 家庭住址 家庭地址 现住址 居住地址 户籍地址 户籍地 详细地址 收货地址 收件地址 寄件地址 发货地址 联系地址 通讯地址 通信地址 邮寄地址 配送地址 送货地址 单位地址 公司地址 注册地址 经营地址
  账单地址 上门地址 身份证地址
dz zz dizhi zhuzhi jtzz jtdz shdz lxdz txdz xxdz hjdz hkdz xjzdz
address addr addresses fulladdress detailaddress addressdetail addressline addressline1 addressline2 address1
address2 streetaddress street shippingaddress billingaddress
deliveryaddress homeaddress mailingaddress postaladdress residentialaddress residence currentaddress
permanentaddress contactaddress receiveraddress
recipientaddress consigneeaddress companyaddress officeaddress workaddress registeredaddress livingaddress
useraddress customeraddress shippingaddr receiveaddr`.split(/\s+/u),
);
const NOT_HAN = /[^a-z0-9㐀-鿿]/gu;

/** @param key as it stands in the document. */
export function keySays(key: string): KeySays {
  if (key === "" || key.length > 40) return null;
  const folded = key.toLowerCase().replace(NOT_HAN, "");
  if (PERSON.has(folded)) return "person";
  if (ADDRESS.has(folded)) return "address";
  if (PERHAPS.has(folded)) return "person?";
  const trimmed = folded.replace(/\d+$/u, "");
  if (trimmed !== folded && PERSON.has(trimmed)) return "person";
  if (/(?:姓名|联系人|收件人|收货人)$/u.test(folded)) return "person";
  return /(?:地址|住址)$/u.test(folded) && !/(?:网|邮箱|邮件|ip|mac|域名|内存|图片|下载|访问|接口|服务)/u.test(folded)
    ? "address"
    : null;
}
