// What the codes of Chinese fonts mean that are named and not embedded. Law: only codes that are text themselves, in
// UTF-16 or GBK, are taken as such; of others nobody here knows the letters, and their page is unread.

/** What pdf.js asks for; it makes one of these for a document. */
interface BinaryData {
  fetch(asked: { readonly kind: string; readonly filename: string }): Promise<Uint8Array>;
}

const UTF16 = /^Uni(?:GB|CNS|JIS|KS)-(?:UCS2|UTF16)-[HV]$/;
const GBK = /^(?:GB|GBK|GBKp)-EUC-[HV]$/;
/** From a collection's numbers to Unicode: the numbers given here are Unicode already. */
const COLLECTION = /^Adobe-(?:GB1|CNS1|Japan1|Korea1)-UCS2$/;

/** @param alone no font of the document goes by a collection's own numbers. */
export function cmapsOf(alone: boolean): new () => BinaryData {
  return class implements BinaryData {
    fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
      const body = kind === "cMapUrl" && alone ? bodyOf(filename) : null;
      // pdf.js tells of it as lost text
      if (body === null) return Promise.reject(new Error(`no ${kind} here`));
      return Promise.resolve(new TextEncoder().encode(cmap(filename, body)));
    }
  };
}

const TWO_BYTES = "1 begincodespacerange <0000> <ffff> endcodespacerange\n";

function bodyOf(name: string): string | null {
  if (COLLECTION.test(name)) return `${TWO_BYTES}1 beginbfrange <0000> <ffff> <0000> endbfrange`;
  if (UTF16.test(name)) return `${TWO_BYTES}1 begincidrange <0000> <ffff> 0 endcidrange`;
  return GBK.test(name) ? gbk() : null;
}

function cmap(name: string, body: string): string {
  const vertical = name.endsWith("-V") ? 1 : 0;
  return (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap " +
    `/CMapName /${name} def /WMode ${vertical} def\n${body}\nendcmap`
  );
}

let known: string | null = null;

/** Each code by the Unicode number of its character. */
function gbk(): string {
  known ??= [
    "2 begincodespacerange <00> <80> <8140> <fefe> endcodespacerange",
    "1 begincidrange <00> <80> 0 endcidrange",
    ...characters(),
  ].join("\n");
  return known;
}

function* characters(): Generator<string> {
  const decoder = new TextDecoder("gbk", { fatal: true });
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    const row: string[] = [];
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      try {
        const point = decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0)!;
        row.push(`<${(lead * 256 + trail).toString(16)}> ${point}`);
      } catch {
        // no character: its code means nothing
      }
    }
    yield `${row.length} begincidchar\n${row.join("\n")}\nendcidchar`;
  }
}
