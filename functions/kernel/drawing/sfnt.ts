/** A table of a TrueType or OpenType file, as its directory lists it. */
interface TableEntry {
  readonly tag: string;
  /** Where the directory's entry begins. */
  readonly entryAt: number;
  readonly offset: number;
  readonly length: number;
}

const directoryAt = 12;
const entryLength = 16;
/** TrueType outlines (two spellings) and CFF outlines. */
const versions: ReadonlySet<number> = new Set([0x00010000, 0x74727565, 0x4f54544f]);

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function tablesOf(font: Uint8Array): TableEntry[] {
  const view = viewOf(font);
  if (font.length < directoryAt || !versions.has(view.getUint32(0))) {
    throw new Error('This is not a TrueType or OpenType font file');
  }
  return Array.from({ length: view.getUint16(4) }, (_, index) => {
    const entryAt = directoryAt + index * entryLength;
    return {
      tag: String.fromCodePoint(...font.subarray(entryAt, entryAt + 4)),
      entryAt,
      offset: view.getUint32(entryAt + 8),
      length: view.getUint32(entryAt + 12),
    };
  });
}

/** The bytes of one table, or undefined when the font has none such. Throws for anything but a TrueType or OpenType font. */
export function readTable(font: Uint8Array, tag: string): Uint8Array | undefined {
  const entry = tablesOf(font).find((each) => each.tag === tag);
  return entry && font.subarray(entry.offset, entry.offset + entry.length);
}

/** A copy of the font in which the table `tag` has the content `table`. */
export function replaceTable(font: Uint8Array, tag: string, table: Uint8Array): Uint8Array {
  const entry = tablesOf(font).find((each) => each.tag === tag);
  if (entry === undefined) {
    throw new Error(`The font has no table “${tag}”`);
  }
  const offset = padded(font.length);
  const copy = new Uint8Array(offset + padded(table.length));
  copy.set(font);
  copy.set(table, offset);
  writeEntry(viewOf(copy), entry.entryAt, table, offset);
  return copy;
}

/** A font file of these tables, by tag. */
export function buildSfnt(tables: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const sorted = Object.entries(tables).toSorted(([a], [b]) => (a < b ? -1 : 1));
  let offset = directoryAt + sorted.length * entryLength;
  const font = new Uint8Array(sorted.reduce((sum, [, table]) => sum + padded(table.length), offset));
  const view = viewOf(font);
  const power = Math.floor(Math.log2(sorted.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, sorted.length);
  view.setUint16(6, 2 ** power * entryLength);
  view.setUint16(8, power);
  view.setUint16(10, (sorted.length - 2 ** power) * entryLength);
  for (const [index, [tag, table]] of sorted.entries()) {
    const entryAt = directoryAt + index * entryLength;
    font.set(new TextEncoder().encode(tag), entryAt);
    font.set(table, offset);
    writeEntry(view, entryAt, table, offset);
    offset += padded(table.length);
  }
  return font;
}

function writeEntry(view: DataView, entryAt: number, table: Uint8Array, offset: number): void {
  view.setUint32(entryAt + 4, checksum(table));
  view.setUint32(entryAt + 8, offset);
  view.setUint32(entryAt + 12, table.length);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function checksum(table: Uint8Array): number {
  const whole = new Uint8Array(padded(table.length));
  whole.set(table);
  const view = viewOf(whole);
  let sum = 0;
  for (let at = 0; at < whole.length; at += 4) {
    sum = (sum + view.getUint32(at)) >>> 0;
  }
  return sum;
}
