// Notices whose text and version part ways (PIPL Art. 14 para 2).

import { renderNotice } from "../../notices/render.ts";
import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, type Looked, warning } from "./lint.ts";

export const noticeVersions: Lint = (looked) =>
  looked.g.lists.notices.flatMap((at) => [...changed(at, looked), ...order(at)]);

/** What was published under this version said something else. */
function changed(at: Placed<Item<"notices">>, { policy }: Looked): Problem[] {
  const notice = policy.notices.find(({ id }) => id === at.item.id)!;
  const { id, version, sha256 = {} } = notice;
  const languages = (["zh", "en"] as const).filter((language) => {
    const published = sha256[language];
    return published !== undefined && published !== renderNotice(notice, policy, language).sha256;
  });
  if (languages.length === 0) return [];
  return [
    warning(at, ["sha256"], "notice_text_changed", {
      zh: `${id} 的文本（${languages.join("、")}）不是版本 ${version} 发布时的：请改 version，写明 supersedes`,
      en: `the text of ${id} (${languages.join(", ")}) is not the one published as ${version}: give it a new version`,
    }),
  ];
}

/** The oldest first, and none of them the one in force. */
function order(at: Placed<Item<"notices">>): Problem[] {
  const { id, version, supersedes = [] } = at.item;
  const days = supersedes.map(({ on }) => on);
  const sorted = days.every((on, i) => i === 0 || days[i - 1]! <= on);
  if (sorted && !supersedes.some((one) => one.version === version)) return [];
  return [
    warning(at, ["supersedes"], "notice_versions_mixed", {
      zh: `${id} 的 supersedes 应从旧到新，且不含现行版本 ${version}`,
      en: `supersedes of ${id} goes from the oldest to the newest, without ${version}, which is in force`,
    }),
  ];
}
