import type { LogoImage } from './brand.ports.js';

export const LOGO_BYTES_MAX = 100 * 1024;
/** A small file may unpack to a picture that fills a phone's memory. */
export const LOGO_SIDE_MAX = 2_048;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The picture as its own bytes tell of it; `null` for what is none of the three kinds, is too large, or ends too early.
 * No SVG: one is a document that may hold scripts and addresses, and what must be taken out of it changes every year.
 */
export function readLogo(bytes: Buffer): LogoImage | null {
  if (bytes.length > LOGO_BYTES_MAX) return null;
  const type = typeOf(bytes);
  if (type === null) return null;
  const size = sizes[type](bytes);
  if (size === null || !isSide(size.width) || !isSide(size.height)) return null;
  return { type, ...size, bytes };
}

function isSide(length: number): boolean {
  return length >= 1 && length <= LOGO_SIDE_MAX;
}

function typeOf(bytes: Buffer): LogoImage['type'] | null {
  if (bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (bytes.subarray(0, 3).toString('latin1') === '\xff\xd8\xff') return 'image/jpeg';
  const isRiff = bytes.subarray(0, 4).toString('latin1') === 'RIFF';
  return isRiff && bytes.subarray(8, 12).toString('latin1') === 'WEBP' ? 'image/webp' : null;
}

const sizes: Readonly<Record<LogoImage['type'], (bytes: Buffer) => Size | null>> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
};

/** PNG specification §11.2.2: the header comes first. */
function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 24 || bytes.subarray(12, 16).toString('latin1') !== 'IHDR') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** ITU-T T.81 B.2.2: the size stands in the frame header, behind whatever segments come before it. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) at += 1;
    else if (isFrameHeader(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    else at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
  }
  return null;
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** RFC 9649 §2.4 to 2.7: lossy, lossless, extended. An extended one may move: no logo does. */
function webpSize(bytes: Buffer): Size | null {
  if (bytes.length < 30) return null;
  switch (bytes.subarray(12, 16).toString('latin1')) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X': {
      const isAnimated = (bytes[20]! & 0x02) !== 0;
      return isAnimated ? null : { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    }
    default:
      return null;
  }
}
