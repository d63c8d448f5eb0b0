// `node scripts/problems.mjs`: writes docs/problems.md, a row for each problem that the admin plane answers. Law: every
// code of the registry has its row and no other; all that is said of it comes from src/io/admin/problems, in both languages.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = new URL("..", import.meta.url).pathname;
export const FILE = "docs/problems.md";

const GROUPS = {
  requests: "The request and the gate · 请求与网关",
  people: "People, and what takes two · 人与双人事项",
  records: "Consents, counts, duties, stops, releases · 同意、人数、义务、停止、放行",
};

const HEAD = `# Problems of the admin plane · 管理面的问题代码

Written by \`node scripts/problems.mjs\`. Do not edit.

The admin plane answers what it cannot do as [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) \`application/problem+json\`: \`type\`
(\`urn:yumen:problem:<code>\`), \`title\`, \`status\`, \`code\`, \`detail\` (of this time), \`cure\` (what to do), and for fields \`errors\`: a JSON Pointer
and what is wrong there, never what was sent. In Chinese or English by \`Accept-Language\`, else in the policy's language; the commands ask in that of \`--lang\`.
A code stays what it is; the sentences may get better. What the data plane refuses: [errors.md](errors.md) and [reasons/](reasons/README.md); a failure
of the gate with a code of its own is answered with that code here too.

管理面做不到的事以 RFC 9457 的 \`application/problem+json\` 回答：\`type\`、\`title\`、\`status\`、\`code\`、\`detail\`（这一次的情形）、\`cure\`（怎么办），
字段的问题在 \`errors\` 里：JSON 指针和哪里不对，从不复述发来的内容。语言按 \`Accept-Language\`，没有就用策略的语言；命令用 \`--lang\` 的语言。代码不会变，句子可以改得更好。
`;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { build, install } = await import("./setup.mjs");
  install();
  build();
  writeFileSync(join(ROOT, FILE), await page("dist"));
}

/** @param {"dist" | "src"} from which modules to load: a test runs the sources. */
export async function page(from) {
  const path = join(ROOT, from, `io/admin/problems/all${from === "src" ? ".ts" : ".js"}`);
  const { PROBLEM_GROUPS } = await import(pathToFileURL(path));
  const parts = Object.entries(PROBLEM_GROUPS).map(([group, problems]) => {
    const rows = Object.entries(problems).map(([code, { status, means, cure }]) => [
      `\`${code}\``,
      status,
      `${means.en}<br>${means.zh}`,
      `${cure.en}<br>${cure.zh}`,
    ]);
    return `## ${GROUPS[group]}\n\n${table([["code", "HTTP", "what happened · 是什么", "what to do · 怎么办"], ...rows])}\n`;
  });
  return `${HEAD}\n${parts.join("\n")}`;
}

function table([head, ...rows]) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
