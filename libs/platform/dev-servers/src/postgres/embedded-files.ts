import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** A file as a backup notes it; `path` is relative and has `/` between its parts. */
export interface CopiedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

const CHUNK_BYTES = 1_048_576;

/**
 * Copies a file and flushes the copy; `null` when there is no such file any more. A file that grows meanwhile is
 * copied as far as its end was when the copy came there.
 */
export async function copyDurably(source: string, target: string): Promise<Omit<CopiedFile, 'path'> | null> {
  const from = await open(source, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (from === null) return null;
  try {
    const to = await open(target, 'wx', 0o600);
    try {
      const copied = await pump(from, to);
      await to.sync();
      return copied;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

async function pump(from: FileHandle, to: FileHandle): Promise<Omit<CopiedFile, 'path'>> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await from.read(chunk, 0, CHUNK_BYTES, bytes);
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    const part = chunk.subarray(0, bytesRead);
    hash.update(part);
    await to.writeFile(part);
    bytes += bytesRead;
  }
}

/** Size and digest of a file as it lies there. */
export async function digestOf(file: string): Promise<Omit<CopiedFile, 'path'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Makes the folders of `source` in `target` and names the files in them, as relative paths. What `isWanted` refuses is
 * left out, a folder with all that is in it.
 */
export async function copyFolders(
  source: string,
  target: string,
  isWanted: (relative: string) => boolean,
): Promise<readonly string[]> {
  const files: string[] = [];
  const visit = async (relative: string): Promise<void> => {
    await mkdir(path.join(target, relative), { recursive: true, mode: 0o700 });
    for (const entry of await readdir(path.join(source, relative), { withFileTypes: true })) {
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (!isWanted(name)) continue;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile()) files.push(name);
    }
  };
  await visit('');
  return files;
}
