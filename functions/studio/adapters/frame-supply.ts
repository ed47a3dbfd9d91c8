import type { FrameReader } from '../domain/ports.ts';

/** Frames of one source, asked for in an order that is known beforehand. */
export interface FrameSupply {
  /** The next frame of the order; it must be `index`. */
  next(index: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What is held at once of a source that does not run forward. */
const heldBytes = 64 * 1024 ** 2;

/**
 * Hands out frames in the order in which they are painted. Readers run forward only, and are asked for what comes next: all of it while it runs forward, and
 * where it does not (in reverse, there and back) as many frames at a time as may be held, read forward and handed out in their order.
 * @param order the indices in painting order, without repetitions in a row
 */
export function supplyFrames(reader: FrameReader, order: readonly number[]): FrameSupply {
  const most = Math.max(1, Math.floor(heldBytes / (reader.width * reader.height * 4)));
  const runs = runsOf(order, most);

  const handOut = async function* (): AsyncGenerator<{ index: number; pixels: Uint8Array }> {
    for (const run of runs) {
      if (run.runsForward) {
        yield* reader.frames(run.indices);
        continue;
      }
      const held = new Map<number, Uint8Array>();
      for await (const { index, pixels } of reader.frames(ascending(run.indices))) {
        held.set(index, pixels);
      }
      for (const index of run.indices) {
        yield { index, pixels: held.get(index) ?? missing(index) };
      }
    }
  };

  const frames = handOut();
  return {
    next: async (index) => {
      const { value, done } = await frames.next();
      if (done === true || value.index !== index) {
        throw new Error(`Frame ${index} was wanted, ${done === true ? 'none' : value.index} came.`);
      }
      return value.pixels;
    },
    close: async () => {
      await frames.return(undefined);
      await reader.close();
    },
  };
}

interface Run {
  readonly indices: number[];
  runsForward: boolean;
}

/** Parts of the order that run forward, and parts of at most `most` frames of everything else. */
function runsOf(order: readonly number[], most: number): Run[] {
  const runs: Run[] = [];
  for (const [at, index] of order.entries()) {
    const run = runs.at(-1);
    const last = run?.indices.at(-1) ?? -1;
    const following = order[at + 1];
    const goesOn = index > last;
    if (run !== undefined && run.runsForward && goesOn) {
      run.indices.push(index);
    } else if (run !== undefined && !run.runsForward && !goesOn && run.indices.length < most) {
      run.indices.push(index);
    } else {
      runs.push({ indices: [index], runsForward: following === undefined || following > index });
    }
  }
  return runs;
}

const ascending = (indices: readonly number[]): number[] => [...new Set(indices)].toSorted((a, b) => a - b);

function missing(index: number): never {
  throw new Error(`The reader left out frame ${index}.`);
}
