// The next head on a connection: clients say the same again, but for the length of the body and whom it is about.
// Law: what comes out is what checkHead says; a property test compares.

import { FIELD, fieldOf } from "./fields.ts";
import { type CheckedHead, checkHead, type HeadFault, isDry, Reading, readField } from "./head.ts";

/** A longer head is read anew each time: what is kept is kept as long as the connection. */
const KEPT_UNITS_MAX = 4096;

/** Reads the heads of one connection. Nothing that varies is kept: it may be about a person. */
export class LastHead {
  #checked: CheckedHead | null = null;
  #method = "";
  #url = "";
  #version = "";
  /** name, value, name, value … as it came; no value where it varies. */
  readonly #raw: string[] = [];
  /** By header line: its name in lower case where the value varies. */
  readonly #varies: (string | null)[] = [];

  /** Takes what checkHead takes. */
  check(
    method: string,
    url: string,
    version: string,
    raw: readonly string[],
    headersCountMax: number,
  ): HeadFault | CheckedHead {
    const again = this.#again(method, url, version, raw);
    if (again !== null) return again;
    const checked = checkHead(method, url, version, raw, headersCountMax);
    this.#checked = null;
    if (checked.ok && this.#keep(method, url, version, raw)) this.#checked = checked;
    return checked;
  }

  #keep(method: string, url: string, version: string, raw: readonly string[]): boolean {
    let units = url.length;
    for (const text of raw) units += text.length;
    if (units > KEPT_UNITS_MAX) return false;
    this.#method = method;
    this.#url = url;
    this.#version = version;
    this.#raw.length = this.#varies.length = 0;
    for (let i = 0; i < raw.length; i += 2) {
      const name = raw[i]!.toLowerCase();
      const field = fieldOf(name);
      const varies = field === FIELD.contentLength || field === FIELD.own;
      this.#raw.push(raw[i]!, varies ? "" : raw[i + 1]!);
      this.#varies.push(varies ? name : null);
    }
    return true;
  }

  /** @returns null where anything else is said, or what varies is not well-formed. */
  #again(method: string, url: string, version: string, raw: readonly string[]): CheckedHead | null {
    const last = this.#checked;
    if (last === null || raw.length !== this.#raw.length) return null;
    if (method !== this.#method || url !== this.#url || version !== this.#version) return null;
    const read = new Reading();
    for (let i = 0; i < raw.length; i += 2) {
      if (raw[i] !== this.#raw[i]) return null;
      const name = this.#varies[i >> 1]!;
      if (name === null ? raw[i + 1] !== this.#raw[i + 1] : readField(read, name, raw[i + 1]!) !== null) return null;
    }
    return withVaried(last, read);
  }
}

function withVaried(last: CheckedHead, read: Reading) {
  const { contentLength, key, subject, purpose, conversation, exporter } = read;
  return {
    ok: true as const,
    destination: last.destination,
    target: last.target,
    headers: last.headers,
    contentLength,
    chunked: last.chunked,
    contentType: last.contentType,
    contentEncoding: last.contentEncoding,
    key,
    relayed: last.relayed,
    asserted: { subject, purpose, conversation, exporter },
    acceptLanguage: last.acceptLanguage,
    dryRun: isDry(read),
    repeated: true,
  };
}
