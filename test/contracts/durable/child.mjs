// Started by stores-durable.test.ts on compiled code. Writes, and says each thing it was promised: until it is killed, or
// (`full`, `full-batches`) until the disk takes no more; then it tries twice again and ends as a process that is well.

const [, , dist, dir, mode] = process.argv;
const { openLmdbStores } = await import(`${dist}/io/stores/lmdb/stores.js`);
const { consent, people } = await openLmdbStores(dir);

const keyOf = (n) => Buffer.from(n.toString().padStart(16, "0")).toString("base64url");
const eventOf = (n) => ({
  event: `e${n}`,
  source: "crm",
  sequence: n,
  exporter: "acme",
  person: keyOf(n),
  recipient: "openai",
  purpose: "support",
  action: "grant",
  separate: true,
  guardian: false,
  sensitiveNotice: false,
  types: [],
  sensitiveTypes: [],
  notice: null,
  givenAt: "2026-03-01T00:00:00.000Z",
  recordedAt: "2026-03-01T00:00:00.000Z",
  validUntil: null,
  channel: "web",
});

const NO_LIMIT = { nonSensitive: null, sensitive: null };
const peopleOf = (n, count) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ key: keyOf(n + i * 1_000), nonSensitive: true, sensitive: false },
    ...{ recipient: `recipient-${n % 3}`, by: "E7" },
  }));
const stated = (n) => ({
  ...{ id: "crm", of: "opening", recipient: null, nonSensitive: n, sensitive: 0, gross: n, day: "2026-03-01" },
});

async function untilKilled() {
  for (let n = 1; ; n++) {
    const admitted = people.admit("acme", 2026, peopleOf(n, 1), NO_LIMIT);
    const opened = people.state("acme", 2026, stated(n));
    const linked = consent.link("acme", keyOf(n), keyOf(n + 1_000_000));
    await Promise.all([admitted, opened, consent.record(eventOf(n)), linked]);
    process.send(n);
  }
}

async function untilFull() {
  const refused = [];
  for (let n = 1; refused.length < 3 && n < 900; n++) {
    await people.admit("acme", 2026, peopleOf(n, 200), NO_LIMIT).then(
      () => process.send(n),
      (error) => refused.push(error.code),
    );
  }
  // Time for a forgotten promise to end the process.
  await new Promise((done) => setTimeout(done, 50));
  process.send({ refused });
  process.exit(0);
}

const WRITES = 700;

/** Batches over several transactions each: tells of one when it is acknowledged. Every second person has an alias. */
async function batchesUntilKilled() {
  for (let n = 1; ; n++) {
    const writes = Array.from({ length: WRITES }, (_, i) => {
      const event = eventOf(n * WRITES + i);
      const keys = [event.person, keyOf(n * WRITES + i + 1e9)];
      return i % 2 === 0 ? { event } : { event, same: { exporter: "acme", keys } };
    });
    await consent.recordAll(writes);
    process.send(n);
  }
}

/** Two at a time, the second worked out while the first is on its way; then it tries twice again. */
async function batchesUntilFull() {
  const refused = [];
  for (let n = 1; refused.length < 6 && n < 900; n += 2) {
    const batch = (first) => Array.from({ length: WRITES }, (_, i) => ({ event: eventOf(first * WRITES + i) }));
    await Promise.all(
      [n, n + 1].map((one) =>
        consent.recordAll(batch(one)).then(
          () => process.send(one),
          (error) => refused.push(error.code),
        ),
      ),
    );
  }
  await new Promise((done) => setTimeout(done, 50));
  process.send({ refused });
  process.exit(0);
}

if (mode === "full-batches") await batchesUntilFull();
await (mode === "batches" ? batchesUntilKilled() : mode === "full" ? untilFull() : untilKilled());
