// Appends crossings to a gate's ledger with no checkpoint, says so, and waits to be killed. Law of this file: it writes
// through the gate's own ledger with the gate's own keys, entries as large as those of a crossing with one person.

import { join } from "node:path";

const [data, entries, from] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const dist = join(import.meta.dirname, "../dist");
const { openKeys } = await import(join(dist, "io/keys.js"));
const { openLedger } = await import(join(dist, "io/ledger/open.js"));
const { canonical } = await import(join(dist, "record/canonical.js"));

const ring = await openKeys(join(data, "keys"));
const ledger = await openLedger({
  dir: join(data, "ledger"),
  origin: ring.vkeyName,
  signingKey: ring.ledgerKey,
  durability: "strict",
  checkpointMs: 3_600_000,
});
const [key, hash] = ["A".repeat(22), "0123456789abcdef".repeat(4)];
for (let at = 0; at < entries; at += 200)
  await Promise.all(Array.from({ length: Math.min(200, entries - at) }, (_, i) => ledger.append(entry(from + at + i))));
console.log(JSON.stringify({ size: ledger.head().size, signed: ledger.signedHead().size }));
setInterval(() => {}, 1000);

function entry(n) {
  const finding = { action: "forward", certainty: "format+context", path: "/messages/1/content", sensitive: false };
  return canonical({
    ...{ action: "forward", app: "bench", asOf: "0", basis: "Provisions Art.5", bytes: { in: 1024, out: 1024 } },
    ...{ consent: [{ receipt: "rcp_000000000000", version: "2026-05" }], country: "US", destination: "openai" },
    ...{ counts: { gross: 1, nonSensitive: 1, sensitive: 0 }, digest: hash, exporter: "bench-retail" },
    ...{ findings: [{ ...finding, type: "cn-mobile" }], id: `dec_${String(n).padStart(26, "0")}`, kind: "crossing" },
    ...{ leaves: "request", mechanism: null, model: "bench", new: [], operation: "inference", outcome: "EXEMPT" },
    ...{
      people: [key],
      policy: hash,
      profile: "strict",
      purpose: "customer-service",
      reasons: [],
      recipient: "openai",
    },
    ...{ revision: "2024-03-22", rule: "covered", salt: `AAAAAAAA${String(n).padStart(8, "0")}`, switches: {} },
    ...{ t: "2026-11-22T02:00:00.000Z", v: 1, warnings: [] },
  });
}
