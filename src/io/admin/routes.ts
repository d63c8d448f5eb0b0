// Every subject of the admin plane, one line each.

import { alarms } from "./alarms.ts";
import { coverage } from "./consents/coverage.ts";
import { receipts } from "./consents/receipts.ts";
import { webhooks } from "./consents/webhooks.ts";
import { consents } from "./consents.ts";
import { counts } from "./counts.ts";
import { drift } from "./drift.ts";
import { duties } from "./duties.ts";
import { identities } from "./identities.ts";
import { login } from "./login.ts";
import { proposals } from "./proposals.ts";
import { releases } from "./releases.ts";
import { status } from "./status.ts";
import { suspend } from "./suspend.ts";
import type { Routes } from "./world.ts";

export const ROUTES: readonly Routes[] = [
  ...[consents, receipts, coverage, webhooks, proposals, suspend, releases, identities, login],
  ...[duties, drift, alarms, status, counts],
];
