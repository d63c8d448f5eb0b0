// One setting in the words of a shell. Law: whatever the value holds, the shell reads back that value and nothing else;
// what a format cannot hold is refused. A key is referred to, never printed.

import type { Text } from "../../io/policy/problem.ts";
import { CannotRun } from "../shown/cannot-run.ts";

export interface Shell {
  readonly comment: (text: string) => string;
  readonly set: (name: string, value: string) => string;
  /** The caller's key out of a file, as one header line. null: this format cannot read files. */
  readonly setFromKeyFile: ((name: string, file: string) => string) | null;
  /** Where a format cannot read files: how the platform's secrets are put in, as comments. */
  readonly keyHint?: (name: string) => string;
  /** How its output is used, as one line to type. */
  readonly use: string;
  /** Where a process of this kind finds a gate on the machine itself, or in the cluster. */
  readonly gate: string;
  /** What a gate must have done for it to be reached from there. */
  readonly asks?: Text;
}

const ELSEWHERE: Text = {
  zh: "网关要听在本机以外的地址上（yumen start --host 0.0.0.0），调用方要有密钥（callers.keySha256），中间要有 TLS",
  en: "The gate listens beyond its machine (--host 0.0.0.0), callers have keys (keySha256), TLS in between",
};
const LOCAL = "http://127.0.0.1:8787";
const hash = (text: string): string =>
  text
    .split("\n")
    .map((line) => `# ${line}`)
    .join("\n");

/** POSIX sh: nothing is special between single quotes but the quote itself. */
export function quoteSh(value: string): string {
  return `'${noNul(value).replaceAll("'", "'\\''")}'`;
}

/** fish: between single quotes only \' and \\ are escapes. */
export function quoteFish(value: string): string {
  return `'${noNul(value).replace(/[\\']/g, "\\$&")}'`;
}

/** PowerShell takes curly single quotes for quotes too; each is doubled. */
export function quotePowerShell(value: string): string {
  return `'${noNul(value).replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}

/** An env file has neither quotes nor escapes: a line is the value. */
export function lineOfEnvFile(name: string, value: string): string {
  if (/[\r\n]/.test(value))
    throw new CannotRun(`${name} 有换行，环境变量文件里写不下`, `${name} has a line break, which no env file can hold`);
  return `${name}=${noNul(value)}`;
}

/** A JSON string is a YAML double-quoted one; what YAML does not print, JSON.stringify may leave: it is escaped too. */
export function quoteYaml(value: string): string {
  return JSON.stringify(noNul(value)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function noNul(value: string): string {
  if (value.includes("\0")) throw new CannotRun("环境变量里不能有 NUL", "no environment variable holds a NUL");
  return value;
}

export const SHELLS: Readonly<Record<string, Shell>> = {
  bash: {
    comment: hash,
    set: (name, value) => `export ${name}=${quoteSh(value)}`,
    setFromKeyFile: (name, file) => `export ${name}="X-Yumen-Key: $(cat ${quoteSh(file)})"`,
    use: 'eval "$(yumen env bash)"',
    gate: LOCAL,
  },
  fish: {
    comment: hash,
    set: (name, value) => `set -gx ${name} ${quoteFish(value)}`,
    setFromKeyFile: (name, file) => `set -gx ${name} "X-Yumen-Key: "(cat ${quoteFish(file)})`,
    use: "yumen env fish | source",
    gate: LOCAL,
  },
  powershell: {
    comment: hash,
    set: (name, value) => `$env:${name} = ${quotePowerShell(value)}`,
    setFromKeyFile: (name, file) =>
      `$env:${name} = 'X-Yumen-Key: ' + (Get-Content -Raw -LiteralPath ${quotePowerShell(file)}).Trim()`,
    use: "yumen env powershell | Out-String | Invoke-Expression",
    gate: LOCAL,
  },
  docker: {
    comment: hash,
    set: lineOfEnvFile,
    setFromKeyFile: null,
    keyHint: (name) => `docker run -e ${name}="X-Yumen-Key: $(cat KEY-FILE)" …`,
    use: "docker run --env-file <(yumen env docker) --add-host host.docker.internal:host-gateway IMAGE",
    gate: "http://host.docker.internal:8787",
    asks: ELSEWHERE,
  },
  k8s: {
    comment: hash,
    set: (name, value) => `- name: ${name}\n  value: ${quoteYaml(value)}`,
    setFromKeyFile: null,
    keyHint: (name) => `- name: ${name}\n  valueFrom: { secretKeyRef: { name: yumen-caller, key: header } }`,
    use: "yumen env k8s    # goes under spec.containers[].env",
    gate: "http://yumen:8787",
    asks: ELSEWHERE,
  },
};
