// Shapes of device identifiers. Law: each is also the shape of a request id or a hash, so none is one without a label.

const HEX = "[0-9A-Fa-f]";
const UUID_REST = `-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`;

/** The shape of a UUID, and of what else may follow its first eight hexadecimal digits. */
export function uuidOr(...rests: readonly string[]): string {
  return `${HEX}{8}(?:${[UUID_REST, ...rests].join("|")})`;
}

/** All zeros: the user asked not to be tracked. */
const NOBODY = /^[0-]+$/;

export function isNobodys(value: string): boolean {
  return NOBODY.test(value);
}

/** Hexadecimal digits in small letters, as SDKs differ in their case. */
export function smallHex(value: string): string {
  return value.toLowerCase();
}
