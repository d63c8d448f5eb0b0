// A writer of zips that says what it is told to say: for lies that no tool would write.

import { crc32, deflateRawSync } from "node:zlib";

export interface Member {
  readonly name: string | Buffer;
  readonly data: Buffer | string;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  /** The unpacked length that is claimed. */
  readonly bytes?: number;
  /** Bytes after what was packed, counted in. */
  readonly tail?: Buffer;
  /** What the local header says instead. */
  readonly local?: { readonly name?: string; readonly bytes?: number; readonly flags?: number };
  readonly extra?: Buffer;
  /** Bytes before the local header, of no entry. */
  readonly gap?: Buffer;
}

const EMPTY = Buffer.alloc(0);

/** Bytes of no entry. */
interface Around {
  readonly before?: Buffer;
  readonly between?: Buffer;
  readonly after?: Buffer;
}

export function zipOf(members: readonly Member[], around: Around = {}): Buffer {
  const { before = EMPTY, between = EMPTY, after = EMPTY } = around;
  const locals: Buffer[] = [before];
  const centrals: Buffer[] = [];
  let offset = before.length;
  for (const member of members) {
    const [local, central] = records(member, offset + (member.gap?.length ?? 0));
    locals.push(member.gap ?? EMPTY, local);
    offset += (member.gap?.length ?? 0) + local.length;
    centrals.push(central);
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset + between.length, 16);
  return Buffer.concat([...locals, between, directory, end, after]);
}

function records(member: Member, offset: number): [local: Buffer, central: Buffer] {
  const { method = 8, flags = 0, extra = EMPTY, tail = EMPTY } = member;
  const data = Buffer.from(member.data);
  const name = Buffer.from(member.name);
  const packed = Buffer.concat([method === 8 ? deflateRawSync(data) : data, tail]);
  const crc = member.crc ?? crc32(data);
  const bytes = member.bytes ?? data.length;
  const localName = Buffer.from(member.local?.name ?? name);
  const head = (size: number, signature: number) => {
    const record = Buffer.alloc(size);
    record.writeUInt32LE(signature, 0);
    return record;
  };
  const local = head(30, 0x04034b50);
  local.writeUInt16LE(member.local?.flags ?? flags, 6);
  local.writeUInt16LE(method, 8);
  local.writeUInt32LE(crc, 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(member.local?.bytes ?? bytes, 22);
  local.writeUInt16LE(localName.length, 26);
  const central = head(46, 0x02014b50);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(method, 10);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(bytes, 24);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt32LE(offset, 42);
  return [Buffer.concat([local, localName, packed]), Buffer.concat([central, name, extra])];
}
