import type { Picture } from '../../kernel/drawing/canvas.ts';
import type { EditInputs } from '../domain/edit-ports.ts';
import { inputKey } from '../domain/known-inputs.ts';
import { decodePlanOf } from '../domain/painting/decode-plan.ts';
import type { Plan, PlannedInput, PlannedSource } from '../domain/plan.ts';
import type { FrameReader, ProbedSource } from '../domain/ports.ts';
import { pointed } from '../domain/pointed.ts';
import { type FrameSupply, supplyFrames } from './frame-supply.ts';
import { decodeStill, openPictureFrames } from './sharp-frames.ts';
import type { FramePixels } from './sharp-painter.ts';

export interface OpenPixelsDeps {
  readonly openMovie: (
    bytes: Uint8Array,
    size: { readonly width: number; readonly height: number } | undefined,
  ) => Promise<FrameReader>;
}

/** Opens everything that the frames of a plan show. What is still is decoded when it is first wanted, what moves is read as it is painted. */
export async function openPixels(
  { openMovie }: OpenPixelsDeps,
  plan: Plan,
  inputs: EditInputs,
): Promise<{ readonly pixels: FramePixels; readonly close: () => Promise<void> }> {
  const supplies: FrameSupply[] = [];
  const moving = async (
    input: PlannedInput,
    probed: ProbedSource,
    order: readonly number[],
  ): Promise<FrameSupply> => {
    const bytes = bytesOf(input, inputs);
    const reader =
      probed.kind === 'movie' ? await openMovie(bytes, undefined) : openPictureFrames(bytes, probed);
    const supply = supplyFrames(reader, order);
    supplies.push(supply);
    return supply;
  };
  const close = async (): Promise<void> => {
    await Promise.all(supplies.splice(0).map((supply) => supply.close()));
  };
  try {
    const sources = await Promise.all(
      plan.sources.map(async (source, index) =>
        source.probed.kind === 'still'
          ? async () => await decodeStill(bytesOf(source.input, inputs), stillPlan(source))
          : fromSupply(await moving(source.input, source.probed, sourceOrder(plan, index))),
      ),
    );
    const overlays = await Promise.all(
      plan.layers.map(async (layer, index) => {
        if (layer.kind === 'caption') {
          return undefined;
        }
        return layer.probed.kind === 'still'
          ? async () => await decodeStill(bytesOf(layer.input, inputs))
          : fromSupply(await moving(layer.input, layer.probed, overlayOrder(plan, index)));
      }),
    );
    return {
      pixels: {
        source: (source, frame) =>
          pointed(sourcePointer(plan, source), () => (sources[source] ?? nothing)(frame)),
        overlay: (layer, frame) =>
          pointed(`/overlays/${plan.layers[layer]?.index ?? 0}/source`, () =>
            (overlays[layer] ?? nothing)(frame),
          ),
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where the recipe names a source: of more than one each is a slide. */
const sourcePointer = ({ sources }: Plan, source: number): string =>
  sources.length > 1
    ? `/source/slides/${source}/upload`
    : `/source/${sources[source]?.input.kind === 'upload' ? 'upload' : 'template'}`;

type ReadFrame = (frame: number) => Promise<Picture>;

const fromSupply =
  (supply: FrameSupply): ReadFrame =>
  (frame) =>
    supply.next(frame);

const stillPlan = (source: PlannedSource): ReturnType<typeof decodePlanOf> => decodePlanOf(source);

/** The painter keeps the last frame of a source, and asks again only for another. */
const sourceOrder = (plan: Plan, source: number): number[] =>
  withoutRepetitions(
    plan.frames.flatMap(({ sources }) =>
      sources.filter((each) => each.source === source).map(({ frame }) => frame),
    ),
  );

const overlayOrder = (plan: Plan, layer: number): number[] =>
  withoutRepetitions(
    plan.frames.flatMap(({ layers }) =>
      layers.filter((each) => each.layer === layer).map(({ frame = 0 }) => frame),
    ),
  );

const withoutRepetitions = (order: readonly number[]): number[] =>
  order.filter((index, at) => index !== order[at - 1]);

function bytesOf(input: PlannedInput, { files }: EditInputs): Uint8Array {
  const key = inputKey(input);
  const bytes = key === undefined ? undefined : files.get(key);
  if (bytes === undefined) {
    throw new Error(`The bytes of ${key ?? input.kind} were not read.`);
  }
  return bytes;
}

const nothing: ReadFrame = () => {
  throw new Error('The plan shows what it does not name.');
};
