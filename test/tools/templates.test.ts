import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { templateJsonSchema } from '../../tools/templates/template-json-schema.ts';
import { movement, movingDrawing, plainTemplate, withTemplate } from './templates/made-template.ts';

const project = path.join(import.meta.dirname, '../..');

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const templates = async (...args: readonly string[]): Promise<Answer> => {
  const command = promisify(execFile)(process.execPath, ['tools/templates.ts', ...args], { cwd: project });
  return await command.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Answer) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
};

describe('npm run templates', () => {
  it('says that a template is valid', async () => {
    expect(await templates('validate', 'templates/rocket-launch')).toEqual({
      code: 0,
      stdout: 'templates/rocket-launch is valid: 40 frames, 2 captions.\n',
      stderr: '',
    });
  });

  it('says everything that is wrong with one, and where', async () => {
    const wrong = { id: 'ring', captions: [{ ...plainTemplate.captions[0], font: 'papyrus' }] };
    const { code, stderr } = await withTemplate({ template: wrong }, (folder) =>
      templates('validate', folder),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /disc is not valid:\n {2}\/id: The id is “ring”.*\n {2}\/captions\/0\/font: There is no font “papyrus”/u,
    );
  });

  it('draws a template as it moves, and its moments side by side', async () => {
    const moving = { template: { id: 'disc', animation: movement }, drawing: movingDrawing };
    const answer = await withTemplate(moving, (folder) => templates('preview', folder));
    expect(answer).toEqual({
      code: 0,
      stdout: 'build/preview/disc.webp\nbuild/preview/disc.png\n',
      stderr: '',
    });
    const read = (name: string) => readFile(path.join(project, 'build/preview', name));
    expect((await sharp(await read('disc.webp')).metadata()).pages).toBe(3);
    expect((await sharp(await read('disc.png')).metadata()).width).toBe(1640);
  });

  it.each([
    [[], 'Usage:'],
    [['draw'], 'There is no command “draw”.'],
    [['preview'], '“preview” needs the folder of a template.'],
    [['sheet', 'templates/chat'], '“sheet” takes no folder.'],
    [['validate', 'templates/chat', 'templates/podium'], 'Too many arguments: templates/podium.'],
  ])('explains itself to %j', async (args, complaint) => {
    const { code, stderr } = await templates(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
  });

  it('has published the schema of today', async () => {
    expect(await readFile(path.join(project, 'templates/template.schema.json'), 'utf8')).toBe(
      templateJsonSchema(),
    );
  });
});
