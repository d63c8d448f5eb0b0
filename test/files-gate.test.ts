// What is found in files counts as if it stood in the body, and is never rewritten; what nobody reads leaves only over a
// name.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refuse } from "../src/act/refuse.ts";
import { inspect, type Judged, judge } from "../src/gate.ts";
import type { EmbeddedFactsLoader } from "../src/io/facts.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import { crossingTexts, unreadDigests } from "../src/record/crossing.ts";
import type { Arrival, Keys, OpaqueClass, Policy } from "../src/words.ts";
import { made, opened } from "./files/read.ts";
import { zipOf } from "./files/zip.ts";
import { arrivalOf, demoPolicy, demoStores, keysUnder } from "./sim/demo-world.ts";

const ID = "11010519491231002X";
const ZHANG = { subject: "id:zhang", purpose: null, conversation: "c-1", exporter: null };
const PNG = Buffer.concat([
  Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"),
  Buffer.from("picture of somebody".repeat(60)),
]);

let dir: string;
let keys: Keys;
let policy: Policy;
let facts: EmbeddedFactsLoader;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-files-gate-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  const stores = await demoStores(keys);
  facts = createFactsLoader(stores.consent, stores.people, keys);
});
afterAll(() => rmSync(dir, { recursive: true }));

const bodyOf = (text: string, file: Uint8Array) =>
  Buffer.from(
    JSON.stringify({
      model: "echo",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text },
            { type: "file", file: { file_data: Buffer.from(file).toString("base64") } },
          ],
        },
      ],
    }),
  );
const PLACE = "/messages/0/content/1/file/file_data";

async function judged(
  text: string,
  file: Uint8Array,
  of: Policy = policy,
): Promise<Judged & { readonly arrival: Arrival }> {
  const arrival = arrivalOf(1, "", { body: bodyOf(text, file), asserted: ZHANG });
  const first = inspect(arrival, of, keys);
  if (!("stopped" in first) || !("enclosed" in first.stopped)) throw new Error("no file in the way");
  const seen = inspect(arrival, of, keys, arrival, await opened(first.stopped.enclosed!));
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  return { ...judge(seen, facts.load(seen.ask), keys), arrival };
}

/** The demo's policy, with these classes signed for on the way to openai. */
function signing(...classes: OpaqueClass[]): Policy {
  const signed = { approvedBy: "dpo@example", reason: "product pictures" };
  const openai = { ...policy.destinations.get("openai")!, opaque: new Map(classes.map((name) => [name, signed])) };
  return { ...policy, destinations: new Map([...policy.destinations, ["openai", openai]]) };
}

const docx = (text: string) =>
  zipOf([
    { name: "[Content_Types].xml", data: "<Types/>" },
    {
      name: "word/document.xml",
      data: `<w:document xmlns:w="w"><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:document>`,
    },
  ]);

describe("what is found in a file", () => {
  test("leaves as it is where consent and route cover it", async () => {
    const done = await judged("看看", made("runs.docx"));
    expect(done.decision).toMatchObject({ action: "forward", rule: "covered" });
    expect(done.case.findings).toMatchObject([
      { type: "cn-mobile", where: "file", path: `${PLACE}!word/document.xml` },
    ]);
    expect(done.departure!.body).toBe(done.arrival.body);
  });

  test("is somebody else's like any other", async () => {
    const done = await judged("看看", docx("13912345678"));
    expect(done.decision).toMatchObject({ action: "block", reasons: [{ code: "CONSENT_MISSING" }] });
  });

  test("blocks where it would have to be hidden, and says so", async () => {
    const { decision, arrival } = await judged("看看", docx(`证件 ${ID}`));
    expect(decision).toMatchObject({
      action: "block",
      reasons: [{ code: "SCOPE_CATEGORY" }, { code: "PI_IN_FILE", path: `${PLACE}!word/document.xml`, type: "cn-id" }],
    });
    const { message } = refuse({ decision: arrival.id, language: "zh", ...decision });
    expect(message).toContain("文件里有个人信息，文件只检查、不改写");
    expect(message).not.toContain(ID);
  });

  test("what stands beside a file is still pseudonymised, and the file leaves byte for byte", async () => {
    const done = await judged(`证件 ${ID}`, made("clean.docx"));
    expect(done.decision.action).toBe("pseudonymize");
    const body = Buffer.from(done.departure!.body).toString();
    expect(body).not.toContain(ID);
    expect(body).toContain(made("clean.docx").toString("base64"));
  });

  test("somebody without an identifier is counted by the string that names him", async () => {
    const plate = (text: string) => judged("看看", docx(text));
    const [a, b, c] = [await plate("车牌 京A12345"), await plate("车牌 京A12345"), await plate("另一辆车牌 京A12345")];
    const keyOf = ({ case: { individuals } }: Judged) => individuals.map(({ key }) => key);
    expect(keyOf(a)).toHaveLength(1);
    expect(keyOf(b)).toEqual(keyOf(a));
    expect(keyOf(c)).not.toEqual(keyOf(a));
    const cell = (beside: string) =>
      judged("看看", zipOf([{ name: "a.csv", data: `备注,车牌\n${beside},京A12345\n` }]));
    const [d, e] = [await cell("一"), await cell("二二")];
    expect(keyOf(d)).toHaveLength(1);
    expect(keyOf(e)).toEqual(keyOf(d));
  });
});

describe("what nobody reads", () => {
  test.each<[string, Uint8Array, string, string]>([
    ["a picture", PNG, "OPAQUE_IMAGE", ""],
    ["a picture in a document", made("picture.docx"), "OPAQUE_IMAGE", "!word/media/image1.png"],
    ["an encrypted archive", made("encrypted.zip"), "OPAQUE_ARCHIVE", "!entry-1.txt"],
    ["a document with a hole", made("broken.docx"), "OPAQUE_DOCUMENT", "!word/header1.xml"],
    ["a model", made("torch.pt.zip"), "OPAQUE_MODEL_WEIGHTS", ""],
  ])("blocks by default: %s", async (_, file, code, inside) => {
    const { decision, arrival } = await judged("看看", file);
    expect(decision).toMatchObject({ action: "block", rule: "opaque", reasons: [{ code, path: PLACE + inside }] });
    expect(refuse({ decision: arrival.id, language: "en", ...decision })).toMatchObject({
      status: 415,
      code: code.toLowerCase(),
    });
  });

  test("leaves where somebody signed for its class, who stands in decision and entry", async () => {
    const done = await judged("看看", PNG, signing("image"));
    expect(done.decision.action).toBe("forward");
    expect(done.decision.unread).toEqual([{ class: "image", kind: "png", path: PLACE, approvedBy: "dpo@example" }]);
    const [entry] = crossingTexts({
      ...{ arrival: done.arrival, case: done.case, decision: done.decision, counts: done.case.counts, added: [] },
      ...{ digest: "d", bytesOut: 1, asOf: "0", salt: "s", trace: null, unreadDigests: [keys.digest(PNG)] },
    });
    expect(JSON.parse(entry!).unread).toEqual([
      { approvedBy: "dpo@example", class: "image", digest: keys.digest(PNG), path: PLACE },
    ]);
    expect(entry).not.toContain("picture of somebody");
  });

  test("a signature is for its class, and hides no finding", async () => {
    expect((await judged("看看", PNG, signing("audio", "unknown"))).decision.reasons).toMatchObject([
      { code: "OPAQUE_IMAGE" },
    ]);
    const both = zipOf([
      { name: "a.png", data: PNG },
      { name: "b.txt", data: "13912345678" },
    ]);
    expect((await judged("看看", both, signing("image"))).decision.reasons).toMatchObject([
      { code: "CONSENT_MISSING" },
    ]);
  });

  test("very many of them are counted, not listed", async () => {
    const many = zipOf(Array.from({ length: 500 }, (_, i) => ({ name: `${i}.png`, data: PNG })));
    const { decision, arrival, case: it } = await judged("看看", many, signing("image"));
    expect(decision.unread).toHaveLength(500);
    const [entry] = crossingTexts({
      ...{ arrival, case: it, decision, counts: it.counts, added: [] },
      ...{
        digest: "d",
        bytesOut: 1,
        asOf: "0",
        salt: "s",
        trace: null,
        unreadDigests: Array(500).fill("0".repeat(64)),
      },
    });
    expect(JSON.parse(entry!)).toMatchObject({ unreadMore: 492 });
    expect(JSON.parse(entry!).unread).toHaveLength(8);
    let digests = 0;
    const counting = { ...keys, digest: () => `${++digests}` };
    unreadDigests(Array(500).fill({ path: "", class: "image", kind: "png", bytes: PNG }), counting);
    expect(digests).toBe(8);
  });
});

test("a file in the subject's own record is a document with people of its own", async () => {
  const subjectAt = [{ pointer: "/messages/0/role", type: "id" }];
  const of = { ...policy, destinations: new Map([["openai", { ...policy.destinations.get("openai")!, subjectAt }]]) };
  const arrival = arrivalOf(1, "", { body: bodyOf("电话 13912345678", docx("电话 13700001111")) });
  const first = inspect(arrival, of, keys);
  if (!("stopped" in first) || !("enclosed" in first.stopped)) throw new Error("no file in the way");
  const seen = inspect(arrival, of, keys, arrival, await opened(first.stopped.enclosed!));
  const person = (type: string, value: string) => keys.person("example-retail", type, value);
  expect("stopped" in seen ? seen.stopped : seen.flow.keyOf).toEqual([
    person("id", "user"),
    person("cn-mobile", "13700001111"),
  ]);
});
