interface NameRecord {
  readonly id: number;
  readonly platform: number;
  readonly encoding: number;
  readonly language: number;
  readonly text: Uint8Array;
}

/** Names from here on belong to a variable font's axes and instances. */
const firstFontSpecificId = 256;
const headerLength = 6;
const recordLength = 12;

/** A `name` table that calls the font `family` and keeps, of `original`, only the names of variable axes. */
export function nameTable(family: string, original?: Uint8Array): Uint8Array {
  const kept =
    original === undefined ? [] : recordsOf(original).filter(({ id }) => id >= firstFontSpecificId);
  const given = Object.entries({ 1: family, 2: 'Regular', 4: family, 6: family }).map(([id, text]) => ({
    id: Number(id),
    // Windows, Unicode, American English: where every reader looks.
    platform: 3,
    encoding: 1,
    language: 0x409,
    text: utf16(text),
  }));
  return write([...given, ...kept]);
}

function recordsOf(table: Uint8Array): NameRecord[] {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const storage = view.getUint16(4);
  return Array.from({ length: view.getUint16(2) }, (_, index) => {
    const at = headerLength + index * recordLength;
    const start = storage + view.getUint16(at + 10);
    return {
      platform: view.getUint16(at),
      encoding: view.getUint16(at + 2),
      language: view.getUint16(at + 4),
      id: view.getUint16(at + 6),
      text: table.subarray(start, start + view.getUint16(at + 8)),
    };
  });
}

function write(records: readonly NameRecord[]): Uint8Array {
  const sorted = records.toSorted(
    (a, b) => a.platform - b.platform || a.encoding - b.encoding || a.language - b.language || a.id - b.id,
  );
  const storage = headerLength + sorted.length * recordLength;
  const table = new Uint8Array(sorted.reduce((sum, { text }) => sum + text.length, storage));
  const view = new DataView(table.buffer);
  view.setUint16(2, sorted.length);
  view.setUint16(4, storage);
  let offset = 0;
  for (const [index, { platform, encoding, language, id, text }] of sorted.entries()) {
    for (const [field, value] of [platform, encoding, language, id, text.length, offset].entries()) {
      view.setUint16(headerLength + index * recordLength + field * 2, value);
    }
    table.set(text, storage + offset);
    offset += text.length;
  }
  return table;
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(index * 2, text.charCodeAt(index));
  }
  return bytes;
}
