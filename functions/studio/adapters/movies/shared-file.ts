import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The descriptor of a file without a name: nobody else can open it, and it is gone when the last process that has it is. */
export function openSharedFile(): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'movies-'));
  try {
    return openSync(path.join(folder, 'shared'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
