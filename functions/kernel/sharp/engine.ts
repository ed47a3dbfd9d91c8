import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import sharp from 'sharp';

/** What an upload or a compiled image may be. HEIF holds AVIF. */
const allowedLoaders = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadNsgifBuffer',
  'VipsForeignLoadHeifBuffer',
];

/**
 * No folders, so that none of the machine's fonts leaks in, and no looking for changes (every 30 seconds otherwise): reading the configuration
 * again forgets the fonts that it was given since. Outlines as they were drawn, not bent to the pixel grid. Emoji fonts made of bitmaps come in
 * one size: the last two rules scale them to the size of the text.
 */
const fontsConfiguration = (cache: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <cachedir>${cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
  <match target="font">
    <test name="outline"><bool>false</bool></test>
    <edit name="pixelsizefixupfactor" mode="assign">
      <divide><name target="pattern">pixelsize</name><name target="font">pixelsize</name></divide>
    </edit>
  </match>
  <match target="font">
    <test name="outline"><bool>false</bool></test>
    <edit name="matrix" mode="assign">
      <times>
        <name>matrix</name>
        <matrix>
          <name>pixelsizefixupfactor</name><double>0</double>
          <double>0</double><name>pixelsizefixupfactor</name>
        </matrix>
      </times>
    </edit>
    <edit name="size" mode="assign"><divide><name>size</name><name>pixelsizefixupfactor</name></divide></edit>
  </match>
</fontconfig>
`;

/**
 * By how much the heap may grow before everything in it is looked through again. Each render leaves buffers of some 25 MB behind; V8 adds them to a heap of
 * 20 MB, and at its own growth it would look through the whole heap in every render, which takes a fifth of the processor's time. So at most about 80 MB wait
 * to be freed, of the function's 1769.
 */
const heapGrowthPercent = 300;

let folder: string | undefined;
let svgReaders = 0;

/**
 * Settings of the picture and text engine, which hold for the whole process, made once: only buffers of the formats that people may upload
 * are read (no files, no SVG), nothing is cached behind our back, and text knows no font but those that it is given.
 * Answers the folder for font files. Must run before the first text is drawn.
 */
export function prepareEngine(): string {
  if (folder === undefined) {
    // Code runs from a read-only place on Lambda; this one may be written, and is this user's own where machines are shared.
    folder = join(tmpdir(), `fanfare-fonts-${process.getuid?.() ?? 'user'}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    process.env['FONTCONFIG_FILE'] = keepFile(
      folder,
      'conf',
      Buffer.from(fontsConfiguration(join(folder, 'cache'))),
    );
    sharp.cache(false);
    // The function has one whole vCPU: more threads than that only wait for each other.
    sharp.concurrency(1);
    blockLoaders();
    setFlagsFromString(`--heap-growing-percent=${heapGrowthPercent}`);
  }
  return folder;
}

/** Writes a file for the text engine, named by its content, unless it is there: processes share the folder, and the engine reads when it likes. */
export function keepFile(folder: string, ending: string, content: Uint8Array): string {
  const path = join(folder, `${createHash('sha256').update(content).digest('hex').slice(0, 20)}.${ending}`);
  if (!existsSync(path)) {
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, content);
    renameSync(unfinished, path);
  }
  return path;
}

/** Runs `work` while SVG can be read from buffers too: for compiling campaigns, whose authors are trusted, never for uploads. */
export async function withSvgLoader<T>(work: () => Promise<T>): Promise<T> {
  prepareEngine();
  svgReaders += 1;
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] });
  try {
    return await work();
  } finally {
    svgReaders -= 1;
    if (svgReaders === 0) {
      blockLoaders();
    }
  }
}

function blockLoaders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: allowedLoaders });
}
