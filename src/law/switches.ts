// Points of law that are not settled (law.md U-1 … U-15). Every judgement prints the whole table, also the points that
// have no effect on a number today: a reader must see which reading was in force.

/** A switch that changes a verdict, with the point it belongs to. Defaults are the conservative reading. */
export interface Switches {
  /** U-1: people of exempt scenarios (E1–E6) are added to the yearly count. */
  readonly countExemptTransfers: boolean;
  /** U-2: labour rules and a collective contract are both asked for; false: either suffices. */
  readonly hrRequireBoth: boolean;
  /** U-3: who has both kinds of data in one payload is counted in both counters; false: only in the sensitive one. */
  readonly countBothKinds: boolean;
  /** U-4: the volume exemption also asks for no sensitive person exported this year. */
  readonly volumeExemptionNeedsNoSensitive: boolean;
  /** U-5: an operator of critical infrastructure may use a free-trade-zone list. */
  readonly ftzOpenToCiio: boolean;
  /** U-6: model weights leave only with a documented extraction test; false: a signature is enough. */
  readonly modelWeightsNeedTest: boolean;
  /** U-8: D1–D3 bind for transit data (E1) too. */
  readonly transitDutiesChecked: boolean;
  /** U-9: the simplified measures for small handlers (Order 25) are relied on. Not modelled: no effect. */
  readonly smallHandlerRelief: boolean;
  /** U-10: data about as many people as the automotive rules name are important data for an automotive exporter. */
  readonly automotiveVolumeImportant: boolean;
  /** U-11: an assessment passed under the two-year rule runs three years (Provisions Art. 9); false: as on paper. */
  readonly assessmentRunsThreeYears: boolean;
  /** U-12: a standard contract not filed in time blocks; false: it warns. */
  readonly unfiledContractBlocks: boolean;
  /** U-13: the Greater Bay Area contract also serves above 1,000,000 people, or 10,000 with sensitive data. */
  readonly gbaAboveLines: boolean;
  /** U-14: equal unlinkable names of one conversation are one person. flow reads it: the law only prints it. */
  readonly equalNamesOnePerson: boolean;
  /** U-15: after an irreversible removal, class, kinds and counts are those of what remains; false: of the original. */
  readonly removalReclassifies: boolean;
  /** PIPL Art. 39 read literally: separate consent on every basis. */
  readonly strictSeparateConsent: boolean;
}

export const SWITCH_DEFAULTS: Switches = {
  countExemptTransfers: false,
  hrRequireBoth: true,
  countBothKinds: true,
  volumeExemptionNeedsNoSensitive: false,
  ftzOpenToCiio: false,
  modelWeightsNeedTest: true,
  transitDutiesChecked: true,
  smallHandlerRelief: false,
  automotiveVolumeImportant: false,
  assessmentRunsThreeYears: false,
  unfiledContractBlocks: true,
  gbaAboveLines: false,
  equalNamesOnePerson: false,
  removalReclassifies: true,
  strictSeparateConsent: false,
};

/** The table of a policy's switches, made once: it stands in every decision. */
const printed = new WeakMap<Switches, Readonly<Record<string, string | boolean>>>();

/** All switches in force, as a judgement prints them. @param profile the sensitivity profile (U-7). */
export function printedSwitches(switches: Switches, profile: string): Readonly<Record<string, string | boolean>> {
  const known = printed.get(switches);
  if (known !== undefined && known["U-7"] === profile) return known;
  const table = { ...switches, "U-7": profile };
  printed.set(switches, table);
  return table;
}

/**
 * Switches from a policy's table, over the defaults.
 * @throws TypeError on a name that is no switch, or a value that is not true or false: a misspelt switch must not be
 * taken for the default.
 */
export function switchesFrom(table: Readonly<Record<string, unknown>>): Switches {
  for (const [name, value] of Object.entries(table)) {
    if (!Object.hasOwn(SWITCH_DEFAULTS, name)) throw new TypeError(`no such switch of the law: ${name}`);
    if (typeof value !== "boolean") throw new TypeError(`switch ${name} must be true or false`);
  }
  return { ...SWITCH_DEFAULTS, ...table };
}
