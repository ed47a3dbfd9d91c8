/**
 * The slot in which a key lies: CRC16 (XMODEM) of what stands between its first brace and the next one, or of all of it, modulo 16384.
 * Source: Redis cluster specification, "Hash tags" and appendix A.
 */
export function redisSlot(key: string): number {
  const open = key.indexOf('{');
  const close = key.indexOf('}', open + 1);
  const tag = open !== -1 && close > open + 1 ? key.slice(open + 1, close) : key;
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc = ((crc << 8) & 0xff_ff) ^ (table[(crc >> 8) ^ byte] ?? 0);
  }
  return crc % 16_384;
}

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) {
    crc = (crc << 1) ^ (crc & 0x80_00 ? 0x1_10_21 : 0);
  }
  return crc;
});
