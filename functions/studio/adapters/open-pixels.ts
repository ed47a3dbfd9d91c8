import type { Picture } from '../../kernel/drawing/canvas.ts';
import type { EditInputs } from '../domain/edit-ports.ts';
import { inputKey } from '../domain/known-inputs.ts';
import { overlayOrder, sourceOrder } from '../domain/frame-order.ts';
import { cropPicture } from '../domain/painting/crop-picture.ts';
import { type DecodePlan, decodePlanOf, showsMovieAsItIs } from '../domain/painting/decode-plan.ts';
import type { Plan, PlannedInput } from '../domain/plan.ts';
import type { FrameReader, MovieReader, ProbedSource } from '../domain/ports.ts';
import { pointed } from '../domain/pointed.ts';
import { type FrameSupply, supplyFrames } from './frame-supply.ts';
import { decodeStill, openPictureFrames } from './sharp-frames.ts';
import type { FramePixels } from './sharp-painter.ts';

export interface OpenPixelsDeps {
  readonly openMovie: (
    bytes: Uint8Array,
    size: { readonly width: number; readonly height: number } | undefined,
  ) => Promise<MovieReader>;
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
    plan?: DecodePlan,
  ): Promise<ReadFrame> => {
    const bytes = bytesOf(input, inputs);
    const reader =
      probed.kind === 'movie' ? await openMovie(bytes, plan?.size) : openPictureFrames(bytes, probed);
    const next = supplied(reader, order);
    const { width, height, channels } = reader;
    const crop = plan?.crop;
    return async (frame) => {
      const picture = { data: await next(frame), width, height, channels };
      return crop === undefined ? picture : cropPicture(picture, crop);
    };
  };
  const supplied = (reader: FrameReader, order: readonly number[]): FrameSupply['next'] => {
    const supply = supplyFrames(reader, order);
    supplies.push(supply);
    return (frame) => supply.next(frame);
  };
  /** Undefined where the movie is of another kind. */
  const asPlanes = async (): Promise<FrameSupply['next'] | undefined> => {
    const [source] = plan.sources;
    if (source === undefined || !showsMovieAsItIs(plan)) {
      return undefined;
    }
    const reader = await openMovie(bytesOf(source.input, inputs), decodePlanOf(source)?.size);
    if (reader.planes === undefined) {
      await reader.close();
      return undefined;
    }
    return supplied({ ...reader, frames: reader.planes }, sourceOrder(plan, 0));
  };
  const close = async (): Promise<void> => {
    await Promise.all(supplies.splice(0).map((supply) => supply.close()));
  };
  try {
    const planes = await asPlanes();
    const sources = await Promise.all(
      (planes === undefined ? plan.sources : []).map(async (source, index) =>
        source.probed.kind === 'still'
          ? async () => await decodeStill(bytesOf(source.input, inputs), decodePlanOf(source))
          : await moving(source.input, source.probed, sourceOrder(plan, index), decodePlanOf(source)),
      ),
    );
    const overlays = await Promise.all(
      plan.layers.map(async (layer, index) => {
        if (layer.kind === 'caption') {
          return undefined;
        }
        return layer.probed.kind === 'still'
          ? async () => await decodeStill(bytesOf(layer.input, inputs))
          : await moving(layer.input, layer.probed, overlayOrder(plan, index));
      }),
    );
    return {
      pixels: {
        planes: planes && ((frame) => pointed(sourcePointer(plan, 0), () => planes(frame))),
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
