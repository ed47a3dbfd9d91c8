import path from 'node:path';
import type { Processor } from './build-layer.ts';
import { type BuildStep, runBuildSteps } from './build-step.ts';
import { exclusively } from './exclusively.ts';
import { services } from '../functions/promises.ts';
import { projectFolder } from './project-folder.ts';
import { runScript } from './run-script.ts';

/** What every step is also made of: its dependencies. */
const lockfile = 'package-lock.json';

/** The promise documents. */
const promises = [
  'functions/promises.ts',
  ...Object.keys(services).flatMap((service) => [
    `functions/${service}/promise.ts`,
    `functions/${service}/metrics.ts`,
  ]),
];

const steps: readonly BuildStep[] = [
  {
    output: 'functions',
    inputs: ['functions', 'tools/build-functions.ts', lockfile],
    work: async (folder) => (await import('./build-functions.ts')).buildFunctions(folder),
  },
  layerStep('sharp', 'arm64'),
  layerStep('sharp', 'x64'),
  layerStep('webcodecs', 'x64'),
  {
    output: 'campaigns',
    // Previews are drawn by the code that renders.
    inputs: [
      'campaigns',
      'tools/build-pictures.ts',
      'tools/campaign',
      'functions/contracts',
      'functions/kernel/drawing',
      'functions/kernel/sharp',
      'functions/kernel/errors.ts',
      'functions/kernel/let-go.ts',
      'functions/personalise/domain',
      'functions/personalise/adapters',
      lockfile,
    ],
    work: (folder) => draw('campaigns', folder),
  },
  {
    output: 'studio',
    inputs: [
      'templates',
      'stickers',
      'fonts/studio',
      // Lent to both, so that it is kept once.
      'campaigns/summer-festival/fonts/NotoColorEmoji.ttf',
      'tools/build-pictures.ts',
      'tools/templates',
      'tools/campaign/font-file.ts',
      'tools/campaign/image-file.ts',
      'functions/contracts',
      'functions/kernel/errors.ts',
      'functions/kernel/let-go.ts',
      'functions/kernel/drawing',
      'functions/kernel/sharp',
      'functions/personalise/adapters/sharp-image-layer.ts',
      // Examples are drawn by the code that draws captions.
      'functions/studio/adapters/library-fonts.ts',
      'functions/studio/adapters/sharp-caption.ts',
      'functions/studio/adapters/sharp-rotate.ts',
      'functions/studio/domain',
      lockfile,
    ],
    work: (folder) => draw('studio', folder),
  },
  {
    output: 'directory',
    inputs: ['directory', 'functions/contracts', ...promises, 'tools/build-directory.ts', lockfile],
    work: async (folder) => (await import('./build-directory.ts')).buildDirectory(folder),
  },
  {
    output: 'console',
    // It shows the promise documents and the teams, and plans and draws previews as the studio does.
    inputs: [
      'console',
      'functions/contracts',
      'functions/kernel',
      'functions/studio/domain',
      ...promises,
      'lib/teams.ts',
      'tools/build-console.ts',
      lockfile,
    ],
    work: async (folder) => (await import('./build-console.ts')).buildConsole(folder),
  },
];

/** In a process of its own: drawing keeps one busy for seconds, which others must not wait for. */
const draw = (what: 'campaigns' | 'studio', folder: string): Promise<void> =>
  runScript('build-pictures.ts', [what, folder], `The ${what} could not be drawn:`);

function layerStep(layer: 'sharp' | 'webcodecs', processor: Processor): BuildStep {
  return {
    output: `layers/${layer}-${processor}`,
    inputs: [`layers/${layer}`, 'tools/build-layer.ts'],
    work: async (folder) => (await import('./build-layer.ts')).buildLayer(layer, processor, folder),
  };
}

/**
 * Runs `work` on what the stacks deploy (bundles, layers, campaigns, the studio's library and pages, in `build/`), while no other process changes it. Only what
 * is older than its sources is built, and a step's tools are loaded only when it runs. `meanwhile` is done while it is built.
 */
export async function onceBuilt<T>(work: () => Promise<T>, meanwhile?: () => Promise<void>): Promise<T> {
  return await exclusively(path.join(projectFolder, 'build/lock'), async () => {
    await runBuildSteps(steps, { meanwhile });
    return await work();
  });
}
