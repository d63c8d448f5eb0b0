// Every subject of the admin plane, one line each.

import { consents } from "./consents.ts";
import type { Routes } from "./world.ts";

export const ROUTES: readonly Routes[] = [consents];
