import type { Picture } from '../../kernel/drawing/canvas.ts';
import type { EditInputs } from '../domain/edit-ports.ts';
import { inputKey } from '../domain/known-inputs.ts';
import { overlayOrder, sourceOrder } from '../domain/frame-order.ts';
import { cropPicture } from '../domain/painting/crop-picture.ts';
import { type DecodePlan, decodePlanOf } from '../domain/painting/decode-plan.ts';
import type { Plan, PlannedInput } from '../domain/plan.ts';
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
    plan?: DecodePlan,
  ): Promise<ReadFrame> => {
    const bytes = bytesOf(input, inputs);
    const reader =
      probed.kind === 'movie' ? await openMovie(bytes, plan?.size) : openPictureFrames(bytes, probed);
    const supply = supplyFrames(reader, order);
    supplies.push(supply);
    const crop = plan?.crop;
    return crop === undefined
      ? (frame) => supply.next(frame)
      : async (frame) => cropPicture(await supply.next(frame), crop);
  };
  const close = async (): Promise<void> => {
    await Promise.all(supplies.splice(0).map((supply) => supply.close()));
  };
  try {
    const sources = await Promise.all(
      plan.sources.map(async (source, index) =>
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
