// Keys: the MAC equals createHmac, keys are apart by every part, last across restarts, and the file is guarded.

import { createHmac, createPublicKey, randomBytes, sign, verify } from "node:crypto";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { ALPHABET } from "../src/act/pseudonym.ts";
import { createMac } from "../src/io/keys/mac.ts";
import { openKeys } from "../src/io/keys.ts";
import type { CountKey, PersonKey } from "../src/words.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-keys-"));
let folders = 0;
const freshFolder = () => join(folder, String(++folders));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("mac", () => {
  test("equals createHmac for any secret, text, bytes and encoding", () => {
    const message = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.uint8Array({ maxLength: 600 }),
      fc.constantFrom(
        "",
        "张三",
        "\ud800",
        "1".repeat(170),
        "1".repeat(171),
        "张".repeat(170),
        "张".repeat(300),
        "1".repeat(100_000),
      ),
    );
    const secret = fc.uint8Array({ minLength: 0, maxLength: 64 });
    fc.assert(
      fc.property(secret, fc.array(message, { minLength: 1 }), (key, messages) => {
        const mac = createMac(key);
        for (const text of messages) {
          for (const encoding of ["hex", "base64url"] as const) {
            expect(mac(text, encoding)).toBe(createHmac("sha256", key).update(text).digest(encoding));
          }
        }
      }),
    );
  });

  test("RFC 4231 test case 2", () => {
    expect(createMac(Buffer.from("Jefe"))("what do ya want for nothing?", "hex")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  test("a secret longer than a block is refused", () => {
    expect(() => createMac(new Uint8Array(65))).toThrow(RangeError);
  });
});

describe("keys", () => {
  test("a key depends on every part, and on nothing else", async () => {
    const { keys } = await openKeys(freshFolder());
    const person = keys.person("acme", "cn-mobile", "13800138000");
    expect(Buffer.from(person, "base64url").toString("base64url")).toBe(person);
    expect(person).toHaveLength(22);
    expect(keys.person("acme", "cn-mobile", "13800138000")).toBe(person);
    const others = [
      keys.person("umbrella", "cn-mobile", "13800138000"),
      keys.person("acme", "id", "13800138000"),
      keys.person("acme", "cn-mobile", "13800138001"),
      keys.count("acme", 2026, person),
      keys.count("acme", 2027, person),
      keys.count("umbrella", 2026, person),
    ];
    expect(new Set([person, ...others]).size).toBe(others.length + 1);
    expect(keys.digest("a")).toBe(keys.digest(Buffer.from("a")));
    expect(keys.digest("a")).toMatch(/^[0-9a-f]{64}$/);
  });

  test("person is the documented construction: first 16 bytes of HMAC(secret, type ‖ 0x1F ‖ value), by HKDF of the master", async () => {
    const dir = freshFolder();
    const { keys } = await openKeys(dir);
    const file = JSON.parse(readFileSync(join(dir, "keys.json"), "utf8"));
    const prk = createHmac("sha256", Buffer.alloc(32)).update(Buffer.from(file.person, "base64url")).digest();
    const secret = createHmac("sha256", prk).update("yumen person acme\u0001").digest();
    const whole = createHmac("sha256", secret).update("email\u001fa@b.cn").digest();
    expect(keys.person("acme", "email", "a@b.cn")).toBe(whole.subarray(0, 16).toString("base64url"));
  });

  test("the same keys after a restart; others in another install", async () => {
    const dir = freshFolder();
    const [first, again, other] = [await openKeys(dir), await openKeys(dir), await openKeys(freshFolder())];
    const all = ({ keys }: typeof first) => {
      const person = keys.person("acme", "email", "a@b.cn");
      return [person, keys.count("acme", 2026, person), keys.digest("x"), keys.pseudonym("s", "email", "a@b.cn")];
    };
    const reopened = await openKeys(dir);
    expect(all(first)).toEqual(all(reopened));
    expect(all(first)).not.toEqual(all(other));
    expect(again.vkeyName).toBe(first.vkeyName);
    expect(first.vkeyName).toMatch(/^yumen\/[0-9a-f]{16}\/gate$/);
    const signature = sign(null, Buffer.from("head"), first.ledgerKey);
    expect(verify(null, Buffer.from("head"), createPublicKey(reopened.ledgerKey), signature)).toBe(true);
    expect(first.vaultKey.export()).toEqual(reopened.vaultKey.export());
    expect(first.vaultKey.symmetricKeySize).toBe(32);
  });

  test("a pseudonym has seven characters of the alphabet, evenly", async () => {
    const { keys } = await openKeys(freshFolder());
    const seen = new Map<string, number>();
    const all = new Set<string>();
    for (let i = 0; i < 2000; i++) {
      const code = keys.pseudonym("s", "email", String(i));
      all.add(code);
      expect(code).toHaveLength(7);
      for (const c of code) seen.set(c, (seen.get(c) ?? 0) + 1);
    }
    expect(all.size).toBe(2000);
    expect([...seen.keys()].toSorted().join("")).toBe(ALPHABET);
    // 437.5 expected, deviation 20.6: ten of them either way.
    for (const n of seen.values()) expect(Math.abs(n - 437.5)).toBeLessThan(206);
    expect(keys.pseudonym("s2", "email", "1")).not.toBe(keys.pseudonym("s", "email", "1"));
  });

  test("a destroyed year counts nobody again, also after a restart; other years, exporters and persons stay", async () => {
    const dir = freshFolder();
    const ring = await openKeys(dir);
    const person = ring.keys.person("acme", "email", "a@b.cn");
    const kept = () => [ring.keys.count("acme", 2027, person), ring.keys.count("umbrella", 2026, person)];
    const before = kept();
    const counted = ring.keys.count("acme", 2026, person);
    ring.destroyYear(2026, "acme");
    expect(kept()).toEqual(before);
    expect(readFileSync(join(dir, "years/2026/acme.key"), "utf8")).toBe("destroyed");
    for (const { keys } of [ring, await openKeys(dir)]) {
      expect(() => keys.count("acme", 2026, person)).toThrow(/2026 was destroyed/);
      expect(keys.person("acme", "email", "a@b.cn")).toBe(person);
    }
    ring.destroyYear(2026);
    expect(() => ring.keys.count("umbrella", 2026, person)).toThrow(/destroyed/);
    expect(counted).toMatch(/^[\w-]{22}$/);
  });
});

describe("keys.json", () => {
  test("is made owner-only, in a folder owner-only, and leaves no draft behind", async () => {
    const dir = freshFolder();
    const { keys } = await openKeys(dir);
    keys.count("acme", 2026, "k" as PersonKey) satisfies CountKey;
    expect(statSync(join(dir, "keys.json")).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dir, { recursive: true }).toSorted()).toEqual([
      "keys.json",
      "years",
      "years/2026",
      "years/2026/acme.key",
    ]);
    expect(statSync(join(dir, "years/2026/acme.key")).mode & 0o777).toBe(0o600);
  });

  test("an exporter's id never leaves the folder", async () => {
    const dir = freshFolder();
    const { keys } = await openKeys(dir);
    for (const exporter of ["../../x", "玉门/关", ".."]) keys.count(exporter, 2026, "k" as PersonKey);
    expect(readdirSync(join(dir, "years/2026"))).toHaveLength(3);
    expect(readdirSync(dir).toSorted()).toEqual(["keys.json", "years"]);
  });

  test.each([0o640, 0o604, 0o644, 0o620])("mode %o: refused, with the way out in the message", async (mode) => {
    const dir = freshFolder();
    await openKeys(dir);
    chmodSync(join(dir, "keys.json"), mode);
    await expect(openKeys(dir)).rejects.toThrow(/chmod 600/);
  });

  test("damaged: refused, never made anew, and its text is in no message", async () => {
    const dir = freshFolder();
    await openKeys(dir);
    const path = join(dir, "keys.json");
    const secret = randomBytes(32).toString("base64url");
    for (const text of ["", "{", `{"v":1,"person":"${secret}"`, `{"v":2,"person":"${secret}"}`]) {
      writeFileSync(path, text);
      const error = await openKeys(dir).catch((e: Error) => e);
      expect(String(error)).toMatch(/store_unavailable.*backup/);
      expect(JSON.stringify([String(error), (error as Error).cause])).not.toContain(secret);
      expect(readFileSync(path, "utf8")).toBe(text);
    }
  });

  test("a symbolic link in its place: refused", async () => {
    const [real, dir] = [freshFolder(), freshFolder()];
    await openKeys(real);
    await openKeys(dir);
    rmSync(join(dir, "keys.json"));
    symlinkSync(join(real, "keys.json"), join(dir, "keys.json"));
    await expect(openKeys(dir)).rejects.toThrow(/store_unavailable/);
  });
});
