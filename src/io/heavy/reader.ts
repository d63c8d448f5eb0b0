// A reading thread's work on one large body: gate.ts's two halves, the entry, the answer's restoring.
// Law: it knows one body at a time and forgets it at the next; it comes to what the main thread would have come to.

import type { KeyObject } from "node:crypto";
import { forward } from "../../act/pseudonymize.ts";
import { hold } from "../../decode/original.ts";
import { PROVIDERS } from "../../decode/providers/all.ts";
import { type Inspected, inspect, type Judged, judge, type Leg } from "../../gate.ts";
import { crossingTexts, unreadDigests } from "../../record/crossing.ts";
import { createRestorer } from "../../restore/restore.ts";
import type {
  Admission,
  Arrival,
  Decision,
  Enclosed,
  Keys,
  Lifted,
  Newcomer,
  Original,
  PersonFacts,
  PersonKey,
  Policy,
  Reason,
} from "../../words.ts";
import { tell } from "../dry-run/tell.ts";
import { countKeysOf, deriveKeys } from "../keys/derived.ts";
import type { ThreadSecrets } from "../keys.ts";
import { arrivedAt } from "../new-year.ts";
import { notYetCounted } from "../strangers.ts";
import { unpack } from "./carried.ts";
import type { Answers, Asks, Identifiers, JudgedThere, MintedPair, Page, Seen, Work } from "./messages.ts";

/** Items of a page: the main thread takes them in, and looks them up, in one turn of its loop. */
const PAGE = 400;
/** Texts of entries have up to 64 KiB each. */
const TEXTS_PAGE = 8;
/** More than the entry lists or a refusal names. */
const REASONS_MAX = 100;

const NOTHING = new Uint8Array(0);

/** What is known of the body at hand. */
interface Desk {
  inspected: Inspected | null;
  /** What was inspected and stopped by files in it. */
  stopped: { readonly arrival: Arrival; readonly leg: Leg | undefined; readonly files: readonly Enclosed[] } | null;
  judged: Judged | null;
  readonly people: Map<PersonKey, PersonFacts>;
  /** Identifiers told so far. */
  asked: number;
  asOf: string;
  strangers: readonly Admission[];
  readonly added: Newcomer[];
  texts: readonly string[];
  minted: readonly (readonly [string, Original])[];
}

type Readers<W extends Work = Work> = { readonly [P in W]: (ask: Asks[P]) => Answers[P] };

/** @throws whatever the stages throw. */
export function answerOf<W extends Work>(reader: Readers, work: W, ask: Asks[W]): Answers[W] {
  const one: Readers<W> = reader;
  return one[work](ask);
}

export class Reader implements Readers {
  readonly #keys: Keys;
  #policy: Policy | null = null;
  #desk = cleared();

  constructor({ person, digest, pseudonym }: ThreadSecrets) {
    const secrets = { person: person.export(), digest: digest.export(), pseudonym: pseudonym.export() };
    this.#keys = deriveKeys(secrets, () => {
      throw new RangeError("counting secrets come with each judgement");
    });
  }

  forget(): void {
    this.#desk = cleared();
  }

  inspect({ arrival, leg, hash, policy }: Asks["inspect"]): Answers["inspect"] {
    this.forget();
    if (policy !== undefined) this.#policy = unpack(policy);
    if (this.#policy?.hash !== hash) throw new RangeError("another policy than the crossing's");
    const inspected = inspect(arrival, this.#policy, this.#keys, leg);
    if (!("stopped" in inspected)) return this.#seen(inspected);
    const { stopped } = inspected;
    if (!("enclosed" in stopped) || stopped.enclosed === undefined) return inspected;
    this.#desk.stopped = { arrival, leg, files: stopped.enclosed };
    // the body stays here
    return { stopped: { ...stopped, enclosed: stopped.enclosed.map((file) => ({ ...file, raw: NOTHING })) } };
  }

  opened(parts: Asks["opened"]): Answers["opened"] {
    const { arrival, leg, files } = this.#desk.stopped!;
    const opened = files.map(({ raw }, i) => ({ raw, parts: parts[i]! }));
    const inspected = inspect(arrival, this.#policy!, this.#keys, leg, opened);
    return "stopped" in inspected ? inspected : this.#seen(inspected);
  }

  #seen(inspected: Inspected): Seen {
    this.#desk.inspected = inspected;
    const { headers, handler, ask, flow } = inspected;
    const { identifiers: _, ...about } = ask;
    const { leaves, caller, exporter, purpose, year } = flow;
    const seen: Seen = {
      ...{ headers, handler, ask: about, identifiers: this.#nextIdentifiers() },
      flow: { leaves, caller, exporter, purpose, year },
    };
    return seen;
  }

  again(): Answers["again"] {
    this.#desk.people.clear();
    this.#desk.asked = 0;
    return this.#nextIdentifiers();
  }

  facts({ people }: Asks["facts"]): Answers["facts"] {
    this.#know(people);
    return this.#nextIdentifiers();
  }

  judge({ people, counts, asOf, stale, orders, countSecret, atMs }: Asks["judge"]): JudgedThere {
    const desk = this.#desk;
    if (atMs !== undefined) desk.inspected = arrivedAt(desk.inspected!, atMs);
    this.#know(people);
    const facts = { people: desk.people, counts, asOf, stale, orders };
    const judged = judge(desk.inspected!, facts, this.#keysCounting(countSecret));
    const { case: it, decision, departure } = judged;
    desk.judged = judged;
    desk.asOf = asOf;
    desk.strangers = departure === null ? [] : notYetCounted(judged);
    desk.minted = departure === null ? [] : [...departure.minted];
    return {
      decision: told(decision),
      kinds: kindsOf(judged),
      individuals: it.individuals.length,
      strangers: desk.strangers.length,
      minted: desk.minted.length,
    };
  }

  tell({ counts }: Asks["tell"]): Answers["tell"] {
    const { inspected, judged } = this.#desk;
    const { body, ...told } = tell({ inspected: inspected!, judged: judged!, counts });
    return { ...told, body: whole(body) };
  }

  strangers({ from }: Page): Answers["strangers"] {
    return this.#desk.strangers.slice(from, from + PAGE);
  }

  added(people: Asks["added"]): null {
    this.#desk.added.push(...people);
    return null;
  }

  record({ counts, salt, trace }: Asks["record"]): Answers["record"] {
    const desk = this.#desk;
    const { case: it, decision, departure } = desk.judged!;
    desk.texts = crossingTexts({
      arrival: desk.inspected!.arrival,
      case: it,
      ...{ decision, counts, salt, trace, added: desk.added, asOf: desk.asOf },
      digest: departure === null ? "" : this.#keys.digest(departure.body),
      bytesOut: departure?.body.byteLength ?? 0,
      forced: departure === null ? undefined : desk.inspected!.doc.forced,
      unreadDigests: departure === null ? undefined : unreadDigests(desk.inspected!.doc.unread, this.#keys),
    });
    // the last that is done with it: its memory goes with it
    const body = departure === null ? null : whole(departure.body);
    return { decision: desk.texts[0]!, parts: desk.texts.length - 1, body };
  }

  parts({ from }: Page): Answers["parts"] {
    return this.#desk.texts.slice(1 + from, 1 + from + TEXTS_PAGE);
  }

  body(): Uint8Array {
    return whole(forward(this.#desk.inspected!.doc).body);
  }

  minted({ from }: Page): Answers["minted"] {
    return this.#desk.minted
      .slice(from, from + PAGE)
      .map(([standIn, original]): MintedPair => [standIn, original.reveal()]);
  }

  mint(pairs: Asks["mint"]): null {
    this.#desk.minted = [...this.#desk.minted, ...pairs.map(([standIn, text]) => [standIn, hold(text)] as const)];
    return null;
  }

  restore({ provider, body }: Asks["restore"]): Answers["restore"] {
    const restorer = createRestorer("json", new Map(this.#desk.minted), PROVIDERS.get(provider)!.lanes);
    restorer.feed(body);
    const restored = whole(restorer.end());
    return { body: restored, restored: restorer.restored, unrestored: restorer.unrestored };
  }

  #know(people: Asks["facts"]["people"]): void {
    for (const [key, facts] of people) this.#desk.people.set(key, facts);
  }

  #nextIdentifiers(): Identifiers {
    const { identifiers } = this.#desk.inspected!.ask;
    const page = identifiers.slice(this.#desk.asked, this.#desk.asked + PAGE);
    this.#desk.asked += page.length;
    return { page, isLast: this.#desk.asked === identifiers.length };
  }

  /** For this judgement only: what is counted under may be destroyed meanwhile. */
  #keysCounting(countSecret: KeyObject): Keys {
    const count = countKeysOf(countSecret.export());
    return { ...this.#keys, count: (_exporter, _year, person) => count(person) };
  }
}

function cleared(): Desk {
  return {
    ...{ inspected: null, stopped: null, judged: null, people: new Map(), asked: 0, asOf: "" },
    ...{ strangers: [], added: [], texts: [], minted: [] },
  };
}

function kindsOf({ case: { findings } }: Judged): JudgedThere["kinds"] {
  const kinds = new Map<string, number>();
  for (const { type } of findings) kinds.set(type, (kinds.get(type) ?? 0) + 1);
  return [...kinds];
}

/** The first reasons, and the first of every other code: a refusal says how many kinds of reason there are. */
function told(decision: Decision): Decision {
  const codes = new Set<string>();
  const reasons = decision.reasons.filter(({ code }: Reason, i) => {
    const isNew = !codes.has(code);
    codes.add(code);
    return isNew || i < REASONS_MAX;
  });
  const rest = { ...decision, reasons, hide: [], legal: { ...decision.legal, admissions: [] } };
  return decision.lifted === undefined ? rest : { ...rest, lifted: decision.lifted.map(withoutPlaces) };
}

/** Bytes that own their memory, so that it can be handed over. */
function whole(bytes: Uint8Array): Uint8Array {
  const owns = bytes.byteLength === bytes.buffer.byteLength;
  return owns ? bytes : Uint8Array.prototype.slice.call(bytes);
}

/** As many as the body has findings. */
function withoutPlaces({ release, of, what }: Lifted): Lifted {
  return { release, of, what };
}
