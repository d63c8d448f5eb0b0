// HTTP/1.1 answers off a raw socket, counted and checked as cheaply as JavaScript can.
// Law of this file: an answer counts only when its status is 200 and its body is whole; anything else throws.

const HEAD_END = Buffer.from("\r\n\r\n");
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked/i;

/** One connection's answers. @returns {{ feed(chunk: Buffer): number }} feed gives how many answers became whole. */
export function answers() {
  let held = null;
  return {
    feed(chunk) {
      let bytes = held === null ? chunk : Buffer.concat([held, chunk]);
      let whole = 0;
      for (;;) {
        const length = answerBytes(bytes);
        if (length < 0) break;
        whole++;
        bytes = bytes.subarray(length);
        if (bytes.length === 0) break;
      }
      held = bytes.length === 0 ? null : bytes;
      return whole;
    },
  };
}

/** Bytes of the first answer in the buffer; -1 when it is not whole yet. */
function answerBytes(bytes) {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return -1;
  const head = bytes.latin1Slice(0, headEnd + 2);
  if (head.slice(9, 12) !== "200") throw new Error(`answered ${bytes.toString("utf8", 0, 600)}`);
  const length = LENGTH.exec(head);
  if (length !== null) {
    const end = headEnd + 4 + Number(length[1]);
    return bytes.length >= end ? end : -1;
  }
  if (CHUNKED.test(head)) return chunkedEnd(bytes, headEnd + 4);
  throw new Error(`an answer without a length: ${head}`);
}

function chunkedEnd(bytes, from) {
  for (let at = from; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return -1;
    const size = Number.parseInt(bytes.latin1Slice(at, lineEnd), 16);
    if (Number.isNaN(size)) throw new Error("a broken chunk");
    at = lineEnd + 2 + size + 2;
    if (at > bytes.length) return -1;
    if (size === 0) return at;
  }
}
