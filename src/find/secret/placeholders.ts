// What stands where a credential would: `<your key>`, `process.env.TOKEN`, `****`. Law: nobody's secret looks so.

const PLACEHOLDER = new RegExp(
  [
    String.raw`^(?:[*xX•.#_-]+|<.*|\[.*|\{.*|\$.*|%.*|@.*|&.*|.*[<>{}].*)$`,
    "(?:your|my|some|the|insert|enter|test|dummy|fake|sample|demo)[-_]?(?:own[-_]?)?(?:api|key|token|pass|secret|pwd)",
    "example|placeholder|changeme|change[-_]me|redacted|replace|undefined|not[-_]?set|todo|xxxx|\\*\\*\\*|\\.\\.\\.",
    "^(?:null|none|true|false|string|required|optional|password\\d{0,4}|secret|token|hidden|masked|empty|12345678)$",
  ].join("|"),
  "i",
);
/** `config.password`, `process.env.TOKEN`, `getSecret`, `PASSWORD_FIELD`: names. */
const CODE_NAME =
  /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|^[a-z]+(?:[A-Z][a-z]+)+$|^[A-Z]+(?:_[A-Z]+)+$|^[a-z]+(?:[_-][a-z]+)+$/;
/** A mobile or identity number: whatever it is used for, it is somebody's. */
export const NUMBER_OF_PERSON: RegExp = /^(?:1[3-9]\d{9}|[1-8]\d{5}(?:19|20)\d{9}[\dXx])$/;
/** Names of methods, of paths and links, of versions and dates; addresses. */
const OTHER = new RegExp(
  [
    "^(?:base64|sha-?\\d|md5|utf-?8|aes|argon2|pbkdf2|hmac|bcrypt|scrypt|oauth|ntlm|x509|pkcs|rfc|http|ipv)",
    String.raw`^[=!~|/.?@]|://|^[A-Za-z]:\\|^\d{1,4}(?:[./:-]\d{1,4})+$|^0x|^[\w.+-]+@[\w-]+\.[\w.]+$|^\w+\[`,
  ].join("|"),
  "i",
);
/** A variable: in code nothing else says so. */
const VARIABLE = /^[A-Za-z_]\w*$/;
const VARIABLE_WORD = /pass|pwd|secret|token|field|value|input|param|hash/i;

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

export function isCodeName(value: string): boolean {
  return CODE_NAME.test(value);
}

/** Something else than a password, behind the word. */
export function isOther(value: string): boolean {
  return OTHER.test(value);
}

export function isVariable(value: string): boolean {
  return VARIABLE.test(value) && VARIABLE_WORD.test(value);
}
