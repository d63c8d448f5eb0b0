// A large policy, made up: what a platform team with a thousand services would write.

const KINDS = ["cn-mobile", "cn-id", "email", "bank-card", "person", "plate", "cn-passport"];

/** @returns {Record<string, string>} file name → YAML */
export function largePolicy(destinations, rules) {
  const ids = Array.from({ length: destinations }, (_, i) => `d${i}`);
  const parties = ids.map(
    (id) => `  - { id: r-${id}, name: Recipient ${id}, country: US, contact: dpo@${id}.example }`,
  );
  const ways = ids.map(
    (id) => `  - { id: ${id}, recipient: r-${id}, url: "https://${id}.example", exporter: shop, purpose: support }`,
  );
  const list = `[${ids.join(", ")}]`;
  const every = Array.from({ length: rules }, (_, i) => ruleOf(i, ids[i % destinations]));
  return {
    "a.yaml": `apiVersion: yumen/v1
exporters: [{ id: shop, name: Shop, ciio: false }]
purposes: [{ id: support, label: Support, basis: consent }]
callers: [{ id: app, loopback: true, exporters: shop, destinations: ${list}, purposes: support }]
recipients:
${parties.join("\n")}
destinations:
${ways.join("\n")}
`,
    ...filesOf(every),
  };
}

/** A file holds a MiB at most. */
function filesOf(rules) {
  const files = {};
  for (let at = 0; at < rules.length; at += 2000)
    files[`rules-${at}.yaml`] = `apiVersion: yumen/v1\nrules:\n${rules.slice(at, at + 2000).join("\n")}\n`;
  return files;
}

function ruleOf(i, destination) {
  const action = ["forward", "pseudonymize", "redact", "block"][i % 4];
  const kinds = `[${KINDS[i % KINDS.length]}, ${KINDS[(i + 3) % KINDS.length]}]`;
  const when = i % 10 === 0 ? `, when: "pi.individuals > ${i % 50}"` : "";
  return `  - { id: x${i}, why: rule ${i}, action: ${action}, match: { destination: ${destination}, piAny: ${kinds} }${when} }`;
}
