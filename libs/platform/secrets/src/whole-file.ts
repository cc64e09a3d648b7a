import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a file of a few bytes whole or not at all, readable by its owner only: beside it, flushed, then moved into its
 * place. A crash or a power cut at any moment leaves the old file or the new one, never an empty one.
 */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.new`;
  const descriptor = openSync(beside, 'w', 0o600);
  try {
    fchmodSync(descriptor, 0o600); // One that was left here may be open to others.
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(beside, file);
  flushFolder(path.dirname(file));
}

/** A name is the folder's content: it is on the disk when the folder is. */
export function flushFolder(folder: string): void {
  // Windows opens no folders, and keeps the order of names by itself.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
