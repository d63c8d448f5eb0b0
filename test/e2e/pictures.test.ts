// Text in pictures, read by a program of the operator's (--ocr): found like any other text; nothing that goes wrong
// with the program lets a picture pass that policy has not signed for, or any request whose picture was not read.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "../../src/io/config.ts";
import { createPictureReader } from "../../src/io/extract/ocr/reader.ts";
import { readEntries } from "../../src/io/ledger/read.ts";
import type { OpenedPart } from "../../src/words.ts";
import { ROOT } from "./gate.ts";
import { openInside, request, startRecipient } from "./recipient.ts";

const NEVER = new AbortController().signal;
const PNG = readFileSync(join(ROOT, "test/files/mobile.png"));
const picture = (path = "", bytes: Uint8Array = PNG): OpenedPart => ({
  path,
  bytes,
  contentType: "image/png",
  opaque: { class: "image", kind: "png" },
});
/** A program that does `code` with the picture in `bytes`. */
const program = (code: string) => [
  process.execPath,
  "-e",
  `const pieces=[];process.stdin.on("data",p=>pieces.push(p)).on("end",()=>{const bytes=Buffer.concat(pieces);${code}})`,
];
const read = (code: string, parts = [picture()], limitMs = 10_000, bytesMax = 1_000) =>
  createPictureReader(program(code)).read(parts, limitMs, bytesMax, NEVER);

describe("a program that reads pictures", () => {
  test("gets the picture, and what it says stands behind it as text of the file", async () => {
    const parts = await read("process.stdout.write(bytes.length+' 139')", [picture("!a.png")]);
    expect(parts).toEqual([
      picture("!a.png"),
      { path: "!a.png!text", bytes: Buffer.from(`${PNG.length} 139`), contentType: "text/plain", opaque: null },
    ]);
  });

  test("the picture stays what nobody has read", async () => {
    expect(await read("")).toEqual([picture()]);
  });

  test("is not asked about what is no picture", async () => {
    const parts: OpenedPart[] = [
      { ...picture(), opaque: { class: "audio", kind: "mp3" } },
      { ...picture(), opaque: { class: "image", kind: "a drawn page" } },
      { ...picture(), opaque: null },
    ];
    expect(await read("process.stdout.write('139')", parts)).toEqual(parts);
  });

  test.each([
    ["fails", "process.exit(3)", /failed/],
    ["is killed", "process.kill(process.pid,'SIGKILL')", /failed/],
    ["takes too long", "setInterval(()=>{},1e3)", /longer/],
    [
      "says too much",
      "const flood=()=>{while(process.stdout.write('x'.repeat(65536)));process.stdout.once('drain',flood)};flood()",
      /more than/,
    ],
  ])("that %s refuses the request", async (_, code, detail) => {
    const parts = await read(code, [picture()], 1_500);
    expect(parts).toMatchObject({ code: "file_unreadable", detail: expect.stringMatching(detail) });
  });

  test("that does not take the picture may still say what it saw", async () => {
    const command = [process.execPath, "-e", "process.stdin.destroy();process.stdout.write('139')"];
    const big = picture("", Buffer.concat([PNG, Buffer.alloc(4_000_000)]));
    const parts = await createPictureReader(command).read([big], 10_000, 1_000, NEVER);
    expect(parts).toHaveLength(2);
  });

  test("gets nothing of the gate's environment but the way to programs", async () => {
    process.env.YUMEN_TEST_SECRET = "s";
    const parts = await read("process.stdout.write(Object.keys(process.env).sort().join())");
    delete process.env.YUMEN_TEST_SECRET;
    expect(Buffer.from((parts as OpenedPart[])[1]!.bytes).toString()).toMatch(/^LC_ALL,PATH(?:,TESSDATA_PREFIX)?$/);
  });

  test("two run at once, all others wait, and no more than thirty-two of them", async () => {
    const reader = createPictureReader(program("process.stdout.write(String(Date.now()))"));
    const asked = Array.from({ length: 40 }, () => reader.read([picture()], 60_000, 100, NEVER));
    const done = await Promise.allSettled(asked);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(34);
    expect(done.at(-1)).toMatchObject({ reason: { code: "rate_limited" } });
  });
});

/** Whether a process runs `sleep` for so long. Linux; elsewhere there is nothing to look in. */
const sleeping = (seconds: number) =>
  readdirSync("/proc").some((pid) => {
    const told = join("/proc", pid, "cmdline");
    // of a process that ended meanwhile there is nothing left to read
    return /^\d+$/.test(pid) && existsSync(told) && commandOf(told) === `sleep\0${seconds}\0`;
  });

function commandOf(told: string): string {
  try {
    return readFileSync(told, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}
const isLinux = existsSync("/proc/self/cmdline");

describe("what a program has started", () => {
  const wrapper = (seconds: number) => ["sh", "-c", `sleep ${seconds} | cat`];

  test.runIf(isLinux)("ends with it when its time is over, and when nobody waits any more", async () => {
    const slow = createPictureReader(wrapper(7171)).read([picture()], 300, 1_000, NEVER);
    expect(await slow).toMatchObject({ code: "file_unreadable" });
    const gone = new AbortController();
    const left = createPictureReader(wrapper(7172)).read([picture()], 60_000, 1_000, gone.signal);
    setTimeout(() => gone.abort(), 300);
    await expect(left).rejects.toMatchObject({ code: "caller_gone" });
    const reader = createPictureReader(wrapper(7173));
    const closed = reader.read([picture()], 60_000, 1_000, NEVER);
    setTimeout(() => reader.close(), 300);
    await expect(closed).rejects.toMatchObject({ code: "draining" });
    await expect.poll(() => [7171, 7172, 7173].some(sleeping), { timeout: 5_000 }).toBe(false);
  });

  test("the pictures of a body have one room together, and are so many", async () => {
    const say = "process.stdout.write('x'.repeat(400))";
    expect(await read(say, [picture(), picture()])).toHaveLength(4);
    expect(await read(say, [picture(), picture(), picture()])).toMatchObject({ code: "file_unreadable" });
    const many = Array.from({ length: 65 }, () => picture());
    const asked = createPictureReader(["true"]).read(many, 60_000, 100, NEVER);
    expect(await asked).toMatchObject({ code: "body_too_large" });
  });

  test("a program that cannot be started refuses the request", async () => {
    for (const command of [["/no/such/program"], ["/bin/sh", "a\0b"], ["/etc/passwd"]])
      expect(await createPictureReader(command).read([picture()], 1_000, 100, NEVER)).toMatchObject({
        code: "file_unreadable",
      });
  });
});

describe("--ocr", () => {
  test("is off unless said, and is split at spaces", () => {
    expect(readConfig({}, {}).ocr).toBeNull();
    const env = { YUMEN_OCR: `${process.execPath}  -e 1 ` };
    expect(readConfig({}, env).ocr).toEqual([process.execPath, "-e", "1"]);
    expect(readConfig({ ocr: "sh -c x" }, { PATH: "/nowhere:/bin" }).ocr).toEqual(["sh", "-c", "x"]);
  });

  test.each(["", " ", "no-such-program stdin"])("of no program (%j) stops the start", (ocr) => {
    expect(() => readConfig({ ocr }, { PATH: "/bin" })).toThrow(ConfigError);
  });
});

const tesseract = spawnSync("which", ["tesseract"], { encoding: "utf8" }).stdout.trim();

describe("through a gate", () => {
  /** Pictures may go to anthropic: somebody has signed for them. */
  const edit = (policy: string) =>
    policy.replace(
      "    recipient: anthropic\n",
      "    recipient: anthropic\n    opaque: { image: pass, approvedBy: dpo@example, reason: 商品图片 }\n",
    );
  const source = { type: "base64", media_type: "image/png", data: PNG.toString("base64") };
  const body = JSON.stringify({
    ...{ model: "m", max_tokens: 9 },
    messages: [{ role: "user", content: [{ type: "image", source }] }],
  });

  async function sent(ocr?: string) {
    const recipient = await startRecipient();
    const gate = await openInside(recipient.url, edit, ocr === undefined ? {} : { ocr });
    const head = { "content-type": "application/json" };
    const said = await gate.raw(request("POST", "/anthropic/v1/messages", head, body), 20_000);
    await gate.close();
    recipient.close();
    return { said, requests: recipient.seen.length };
  }

  test("a picture that is signed for passes where nothing reads it, and where nobody is in it", async () => {
    for (const ocr of [undefined, `${process.execPath} -p 'a_cup'`]) {
      const { said, requests } = await sent(ocr);
      expect([said.startsWith("HTTP/1.1 200"), requests]).toEqual([true, 1]);
    }
  });

  test("a stop while a picture is read for a caller that has left waits for neither, and the crossing has its entry", async () => {
    const recipient = await startRecipient();
    const gate = await openInside(recipient.url, edit, { ocr: `${join(ROOT, "test/files/slow.sh")}` });
    const head = { "content-type": "application/json" };
    await gate.raw(request("POST", "/anthropic/v1/messages", head, body), 300).catch(() => "");
    const stopping = performance.now();
    await gate.running.close();
    expect(performance.now() - stopping).toBeLessThan(4_000);
    recipient.close();
    const entries: Record<string, unknown>[] = [];
    for await (const { entry } of readEntries(join(gate.data, "ledger"))) entries.push(JSON.parse(entry));
    expect(entries.filter(({ kind }) => kind === "crossing")).toMatchObject([{ action: "block" }]);
    expect(entries.at(-1)).toMatchObject({ kind: "seal" });
    if (isLinux) expect(sleeping(7174)).toBe(false);
    await gate.close();
  });

  test.runIf(tesseract !== "")("somebody's number in it is found by tesseract, and does not leave", async () => {
    const { said, requests } = await sent(`${tesseract} stdin stdout`);
    expect(requests).toBe(0);
    expect(said).toContain("/messages/0/content/0/source/data!text");
    expect(said).toContain("consent_missing");
  });
});
