// What `yumen check` warns of: a policy that gives no warning, and of each lint one change to it that gives that
// warning and no other. Where a lint could cry wolf, a change that must stay silent.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { coverageOf } from "../src/io/policy/covering.ts";
import { KNOWN } from "../src/io/policy/known.ts";
import { monthsAfter } from "../src/io/policy/lints/lint.ts";
import { loadPolicy } from "../src/io/policy/load.ts";
import { type Problem, render } from "../src/io/policy/problem.ts";
import type { LawData } from "../src/words.ts";

const law: LawData = { revisions: [], calendar: { off: new Set(), on: new Set(), knownUntil: "2026-12-31" } };
const NOW_MS = Date.parse("2026-11-22T00:00:00Z");
const PAPER = "the paper itself\n";
const sha256 = createHash("sha256").update(PAPER).digest("hex");
/** Of the notice below, rendered in English: sha256sum of the text as it was read and found good. */
const NOTE_SHA256 = "fb0e41e12f385a0dde33d022f4f1048481f6fe1819d44016e94df3dff171ee19";

const root = mkdtempSync(join(tmpdir(), "yumen-lints-"));
afterAll(() => rm(root, { recursive: true, force: true }));

const FULL = `apiVersion: yumen/v1
exporters:
  - { id: acme, name: Acme, ciio: false }
recipients:
  - id: far
    name: Far Ltd
    country: US
    contact: dpo@far.example
    onwardTo: [Cloud Inc]
    storage: [US, SG]
    breachNoticeHours: 24
    dueDiligence: { on: 2026-05-01, until: 2028-05-01 }
    contract:
      document: contract
      until: 2029-05-31
      clauses:
        { purpose: "1", minimisation: "2", security: "3", subProcessing: "4", rights: "5", audit: "6", breach: "7",
          termination: "8", regulator: "9" }
destinations:
  - id: model
    recipient: far
    url: https://api.far.example
    exporter: acme
    purpose: support
    classification: { level: general, catalogue: c, by: dpo, on: 2026-05-01 }
purposes:
  - id: support
    label: Support
    basis: consent
  - id: booking
    label: Booking
    basis: contract
    contract: { individualIsParty: true, necessary: true }
mechanisms:
  - id: sc
    type: standard-contract
    exporters: acme
    number: 沪备 1
    document: contract
    pipia: pia
    validFrom: 2026-06-01
    filedDate: 2026-06-10
    validUntil: 2029-05-31
    scope: { recipients: far, purposes: [support, booking], categories: [cn-mobile] }
notices:
  - id: note
    version: "1"
    recipients: far
    purposes: [support, booking]
    recipientName: Far Ltd
    recipientContact: dpo@far.example
    purpose: support
    method: api
    categories: phone
    rights: write to us
    retention: 30 days
pipias:
  - id: pia
    done: true
    doneOn: 2026-05-20
    document: report
    recipients: far
    purposes: [support, booking]
    types: [cn-mobile]
    storage: [US, SG]
    onward: [Cloud Inc]
exemptions:
  - { id: ex, ground: contract, purposes: booking, evidence: terms, approvedBy: legal, until: 2028-01-01 }
documents:
  - { id: contract, kind: contract, path: paper.txt, sha256: ${sha256}, validUntil: 2029-05-31, retainUntil: 2032-05-31 }
  - { id: report, kind: report, path: paper.txt, sha256: ${sha256}, retainUntil: 2029-05-20 }
  - { id: terms, kind: terms, path: paper.txt, sha256: ${sha256} }
inventory:
  - { id: known, destinations: model, kinds: cn-mobile }
callers:
  - { id: app, keySha256: "${"0".repeat(64)}", exporters: acme, destinations: model, purposes: [support, booking] }
rules:
  - id: pass
    why: pass
    action: forward
    match: { pi: true }
`;

/** FULL with changes, each of which must hit. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, FULL);
}

let count = 0;
async function warningsOf(text: string): Promise<readonly Problem[]> {
  const dir = mkdtempSync(join(root, `${++count}-`));
  writeFileSync(join(dir, "p.yaml"), text);
  writeFileSync(join(dir, "paper.txt"), PAPER);
  const loaded = await loadPolicy(dir, { law, nowMs: NOW_MS, env: {} });
  if (!loaded.ok) throw new Error(loaded.problems.map((p) => render(p, "en")).join("\n"));
  return loaded.warnings;
}

/** What the caret stands under, and the code. */
const said = (problem: Problem) => {
  const { sourceLine, column, length, code } = problem;
  return `${sourceLine.slice(column - 1, column - 1 + Math.min(length, 14))} ${code}`;
};

test("the policy that gives no warning", async () => {
  expect(await warningsOf(FULL)).toEqual([]);
});

type Change = readonly [from: string, to: string];
const rule = (more: string): Change => ["rules:\n", `rules:\n  - { id: other, why: x, ${more} }\n`];
const destination = (more: string): Change => [
  "    purpose: support\n    class",
  `    purpose: support\n    ${more}\n    class`,
];
const list = (text: string): Change => ["documents:\n", `${text}\ndocuments:\n`];

const BETA: Change = ["recipients:\n  - id", "  - { id: beta, name: Beta, ciio: false }\nrecipients:\n  - id"];
/** Notice and assessment are of these alone. */
const OURS = (whose: string): Change => [
  FULL.slice(FULL.indexOf("notices:"), FULL.indexOf("exemptions:")),
  FULL.slice(FULL.indexOf("notices:"), FULL.indexOf("exemptions:")).replaceAll(
    "    recipients: far\n",
    `    exporters: ${whose}\n    recipients: far\n`,
  ),
];
/** A second notice, that says why sensitive kinds are needed. */
const SAYS_WHY = (whose: string): Change => [
  "pipias:\n",
  `  - { id: why, exporters: ${whose}, version: "1", recipients: far, purposes: [support, booking], recipientName: Far Ltd, recipientContact: dpo@far.example, purpose: p, method: api, categories: cards, rights: write, retention: 30 days, sensitiveNecessity: n, sensitiveImpact: i }\npipias:\n`,
];

// [what, warnings, changes]
const LINTS: readonly (readonly [string, string | readonly string[], ...Change[]])[] = [
  // terms
  [
    "a mechanism that has ended",
    "2026-11-21 mechanism_expired",
    ["filedDate: 2026-06-10\n    validUntil: 2029-05-31", "filedDate: 2026-06-10\n    validUntil: 2026-11-21"],
  ],
  [
    "a mechanism on its last day",
    "2026-11-22 mechanism_expiring",
    ["filedDate: 2026-06-10\n    validUntil: 2029-05-31", "filedDate: 2026-06-10\n    validUntil: 2026-11-22"],
  ],
  [
    "60 days before its end",
    "2027-01-21 mechanism_expiring",
    ["filedDate: 2026-06-10\n    validUntil: 2029-05-31", "filedDate: 2026-06-10\n    validUntil: 2027-01-21"],
  ],
  [
    "61 days before its end",
    [],
    ["filedDate: 2026-06-10\n    validUntil: 2029-05-31", "filedDate: 2026-06-10\n    validUntil: 2027-01-22"],
  ],
  [
    "an extension that ends",
    "2027-01-21 mechanism_expiring",
    ["    scope: {", "    extendedUntil: 2027-01-21\n    scope: {"],
    ["validUntil: 2029-05-31\n    ext", "validUntil: 2026-11-01\n    ext"],
  ],
  [
    "one that was revoked: nobody waits for its end",
    [],
    [
      "filedDate: 2026-06-10\n    validUntil: 2029-05-31",
      "status: revoked\n    filedDate: 2026-06-10\n    validUntil: 2026-11-21",
    ],
  ],
  [
    "an assessment, whose extension takes 60 working days",
    "2027-02-28 mechanism_expiring",
    ["type: standard-contract", "type: security-assessment"],
    ["filedDate: 2026-06-10\n    validUntil: 2029-05-31", "filedDate: 2026-06-10\n    validUntil: 2027-02-28"],
  ],
  [
    "a contract that ends",
    "2026-12-31 contract_expiring",
    ["document: contract\n      until: 2029-05-31", "document: contract\n      until: 2026-12-31"],
  ],
  ["due diligence that is old", "2026-05-02 due_diligence_expired", ["until: 2028-05-01", "until: 2026-05-02"]],
  [
    "a document that ends",
    "2026-12-31 document_expiring",
    ["validUntil: 2029-05-31, retain", "validUntil: 2026-12-31, retain"],
  ],
  ["a claim that ends", "2026-12-01 exemption_expiring", ["until: 2028-01-01", "until: 2026-12-01"]],
  [
    "a proof that ends",
    "2026-12-01 proof_expiring",
    list(
      "proofs: [{ id: pr, of: anonymisation, purposes: support, method: m, report: report, recall: 0.9, by: lab, from: 2026-01-01, until: 2026-12-01 }]",
    ),
  ],
  [
    "an approval that ended",
    "2026-11-21 approval_expired",
    list("approvals: [{ id: ap, purposes: support, authority: a, reference: r, until: 2026-11-21 }]"),
  ],
  ["a stop that ended: good", [], list("orders: [{ id: or, authority: a, reference: r, until: 2026-11-21 }]")],
  [
    "a registration and its list that end",
    ["2026-12-01 ftz_list_expiring", "2026-12-01 ftz_registration_expiring"],
    list(
      "ftzLists: [{ id: l, zone: z, edition: e, source: s, sectors: s, until: 2026-12-01 }]\nftz: [{ id: r, list: l, sector: s, number: n, activityInZone: true, until: 2026-12-01 }]",
    ),
  ],
  [
    "a classification that ends",
    "2027-01-21 classification_expiring",
    ["by: dpo, on: 2026-05-01 }", "by: dpo, on: 2026-05-01, until: 2027-01-21 }"],
  ],
  [
    "a classification that ended",
    "2026-11-21 classification_expired",
    ["by: dpo, on: 2026-05-01 }", "by: dpo, on: 2026-05-01, until: 2026-11-21 }"],
  ],
  ["a classification that stands", [], ["by: dpo, on: 2026-05-01 }", "by: dpo, on: 2026-05-01, until: 2027-01-22 }"]],
  [
    "observing that ends in three days",
    "2026-11-25 observe_expiring",
    destination("observe: { covers: policy, from: 2026-11-01, until: 2026-11-25, approvedBy: a, reason: r }"),
  ],
  [
    "observing that ended",
    "2026-11-21 observe_expired",
    destination("observe: { covers: policy, from: 2026-10-25, until: 2026-11-21, approvedBy: a, reason: r }"),
  ],
  [
    "observing that goes on",
    [],
    destination("observe: { covers: policy, from: 2026-11-01, until: 2026-11-26, approvedBy: a, reason: r }"),
  ],
  // mechanisms
  ["a contract that is not filed", "sc filing_missing", ["    filedDate: 2026-06-10\n", ""]],
  ["a mechanism without number", "sc mechanism_undocumented", ["    number: 沪备 1\n", ""]],
  ["a mechanism without document", "sc mechanism_undocumented", ["    document: contract\n    pipia", "    pipia"]],
  [
    "one that is not there yet has neither",
    [],
    ["    number: 沪备 1\n    document: contract\n", "    status: pending\n"],
  ],
  [
    "a template that was changed",
    "true template_changed",
    ["    scope: {", "    templateModified: true\n    scope: {"],
  ],
  [
    "an assessment has no template",
    [],
    ["    scope: {", "    templateModified: true\n    scope: {"],
    ["type: standard-contract", "type: security-assessment"],
  ],
  [
    "a change that was not filed again",
    "true change_unfiled",
    ["    scope: {", "    changeNotRefiled: true\n    scope: {"],
  ],
  ["an assessment older than three months when filed", "pia pipia_stale", ["doneOn: 2026-05-20", "doneOn: 2026-03-09"]],
  ["an assessment three months old when filed", [], ["doneOn: 2026-05-20", "doneOn: 2026-03-10"]],
  [
    "an assessment finished after it was filed",
    "pia pipia_stale",
    ["doneOn: 2026-05-20", "doneOn: 2026-06-11"],
    ["retainUntil: 2029-05-20", "retainUntil: 2029-06-11"],
  ],
  // contracts
  [
    "a recipient without contract",
    "far contract_missing",
    [FULL.slice(FULL.indexOf("    contract:\n      doc"), FULL.indexOf("destinations:")), ""],
  ],
  [
    "a contract without its document",
    "until contract_undocumented",
    ["    contract:\n      document: contract\n", "    contract:\n"],
  ],
  ["a contract without clauses", "{ clause_missing", ['breach: "7",', ""]],
  ["no word on breaches", "far breach_notice_missing", ["    breachNoticeHours: 24\n", ""]],
  [
    "a recipient that nothing leads to owes nothing",
    [],
    ["destinations:\n  - id", "  - { id: idle, name: Idle, country: HK, contact: x }\ndestinations:\n  - id"],
  ],
  ["nor does one on the mainland", [], ["    country: US\n", "    country: CN\n"], ["    breachNoticeHours: 24\n", ""]],
  // destinations
  [
    "a destination whose data nobody classified",
    "model destination_unclassified",
    ["    classification: { level: general, catalogue: c, by: dpo, on: 2026-05-01 }\n", ""],
  ],
  [
    "a destination without a caller",
    ["model destination_unused", "pass rule_never"],
    ["id: known, destinations: model", "id: known, destinations: [model, spare]"],
    ["exporters: acme, destinations: model, ", "exporters: acme, destinations: spare, "],
    [
      "destinations:\n",
      "destinations:\n  - { id: spare, recipient: far, url: https://b.example, operations: training, classification: { level: general, catalogue: c, by: d, on: 2026-05-01 } }\n",
    ],
    ["match: { pi: true }", "match: { operation: inference }"],
  ],
  [
    "a purpose that nobody is told of",
    "model destination_unnoticed",
    [
      "recipients: far\n    purposes: [support, booking]\n    recipientName",
      "recipients: far\n    purposes: support\n    recipientName",
    ],
  ],
  [
    "a purpose that nobody assessed",
    "model destination_unassessed",
    ["purposes: [support, booking]\n    types", "purposes: support\n    types"],
  ],
  [
    "an assessment that is not finished",
    ["model destination_unassessed", "model destination_unassessed"],
    ["done: true", "done: false"],
  ],
  [
    "another legal entity for some models that nobody is told of",
    [
      "near contract_missing",
      "near breach_notice_missing",
      "model destination_unnoticed",
      "model destination_unnoticed",
    ],
    ["recipients:\n  - id: far", "recipients:\n  - { id: near, name: Near, country: SG, contact: x }\n  - id: far"],
    destination("recipientsBy: [{ models: n-*, recipient: near }]"),
    ["    document: report\n    recipients: far", "    document: report\n    recipients: [far, near]"],
  ],
  // whose papers they are
  ["papers of the one that sends", [], OURS("acme")],
  [
    "papers of another company only",
    ["model destination_unnoticed", "model destination_unassessed", "pia pipia_of_others"],
    BETA,
    ["destinations: model, purposes: [support, booking]", "destinations: model, purposes: [support]"],
    OURS("beta"),
  ],
  [
    "a caller that may send for two companies, of which one has told nobody and assessed nothing",
    ["model destination_unnoticed", "model destination_unassessed"],
    BETA,
    [
      "exporters: acme, destinations: model, purposes: [support, booking]",
      "exporters: [acme, beta], destinations: model, purposes: [support], mayAssert: exporter",
    ],
    OURS("acme"),
  ],
  [
    "the same caller, where it may not say for whom: the destination says",
    [],
    BETA,
    ["exporters: acme, destinations", "exporters: [acme, beta], destinations"],
    OURS("acme"),
  ],
  [
    "nobody can say for whom: nothing can be sent",
    "model destination_unused",
    BETA,
    ["    exporter: acme\n", ""],
    ["exporters: acme, destinations", "exporters: [acme, beta], destinations"],
  ],
  [
    "one paper each for two companies",
    [],
    BETA,
    ["exporters: acme, destinations", "exporters: [acme, beta], mayAssert: exporter, destinations"],
    OURS("[acme, beta]"),
  ],
  [
    "a mechanism with the assessment of another company",
    ["model destination_unassessed", "model destination_unassessed", "pia pipia_of_others"],
    BETA,
    [
      "    recipients: far\n    purposes: [support, booking]\n    types",
      "    exporters: beta\n    recipients: far\n    purposes: [support, booking]\n    types",
    ],
  ],
  [
    "a processor's mechanism with the assessment of its handler",
    [],
    [
      "  - { id: acme, name: Acme, ciio: false }\n",
      "  - { id: acme, name: Acme, ciio: false }\n  - { id: hand, name: Hand, ciio: false, role: entrusted_processor, handler: acme }\n",
    ],
    ["    exporters: acme\n    number", "    exporters: [acme, hand]\n    number"],
    OURS("acme"),
  ],
  [
    "another company's notice says why: it does not count",
    "note necessity_missing",
    BETA,
    ["categories: [cn-mobile]", "categories: [cn-mobile, bank-card]"],
    SAYS_WHY("beta"),
  ],
  [
    "its own other notice says why",
    [],
    BETA,
    ["categories: [cn-mobile]", "categories: [cn-mobile, bank-card]"],
    SAYS_WHY("acme"),
  ],
  [
    "a sensitive kind in the scope of another company's mechanism",
    [],
    BETA,
    ["    exporters: acme\n    number", "    exporters: beta\n    number"],
    ["categories: [cn-mobile]", "categories: [cn-mobile, bank-card]"],
  ],
  [
    "a sensitive kind that a rule lets through for another company",
    "other rule_never",
    BETA,
    rule("action: pseudonymize, match: { exporter: beta, piAny: cn-id }"),
  ],
  // notices
  ["a notice that leaves something out", "note notice_incomplete", ["    retention: 30 days\n", ""]],
  ["a notice with a blank", "note notice_incomplete", ["retention: 30 days", 'retention: " "']],
  [
    "a sensitive kind in a mechanism's scope, and no notice says why",
    "note necessity_missing",
    ["categories: [cn-mobile]", "categories: [cn-mobile, bank-card]"],
  ],
  [
    "the same where the profile does not call it sensitive",
    [],
    ["categories: [cn-mobile]", "categories: [cn-mobile, cn-id]"],
    ["exporters:\n", "profile: gbt45574\nexporters:\n"],
  ],
  [
    "a sensitive kind that a purpose needs",
    "note necessity_missing",
    ["    basis: consent\n", "    basis: consent\n    neededTypes: [cn-id]\n"],
  ],
  [
    "a sensitive kind that a rule hides and lets through",
    "note necessity_missing",
    rule("action: pseudonymize, match: { piAny: cn-id }"),
  ],
  ["a sensitive kind that a rule blocks", [], rule("action: block, match: { piAny: cn-id }")],
  [
    "a sensitive kind that a rule lets through elsewhere",
    "other rule_never",
    ["recipients:\n  - id: far", "recipients:\n  - { id: near, name: Near, country: SG, contact: x }\n  - id: far"],
    rule("action: pseudonymize, match: { recipient: near, piAny: cn-id }"),
  ],
  // pipias
  ["data that lie where nobody assessed", "far pipia_storage", ["    storage: [US, SG]\n    onward", "    onward"]],
  ["an onward party whom nobody assessed", "far pipia_onward", ["    onward: [Cloud Inc]\n", ""]],
  // claims
  ["a claim without evidence", "ex exemption_unevidenced", ["evidence: terms, ", ""]],
  ["a claim that nobody approved", "ex exemption_unapproved", [", approvedBy: legal", ""]],
  [
    "a basis that nobody claimed",
    "contract purpose_unclaimed",
    [FULL.slice(FULL.indexOf("exemptions:"), FULL.indexOf("documents:")), ""],
  ],
  [
    "a claim for another purpose",
    "contract purpose_unclaimed",
    ["purposes: booking, evidence", "purposes: support, evidence"],
  ],
  [
    "another company's claim: it is not ours",
    "contract purpose_unclaimed",
    BETA,
    ["purposes: booking, evidence", "exporters: beta, purposes: booking, evidence"],
  ],
  [
    "a claim of one of two companies",
    "contract purpose_unclaimed",
    BETA,
    ["exporters: acme, destinations", "exporters: [acme, beta], mayAssert: exporter, destinations"],
    ["purposes: booking, evidence", "exporters: acme, purposes: booking, evidence"],
  ],
  [
    "a company for which nobody can send needs none",
    [],
    BETA,
    ["purposes: booking, evidence", "exporters: acme, purposes: booking, evidence"],
  ],
  [
    "a claim about the very destination and recipient",
    [],
    ["purposes: booking, evidence", "destinations: model, recipients: far, purposes: booking, evidence"],
  ],
  [
    "a claim about another recipient",
    ["contract purpose_unclaimed"],
    ["recipients:\n  - id: far", "recipients:\n  - { id: near, name: Near, country: SG, contact: x }\n  - id: far"],
    ["purposes: booking, evidence", "recipients: near, purposes: booking, evidence"],
  ],
  [
    "a claim of another ground",
    "contract purpose_unclaimed",
    ["ground: contract, purposes: booking", "ground: emergency, purposes: booking"],
  ],
  // documents
  [
    "an assessment's report thrown away too early",
    "2029-05-19 retention_short",
    ["retainUntil: 2029-05-20", "retainUntil: 2029-05-19"],
  ],
  [
    "a contract thrown away too early",
    "2032-05-30 retention_short",
    ["retainUntil: 2032-05-31", "retainUntil: 2032-05-30"],
  ],
  // rules
  ["a rule that contradicts itself", "pass rule_never", ["match: { pi: true }", "match: { pi: false, piAny: email }"]],
  [
    "… in each alternative",
    "other rule_never",
    rule("action: block, match: { pi: false, any: [{ sensitive: true }, { piAny: email }] }"),
  ],
  ["… by what it excludes", "other rule_never", rule("action: block, match: { sensitive: true, not: { pi: true } }")],
  [
    "one alternative is enough",
    [],
    rule("action: block, match: { pi: false, any: [{ sensitive: true }, { declared: true }] }"),
  ],
  ["an organisation's number may be about nobody", [], rule("action: block, match: { pi: false, piAny: uscc }")],
  ["a rule for an operation that is closed", "other rule_never", rule("action: block, match: { operation: training }")],
  [
    "a rule for a country that no destination leads to",
    "other rule_never",
    rule("action: block, match: { country: SG }"),
  ],
  ["a rule that a block always overrules", "pass rule_shadowed", rule("action: block, match: {}")],
  [
    "… of each alternative",
    "other rule_shadowed",
    rule("action: block, match: { any: [{ piAny: email }, { sensitive: true }] }"),
    ["    action: forward", "    action: block"],
  ],
  ["a block of some of it", [], rule("action: block, match: { destination: model, sensitive: true }")],
  ["a block with a condition", [], rule('action: block, match: {}, when: request.model == "x"')],
  [
    "the same condition on both",
    "other rule_shadowed",
    rule("action: forward, match: { sensitive: true }, when: pi.count > 1"),
    ["    action: forward\n", "    action: block\n    when: pi.count > 1\n"],
  ],
  ["a forward that a stricter permit always joins", "pass rule_shadowed", rule("action: pseudonymize, match: {}")],
  [
    "… but its condition may fail, and then blocks",
    [],
    rule("action: pseudonymize, match: {}"),
    ["    action: forward\n", "    action: forward\n    when: pi.count > 1\n"],
  ],
  ["a permit that takes less out", [], rule("action: redact, match: { piAny: email }")],
  ["two that say the same: one stays", "pass rule_shadowed", rule("action: forward, match: { pi: true }")],
  [
    "two of the same kinds",
    "other rule_shadowed",
    rule("action: redact, match: { piAny: email }"),
    ["    action: forward\n    match: { pi: true }", "    action: redact\n    match: { piAny: [email, plate] }"],
  ],
  [
    "two of other kinds",
    [],
    rule("action: redact, match: { piAny: email }"),
    ["    action: forward\n    match: { pi: true }", "    action: redact\n    match: { piAny: plate }"],
  ],
  // switches
  [
    "a reading that changes nothing",
    "true switch_unmodelled",
    ["exporters:\n", "switches: { smallHandlerRelief: true }\nexporters:\n"],
  ],
  ["that reading, not taken", [], ["exporters:\n", "switches: { smallHandlerRelief: false }\nexporters:\n"]],
  // kinds and patterns
  ["a kind that nothing finds", "literal kind_undetected", rule("action: block, match: { piAny: literal }")],
  [
    "… in an alternative",
    "literal kind_undetected",
    rule("action: block, match: { any: [{ piAny: [email, literal] }] }"),
  ],
  [
    "names, when they are not read",
    "person kind_undetected",
    rule("action: block, match: { piAny: person }"),
    ["exporters:\n", "names: off\nexporters:\n"],
  ],
  ["names, when they are", [], rule("action: block, match: { piAny: person }")],
  [
    "a pattern that a permit does not anchor",
    "'request.model pattern_unanchored",
    rule("action: redact, match: { piAny: email }, when: 'request.model.matches(\"gpt-4\")'"),
  ],
  [
    "an anchored one",
    [],
    rule("action: redact, match: { piAny: email }, when: 'request.model.matches(\"^gpt-4.*$\")'"),
  ],
  [
    "a block may be wide",
    [],
    rule("action: block, match: { sensitive: true }, when: 'request.model.matches(\"gpt-4\")'"),
  ],
  [
    "no inventory",
    "model inventory_missing",
    ["inventory:\n  - { id: known, destinations: model, kinds: cn-mobile }\n", ""],
  ],
  [
    "a way that the inventory does not know",
    "model inventory_gap",
    ["id: known, destinations: model", "id: known, destinations: model, purposes: support"],
  ],
  [
    "a way that it knows of another caller only",
    "model inventory_gap",
    [
      "callers:\n",
      `callers:\n  - { id: crm, keySha256: "${"1".repeat(64)}", exporters: acme, destinations: model, purposes: support }\n`,
    ],
    ["id: known, destinations: model", "id: known, callers: app, destinations: model"],
  ],
  [
    "a row for the only caller: good",
    [],
    ["id: known, destinations: model", "id: known, callers: app, destinations: model"],
  ],
  ["a row for every purpose: good", [], ["id: known, destinations: model", "id: known, destinations: [model]"]],
  [
    "a duty that begins long ago",
    "2024-12-31 duty_long_past",
    ["inventory:\n", `duties: [{ id: drill, what: drill, first: 2024-12-31, owner: dpo }]\ninventory:\n`],
  ],
  [
    "one that is overdue by a month only is the register's to tell",
    [],
    ["inventory:\n", `duties: [{ id: drill, what: drill, first: 2026-10-31, owner: dpo }]\ninventory:\n`],
  ],
  [
    "a text that is not the one published",
    "{ notice_text_changed",
    ["    retention: 30 days\n", `    retention: 30 days\n    sha256: { zh: "${"0".repeat(64)}" }\n`],
  ],
  [
    "the text that was published: good",
    [],
    ["    retention: 30 days\n", `    retention: 30 days\n    sha256: { en: ${NOTE_SHA256} }\n`],
  ],
  [
    "versions from the newest to the oldest",
    "- notice_versions_mixed",
    [
      "    retention: 30 days\n",
      `    retention: 30 days\n    supersedes:\n      - { version: "0.2", on: 2026-06-01, material: false }\n      - { version: "0.1", on: 2026-05-01, material: true }\n`,
    ],
  ],
];

describe("one change, its warning and no other:", () => {
  test.each(LINTS)("%s", async (_, expected, ...changes) => {
    const warnings = await warningsOf(changed(...(changes as Change[])));
    expect(warnings.map(said)).toEqual([expected].flat());
    for (const { message, severity, column } of warnings) {
      expect(severity).toBe("warning");
      expect(column).toBeGreaterThan(0);
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(message.en).not.toMatch(/[\u4e00-\u9fff]|undefined/);
    }
  });
});

describe("the table in docs/policy.md", () => {
  const page = readFileSync("docs/policy.md", "utf8");
  const section = page.slice(page.indexOf("## What check warns of"), page.indexOf("## What loosens"));
  const listed = [...section.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, code]) => code!);

  test("has every code, and each has a case above", () => {
    const tried = new Set(LINTS.flatMap(([, expected]) => [expected].flat().map((one) => one.split(" ").at(-1)!)));
    const both = [
      "classification",
      "contract",
      "due_diligence",
      "document",
      "exemption",
      "proof",
      "approval",
      "ftz_registration",
    ];
    const ends = [...both, "mechanism", "ftz_list", "observe"].flatMap((what) => [
      `${what}_expired`,
      `${what}_expiring`,
    ]);
    expect([...tried].filter((code) => !listed.includes(code) && !ends.includes(code))).toEqual([]);
    expect(listed.filter((code) => !tried.has(code))).toEqual([]);
  });
});

test("thousands of rules that name no way: after half a million comparisons the lint is silent, and the load goes on", async () => {
  const many = Array.from(
    { length: 2_000 },
    (_, i) => `  - { id: r${i}, why: x, action: block, match: { people: { min: ${2_000 - i} } } }`,
  );
  const shadowed = (await warningsOf(`${FULL}${many.join("\n")}\n`)).filter(({ code }) => code === "rule_shadowed");
  expect(shadowed.length).toBeGreaterThan(300);
  expect(shadowed.length).toBeLessThan(1_990);
});

test.each([
  ["2026-05-31", 1, "2026-06-30"],
  ["2026-11-30", 3, "2027-02-28"],
  ["2023-11-30", 3, "2024-02-29"],
  ["2026-05-20", 36, "2029-05-20"],
])("%s and %i months is %s", (day, months, expected) => {
  expect(monthsAfter(day, months)).toBe(expected);
});

test("the kinds that may be about nobody are those whose detector says so", () => {
  expect(KNOWN.impersonal).toEqual(expect.arrayContaining(["uscc"]));
  expect(KNOWN.impersonal).not.toContain("cn-mobile");
  expect(coverageOf(KNOWN.impersonal).covers({ pi: true }, { piAny: KNOWN.impersonal })).toBe(false);
});
