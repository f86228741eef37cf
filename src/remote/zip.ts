/** A ZIP archive with one file: what Lambda takes as code (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16). */
import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01, the first date of the format: the same code gives the same bytes. */
const date = (1 << 5) | 1;
const versionNeeded = 20;
const deflated = 8;
/** Made on Unix, so that the permissions in the upper half of the attributes count. */
const madeBy = (3 << 8) | versionNeeded;
/** A regular file that everyone may read: Lambda runs the code as another user. */
const attributes = 0o100644 * 2 ** 16;

/** The bytes of an archive. `name`: ASCII, without a folder. */
export function zipOf(name: string, content: Buffer): Buffer {
  const data = deflateRawSync(content, { level: 9 });
  const fileName = Buffer.from(name, 'ascii');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(versionNeeded, 0);
  common.writeUInt16LE(deflated, 4);
  common.writeUInt16LE(date, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(fileName.length, 22);

  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, fileName, data]);

  const entry = Buffer.alloc(14);
  entry.writeUInt32LE(attributes, 6);
  const made = Buffer.alloc(2);
  made.writeUInt16LE(madeBy);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), made, common, entry, fileName]);

  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
