// What pdf.js takes for granted and Node 20 lacks. Law: the standard's own meaning, nothing more; in threads that open
// files, and nowhere else.

/** ES2024: a copy, and the old buffer gone. */
function transferred(this: ArrayBuffer, length: number = this.byteLength): ArrayBuffer {
  const whole = structuredClone(this, { transfer: [this] });
  if (length === whole.byteLength) return whole;
  const out = new ArrayBuffer(length);
  new Uint8Array(out).set(new Uint8Array(whole, 0, Math.min(length, whole.byteLength)));
  return out;
}

for (const name of ["transfer", "transferToFixedLength"])
  if (!(name in ArrayBuffer.prototype))
    Object.defineProperty(ArrayBuffer.prototype, name, { value: transferred, configurable: true, writable: true });
