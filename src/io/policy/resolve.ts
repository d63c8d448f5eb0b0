// What a policy file says by name is fetched here: variables, URLs, secrets.
// Law: a destination is https, or on this machine.

import { X509Certificate } from "node:crypto";
import { resolve as resolvePath } from "node:path";
import type { Original } from "../../words.ts";
import type { Lists, Placed } from "./gather.ts";
import { shown, withGuess } from "./issues.ts";
import { type Problem, problemAt, type Text } from "./problem.ts";
import { readRegular } from "./regular-file.ts";
import type { Item } from "./schema.ts";
import { readSecret } from "./secrets.ts";
import type { Step } from "./source.ts";
import { nearest } from "./suggest.ts";

export interface World {
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Of a signed folder: its own, by name, and no others. */
  readonly certificates?: ReadonlyMap<string, Buffer>;
}

/** The world's part of one destination. */
export interface Reached {
  readonly url: string;
  readonly proxy: string | null;
  /** PEM: trusted besides the system's. */
  readonly ca: string | null;
  readonly inject: ReadonlyMap<string, Original>;
}

type PlacedDestination = Placed<Item<"destinations">>;

export async function resolveDestinations(
  lists: Lists,
  world: World,
): Promise<{ readonly reached: ReadonlyMap<string, Reached>; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const reached = new Map<string, Reached>();
  for (const placed of lists.destinations) {
    const { id, url, via, tls } = placed.item;
    reached.set(id, {
      url: settleUrl(placed, ["url"], url, world, problems),
      proxy: via.proxy === undefined ? null : settleUrl(placed, ["via", "proxy"], via.proxy, world, problems),
      ca: tls.ca === undefined ? null : await readCa(placed, tls.ca, world, problems),
      inject: await readInjected(placed, world, problems),
    });
  }
  return { reached, problems };
}

const CA_BYTES_MAX = 1024 ** 2;

/** Where the folder is signed, only what was signed with it is trusted. */
async function readCa(
  { source, path }: PlacedDestination,
  file: string,
  world: World,
  problems: Problem[],
): Promise<string | null> {
  try {
    const bytes =
      world.certificates === undefined
        ? await readRegular(resolvePath(world.dir, file), CA_BYTES_MAX)
        : world.certificates.get(file);
    const pem = (bytes ?? Buffer.alloc(0)).toString("utf8");
    new X509Certificate(pem);
    return pem;
  } catch {
    const message =
      world.certificates === undefined
        ? { zh: "读不到，或不是 PEM 证书", en: "cannot be read, or is no PEM certificate" }
        : {
            zh: "不是 PEM 证书，或不在签名的策略文件夹里（*.pem）",
            en: "is no PEM certificate of the signed folder (*.pem)",
          };
    problems.push(problemAt(source, [...path, "tls", "ca"], "ca_unreadable", message));
    return null;
  }
}

async function readInjected(
  { item, source, path }: PlacedDestination,
  world: World,
  problems: Problem[],
): Promise<ReadonlyMap<string, Original>> {
  const secrets = new Map<string, Original>();
  for (const [header, { secret, prefix }] of Object.entries(item.credentials.inject)) {
    const read = await readSecret(secret, { env: world.env, dir: world.dir, prefix });
    if (read.ok) secrets.set(header, read.secret);
    else {
      const message = { zh: `密钥 ${shown(secret)} ${read.why.zh}`, en: `secret ${shown(secret)} ${read.why.en}` };
      problems.push(
        problemAt(source, [...path, "credentials", "inject", header, "secret"], "secret_unreadable", message),
      );
    }
  }
  return secrets;
}

function settleUrl(
  { source, path }: PlacedDestination,
  at: readonly Step[],
  template: string,
  world: World,
  problems: Problem[],
): string {
  const text = substitute(template, world.variables);
  const settled = typeof text === "string" ? checkUrl(text) : text;
  if (typeof settled === "string") return settled;
  problems.push(problemAt(source, [...path, ...at], "url_invalid", settled.why));
  return "";
}

interface Refused {
  readonly why: Text;
}

/** `${name}` or `${name:-default}`, as a shell spells it. */
function substitute(template: string, variables: Readonly<Record<string, string>>): string | Refused {
  let refused: Refused | null = null;
  const text = template.replace(/\$\{([^}:]*)(?::-([^}]*))?\}/g, (_, name: string, fallback: string | undefined) => {
    if (Object.hasOwn(variables, name)) return variables[name]!;
    if (fallback !== undefined) return fallback;
    const why = { zh: `没有变量 ${shown(name)}`, en: `no variable ${shown(name)}` };
    refused ??= { why: withGuess(why, nearest(name, Object.keys(variables))) };
    return "";
  });
  return refused ?? text;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** @returns origin and base path without a slash at the end. */
function checkUrl(text: string): string | Refused {
  if (!URL.canParse(text)) return refuse("不是完整的 URL", "is not a whole URL");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    return refuse("URL 里不能写用户名或密码", "no user name or password in a URL");
  if (url.search !== "" || url.hash !== "") return refuse("URL 里不能有 ? 或 #", "no ? or # in the URL");
  const here = url.protocol === "http:" && LOOPBACK.test(url.hostname);
  if (url.protocol !== "https:" && !here)
    return refuse("出境只能走 https（本机除外）", "must be https, except to this machine");
  return url.origin + url.pathname.replace(/\/+$/, "");
}

function refuse(zh: string, en: string): Refused {
  return { why: { zh, en } };
}
