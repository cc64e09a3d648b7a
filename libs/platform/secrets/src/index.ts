export { deriveKey, KeyedDigest } from './derived-key.js';
export { randomBase62 } from './random-text.js';
export { SecretKeeper } from './secret-keeper.js';
export { TextSealer } from './text-sealer.js';
export * from './whole-file.js';
