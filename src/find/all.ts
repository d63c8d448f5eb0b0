// The registry of kinds of personal information: one line each. Where two claim the same text equally, the first wins.

import { bankCard } from "./bank-card/detector.ts";
import { cnId } from "./cn-id/detector.ts";
import { cnMobile } from "./cn-mobile/detector.ts";
import { cnPassport } from "./cn-passport/detector.ts";
import type { Detector } from "./detector.ts";
import { email } from "./email/detector.ts";
import { hkid } from "./hkid/detector.ts";
import { moid } from "./moid/detector.ts";
import { plate } from "./plate/detector.ts";
import { secret } from "./secret/detector.ts";
import { twid } from "./twid/detector.ts";
import { uscc } from "./uscc/detector.ts";

export const DETECTORS: readonly Detector[] = [
  cnId,
  cnMobile,
  bankCard,
  email,
  cnPassport,
  hkid,
  twid,
  moid,
  uscc,
  plate,
  secret,
];
