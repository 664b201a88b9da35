/** A voice note made on the spot: a second and a half of silence as a true Ogg Opus file (RFC 7845). */

const SERIAL = 0x56494749;
const SAMPLES_PER_PACKET = 960; // 20 ms at 48 kHz
const SILENCE = [0xf8, 0xff, 0xfe]; // the shortest Opus packet that decodes to silence
const PACKETS = 75;

export function voiceNote() {
  const end = BigInt(PACKETS * SAMPLES_PER_PACKET);
  const pages = [
    page(0, 2, 0n, [opusHead()]),
    page(1, 0, 0n, [opusTags()]),
    page(2, 4, end, Array(PACKETS).fill(SILENCE)),
  ];
  return new Blob(pages, { type: "audio/ogg" });
}

const ascii = (text) => [...text].map((letter) => letter.charCodeAt(0));

function opusHead() {
  // version 1, mono, no pre-skip, 48 kHz (little-endian), no gain, channel mapping family 0
  return [...ascii("OpusHead"), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0];
}

function opusTags() {
  return [...ascii("OpusTags"), 5, 0, 0, 0, ...ascii("vigie"), 0, 0, 0, 0];
}

/** One Ogg page (RFC 3533); each packet here is under 255 bytes, hence one segment each. */
function page(sequence, flags, granule, packets) {
  const bytes = new Uint8Array(27 + packets.length + packets.reduce((sum, packet) => sum + packet.length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set([...ascii("OggS"), 0, flags]);
  view.setBigUint64(6, granule, true);
  view.setUint32(14, SERIAL, true);
  view.setUint32(18, sequence, true);
  bytes[26] = packets.length;
  bytes.set(packets.map((packet) => packet.length), 27);
  bytes.set(packets.flat(), 27 + packets.length);
  view.setUint32(22, checksum(bytes), true);
  return bytes;
}

/** Ogg's CRC-32: polynomial 0x04c11db7, not reflected, starting at zero. */
function checksum(bytes) {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
