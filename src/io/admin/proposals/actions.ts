// Everything that takes two people, one line each.

import type { TwoPersonAction } from "./action.ts";
import { correction } from "./correction.ts";
import { release } from "./release.ts";
import { resume } from "./resume.ts";
import { seat } from "./seat.ts";

export const ACTIONS: readonly TwoPersonAction[] = [resume, release, correction, seat];
