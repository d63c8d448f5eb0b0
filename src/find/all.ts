// The registry of kinds of personal information: one line each. Where two claim the same text equally, the first wins.

import { age } from "./age/detector.ts";
import { alipay } from "./alipay/detector.ts";
import { androidId } from "./android-id/detector.ts";
import { bankAcct } from "./bank-acct/detector.ts";
import { bankCard } from "./bank-card/detector.ts";
import { biometric } from "./biometric/detector.ts";
import { cnFpr } from "./cn-fpr/detector.ts";
import { cnId } from "./cn-id/detector.ts";
import { cnId15 } from "./cn-id15/detector.ts";
import { cnLandline } from "./cn-landline/detector.ts";
import { cnMobile } from "./cn-mobile/detector.ts";
import { cnPassport } from "./cn-passport/detector.ts";
import { courierNo } from "./courier-no/detector.ts";
import { credit } from "./credit/detector.ts";
import { criminal } from "./criminal/detector.ts";
import type { Detector } from "./detector.ts";
import { disability } from "./disability/detector.ts";
import { dob } from "./dob/detector.ts";
import { driverLicense } from "./driver-license/detector.ts";
import { email } from "./email/detector.ts";
import { exitPermit } from "./exit-permit/detector.ts";
import { geo } from "./geo/detector.ts";
import { health } from "./health/detector.ts";
import { hkid } from "./hkid/detector.ts";
import { hmPermit } from "./hm-permit/detector.ts";
import { housingFund } from "./housing-fund/detector.ts";
import { iban } from "./iban/detector.ts";
import { iccid } from "./iccid/detector.ts";
import { idfa } from "./idfa/detector.ts";
import { imei } from "./imei/detector.ts";
import { imsi } from "./imsi/detector.ts";
import { income } from "./income/detector.ts";
import { ipv4 } from "./ipv4/detector.ts";
import { ipv6 } from "./ipv6/detector.ts";
import { mac } from "./mac/detector.ts";
import { medicalRecord } from "./medical-record/detector.ts";
import { meid } from "./meid/detector.ts";
import { militaryId } from "./military-id/detector.ts";
import { moid } from "./moid/detector.ts";
import { oaid } from "./oaid/detector.ts";
import { openid } from "./openid/detector.ts";
import { phone } from "./phone/detector.ts";
import { plate } from "./plate/detector.ts";
import { postcode } from "./postcode/detector.ts";
import { qq } from "./qq/detector.ts";
import { religion } from "./religion/detector.ts";
import { secret } from "./secret/detector.ts";
import { sexLife } from "./sex-life/detector.ts";
import { socialSecurity } from "./social-security/detector.ts";
import { taxId } from "./tax-id/detector.ts";
import { twPermit } from "./tw-permit/detector.ts";
import { twid } from "./twid/detector.ts";
import { usDl } from "./us-dl/detector.ts";
import { usSsn } from "./us-ssn/detector.ts";
import { uscc } from "./uscc/detector.ts";
import { vin } from "./vin/detector.ts";
import { wechatId } from "./wechat-id/detector.ts";

export const DETECTORS: readonly Detector[] = [
  cnId,
  cnFpr,
  cnMobile,
  iban,
  email,
  cnId15,
  cnPassport,
  hmPermit,
  twPermit,
  exitPermit,
  militaryId,
  hkid,
  twid,
  moid,
  uscc,
  cnLandline,
  usSsn,
  phone,
  plate,
  driverLicense,
  usDl,
  medicalRecord,
  socialSecurity,
  housingFund,
  bankCard,
  bankAcct,
  taxId,
  courierNo,
  postcode,
  vin,
  imsi,
  iccid,
  imei,
  mac,
  idfa,
  oaid,
  androidId,
  meid,
  ipv4,
  ipv6,
  wechatId,
  openid,
  qq,
  alipay,
  geo,
  dob,
  age,
  biometric,
  health,
  religion,
  criminal,
  sexLife,
  credit,
  disability,
  income,
  secret,
];
