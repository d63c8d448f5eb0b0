// The built-in rules, one line each. Their order never matters.

import type { Rule } from "../words.ts";
import { credentials } from "./rules/credentials/rule.ts";
import { drift } from "./rules/drift/rule.ts";
import { duties } from "./rules/duties/rule.ts";
import { head } from "./rules/head/rule.ts";
import { hold } from "./rules/hold/rule.ts";
import { knowledge } from "./rules/knowledge/rule.ts";
import { lapsed } from "./rules/lapsed/rule.ts";
import { law } from "./rules/law/rule.ts";
import { notOpened } from "./rules/not-opened/rule.ts";
import { opaque } from "./rules/opaque/rule.ts";
import { policy } from "./rules/policy/rule.ts";
import { staleConsent } from "./rules/stale-consent/rule.ts";
import { supersededNotice } from "./rules/superseded-notice/rule.ts";

export const RULES: readonly Rule[] = [
  ...[law, hold, credentials, head, knowledge, lapsed, opaque, staleConsent, supersededNotice],
  ...[duties, notOpened, drift, policy],
];
