import fc from 'fast-check';
import { LOGO_BYTES_MAX, readLogo } from './logo-image.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEElEQVR4nGNgYPj/H4rhDAA3yAX7w3FtWQAAAABJRU5ErkJggg==',
  'base64',
);
const jpegHead = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100', 'hex');
const webp = (chunk: string): Buffer => Buffer.from(`52494646240000005745425056503${chunk}`, 'hex');
const lossless = webp('84c180000002f0240000010000000000000000000000000');
const extended = webp('8580a0000001000000002000001000000000000000000000');

describe('a logo', () => {
  it.each([
    ['image/png', png],
    ['image/jpeg', jpegHead],
    ['image/webp', lossless],
    ['image/webp', extended],
  ])('is read as %s of three by two from its own bytes', (type, bytes) => {
    expect(readLogo(bytes)).toEqual({ type, width: 3, height: 2, bytes });
  });

  it('is refused when it moves, would fill a phone’s memory, is too long, or is something else', () => {
    const moving = Buffer.from(extended);
    moving[20] = 0x02;
    const huge = Buffer.from(png);
    huge.writeUInt32BE(40_000, 16);
    const long = Buffer.concat([png, Buffer.alloc(LOGO_BYTES_MAX)]);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const bytes of [moving, huge, long, svg, Buffer.alloc(0)]) expect(readLogo(bytes)).toBeNull();
  });

  it('is never anything but a picture or nothing, whatever follows the first bytes', () => {
    const heads = [png.subarray(0, 8), jpegHead.subarray(0, 3), lossless.subarray(0, 16), extended.subarray(0, 16)];
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        const logo = readLogo(Buffer.concat([head, rest]));
        return logo === null || (logo.width <= 2_048 && logo.height <= 2_048);
      }),
    );
  });
});
