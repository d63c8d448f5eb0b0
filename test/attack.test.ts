// Attacks that need no whole gate. Each title says what must hold.

import { connect } from "node:net";
import { afterAll, afterEach, expect, test } from "vitest";
import { createDialer } from "../src/io/dial/dialer.ts";
import type { AnswerSink, Dispatch } from "../src/io/ports.ts";
import type { Policy } from "../src/words.ts";
import { destination, KEY, policyOf, raw, sleep, until, World } from "./serve-world.ts";

const world = new World();
afterEach(() => world.end());
afterAll(() => world.end());

/** Remembers how an exchange ended. */
class Sink implements AnswerSink {
  text = "";
  over = "";
  head(): void {}
  data(chunk: Uint8Array): boolean {
    this.text += Buffer.from(chunk).toString();
    return true;
  }
  end(): void {
    this.over = "end";
  }
  fail(error: Error): void {
    this.over = error.message;
  }
}

const REQUEST: Dispatch = { destination: "d", method: "POST", path: "/", headers: [], body: Buffer.from("secret") };

test("what was judged for one recipient is not sent to another that took its name meanwhile", async () => {
  const asked = { first: 0, second: 0 };
  const first = await world.http((_req, res) => res.end(`first ${++asked.first}`));
  const second = await world.http((_req, res) => res.end(`second ${++asked.second}`));
  let policy: Policy = policyOf([destination("d", first.url)]);
  const dialer = createDialer(() => policy);
  const dial = async (dispatch: Dispatch) => {
    const sink = new Sink();
    dialer.dial(dispatch, sink);
    await until(() => sink.over !== "");
    return sink.text;
  };
  const judged = policy.destinations.get("d")!;
  policy = policyOf([destination("d", second.url)]);
  expect(await dial({ ...REQUEST, judged })).toBe("first 1");
  expect(await dial({ ...REQUEST, judged: policy.destinations.get("d")! })).toBe("second 1");
  policy = policyOf([]);
  expect(await dial({ ...REQUEST, judged })).toBe("first 2"); // gone from policy: what was judged still goes where it was judged for
  await dialer.close();
  expect(asked).toEqual({ first: 2, second: 1 });
});

test("a recipient that never ends its answer does not hold up the stop", async () => {
  const endless = await world.http((_req, res) => {
    const drip = setInterval(() => res.write("x"), 20);
    res.on("close", () => clearInterval(drip));
  });
  let policy: Policy = policyOf([destination("d", endless.url), destination("e", `${endless.url}/e`)]);
  const dialer = createDialer(() => policy);
  const sinks = [new Sink(), new Sink()];
  dialer.dial(REQUEST, sinks[0]!);
  await until(() => sinks[0]!.text !== "");
  policy = policyOf([]); // its way is being closed, gently, when the stop comes
  dialer.dial({ ...REQUEST, destination: "nowhere" }, new Sink());
  await sleep(20);
  expect(await Promise.race([dialer.close().then(() => "closed"), sleep(1_000).then(() => "still open")])).toBe(
    "closed",
  );
  await until(() => sinks[0]!.over !== "");
  expect(sinks[0]!.over).toContain("upstream_truncated");
});

test("uploads that are each within their limit do not together take the machine's memory", async () => {
  const policy = policyOf([destination("d", "http://127.0.0.1:9")]);
  const gate = await world.gate(policy, (_arrival, reply) => reply.send(200, [], Buffer.from("ok")), {
    uploadsBytesMax: 100_000,
  });
  const head = `POST /d/ HTTP/1.1\r\nhost: x\r\nx-yumen-key: ${KEY}\r\ncontent-length: 60000\r\n\r\n`;
  const held = connect(gate.port, "127.0.0.1", () => held.write(head + " ".repeat(59_999)));
  await sleep(100);
  const second = await raw(gate.port, head + " ".repeat(60_000), 500);
  expect([second.status, gate.failures.map(({ error }) => error.code)]).toEqual([429, ["rate_limited"]]);
  held.destroy(); // gives back what it held
  await until(() => gate.failures.length === 2);
  for (let i = 0; i < 3; i++) expect((await raw(gate.port, head + " ".repeat(60_000), 500)).status).toBe(200);
});
