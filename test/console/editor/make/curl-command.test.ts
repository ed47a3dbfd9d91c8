import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlCommand } from '../../../../console/src/editor/make/curl-command.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';

const recipeOf = (text: string): RecipeInput => ({
  source: { kind: 'template', template: 'chat' },
  captions: [{ text }],
  output: { format: 'png' },
});

/** What a shell reads of a command, word by word. */
async function wordsOf(command: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`]);
  return stdout.split('\0').slice(0, -1);
}

describe('the command', () => {
  it('says the very recipe to a shell, whatever is written in it', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '\n', '(', '!', ';') }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        const words = await wordsOf(curlCommand(recipeOf(each), 'https://fanfare.example'));
        expect(words.slice(0, -1)).toEqual([
          '-s',
          'https://fanfare.example/studio/edits',
          '-H',
          'content-type: application/json',
          '--data-raw',
        ]);
        expect(JSON.parse(words.at(-1) ?? '')).toEqual({ recipe: recipeOf(each.toWellFormed()) });
      }),
      { numRuns: 40 },
    );
  });

  it('sends it as it is', async () => {
    let body = '';
    const server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => response.end('taken'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const command = curlCommand(recipeOf("@/etc/passwd it's <b>"), `http://127.0.0.1:${port}`);
      expect((await promisify(execFile)('sh', ['-c', command])).stdout).toBe('taken');
      expect(JSON.parse(body)).toEqual({ recipe: recipeOf("@/etc/passwd it's <b>") });
    } finally {
      server.close();
    }
  });
});
