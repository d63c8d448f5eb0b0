#!/usr/bin/env python3
"""A second, foreign implementation of docs/ledger-format.md: python3's hashlib and the openssl command, nothing of ours.

  make.py             writes the golden vectors beside this file: ledger/, segment, checkpoint-200, entries.jsonl
  make.py --verify D  verifies the ledger folder D: signature, every tile, every entry's place, the root
"""
import base64, hashlib, json, os, shutil, struct, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ORIGIN = "yumen/golden/gate-1"
SEED = hashlib.sha256(b"yumen golden vectors: a key for tests, in the open").digest()
FOLDED, TAIL, OLDER = 300, 5, 200


def sha(data):
    return hashlib.sha256(data).digest()


def root(hashes):  # RFC 6962, 2.1
    if not hashes:
        return sha(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha(b"\x01" + root(hashes[:k]) + root(hashes[k:]))


def leaf(entry):
    return sha(b"\x00" + entry)


def tile_path(level, n, width):
    name = "%03d" % (n % 1000)
    while n >= 1000:
        n //= 1000
        name = "x%03d/%s" % (n % 1000, name)
    return "tile/%s/%s%s" % (level, name, "" if width == 256 else ".p/%d" % width)


def tiles(entries):
    """path -> bytes for a checkpoint over all entries"""
    files = {}
    for n in range(0, len(entries), 256):
        part = entries[n : n + 256]
        files[tile_path("entries", n // 256, len(part))] = b"".join(struct.pack(">H", len(e)) + e for e in part)
    hashes, level = [leaf(e) for e in entries], 0
    while hashes:
        for n in range(0, len(hashes), 256):
            part = hashes[n : n + 256]
            files[tile_path(level, n // 256, len(part))] = b"".join(part)
        hashes = [root(hashes[n : n + 256]) for n in range(0, len(hashes) - 255, 256)]
        level += 1
    return files


def openssl(*args, stdin=None):
    return subprocess.run(["openssl", *args], input=stdin, capture_output=True, check=True).stdout


def sign(pem, text):
    with tempfile.NamedTemporaryFile() as file:
        file.write(text)
        file.flush()
        return openssl("pkeyutl", "-sign", "-rawin", "-inkey", pem, "-in", file.name)


def key_id(name, public):
    return sha(name.encode() + b"\n\x01" + public)[:4]


def checkpoint(pem, public, entries):
    head = "%s\n%d\n%s\n" % (ORIGIN, len(entries), base64.b64encode(root([leaf(e) for e in entries])).decode())
    signature = base64.b64encode(key_id(ORIGIN, public) + sign(pem, head.encode())).decode()
    return ("%s\n\u2014 %s %s\n" % (head, ORIGIN, signature)).encode()


def entry(n):
    t = "2026-03-01T%02d:%02d:%02d.%03dZ" % (n // 3600, n // 60 % 60, n % 60, n % 1000)
    value = {"v": 1, "t": t, "kind": "start", "版本": "玉门关"}
    if n > 0:
        value = {"v": 1, "t": t, "kind": "crossing", "id": "dec_%05d" % n, "outcome": "allow" if n % 3 else "block",
                 "reasons": ["consent_missing"] * (n % 3 == 0), "bytes": {"out": n * 17}, "note": "\"\\\u0007é€😀" * (n % 5)}
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def frame(first, synced, entries):
    payload = b"".join(struct.pack(">H", len(e)) + e for e in entries)
    head = b"yml1" + struct.pack(">IQQ", len(payload), first, synced)
    return head + sha(head + payload)[:8] + payload


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def make():
    pem = os.path.join(HERE, "key.pem")
    der = bytes.fromhex("302e020100300506032b657004220420") + SEED
    write(pem, b"-----BEGIN PRIVATE KEY-----\n" + base64.b64encode(der) + b"\n-----END PRIVATE KEY-----\n")
    public = openssl("pkey", "-in", pem, "-pubout", "-outform", "DER")[-32:]
    entries = [entry(n) for n in range(FOLDED + TAIL)]
    folder = os.path.join(HERE, "ledger")
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in tiles(entries[:FOLDED]).items():
        write(os.path.join(folder, path), data)
    vkey = "%s+%s+%s\n" % (ORIGIN, key_id(ORIGIN, public).hex(), base64.b64encode(b"\x01" + public).decode())
    write(os.path.join(folder, "vkey"), vkey.encode())
    write(os.path.join(folder, "ledger.json"), ('{"format":1,"origin":"%s"}\n' % ORIGIN).encode())
    write(os.path.join(folder, "checkpoint"), checkpoint(pem, public, entries[:FOLDED]))
    write(os.path.join(HERE, "checkpoint-200"), checkpoint(pem, public, entries[:OLDER]))
    first = frame(FOLDED, 0, entries[FOLDED : FOLDED + 2])
    write(os.path.join(HERE, "segment"), first + frame(FOLDED + 2, len(first), entries[FOLDED + 2 :]))
    write(os.path.join(HERE, "entries.jsonl"), b"".join(e + b"\n" for e in entries))


def verify(folder):
    def read(path):
        with open(os.path.join(folder, path), "rb") as file:
            return file.read()

    name, kid, key = read("vkey").decode().strip().split("+", 2)
    public = base64.b64decode(key)[1:]
    assert key_id(name, public).hex() == kid, "vkey"
    head, signatures = read("checkpoint").decode().split("\n\n")
    mine = [line.split(" ") for line in signatures.strip().split("\n") if line.split(" ")[1] == name]
    signature = base64.b64decode(mine[0][2])
    assert signature[:4].hex() == kid, "checkpoint: another key"
    with tempfile.TemporaryDirectory() as tmp:
        write(tmp + "/pub.der", bytes.fromhex("302a300506032b6570032100") + public)
        write(tmp + "/text", (head + "\n").encode())
        write(tmp + "/sig", signature[4:])
        openssl("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", tmp + "/pub.der", "-rawin",
                "-in", tmp + "/text", "-sigfile", tmp + "/sig")
    origin, size, signed = head.split("\n")
    size, entries = int(size), []
    for n in range(0, size, 256):
        bundle = read(tile_path("entries", n // 256, min(256, size - n)))
        while bundle:
            length = struct.unpack(">H", bundle[:2])[0]
            entries.append(bundle[2 : 2 + length])
            bundle = bundle[2 + length :]
    assert len(entries) == size, "bundles hold %d entries, the head names %d" % (len(entries), size)
    for path, data in tiles(entries).items():
        assert read(path) == data, path
    assert base64.b64encode(root([leaf(e) for e in entries])).decode() == signed, "root"
    print("ok", origin, size, signed)


if __name__ == "__main__":
    verify(sys.argv[2]) if sys.argv[1:2] == ["--verify"] else make()
