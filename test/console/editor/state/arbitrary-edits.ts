import * as fc from 'fast-check';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { textStyles, styled } from '../../../../console/src/editor/panels/text-styles.ts';
import { lookChoices, withAmount } from '../../../../console/src/editor/panels/look-list.ts';
import { placeLayer } from '../../../../console/src/editor/canvas/place-layer.ts';
import { appearOneByOne } from '../../../../console/src/editor/state/animate.ts';
import { type Edit, type EditorDocument } from '../../../../console/src/editor/state/document.ts';
import { cropTo, mirror, padBy, turnClockwise } from '../../../../console/src/editor/state/frame-edits.ts';
import {
  addCaption,
  addOverlay,
  changeCaption,
  changeTiming,
  duplicateLayer,
  removeLayer,
  reorderLayer,
} from '../../../../console/src/editor/state/layer-edits.ts';
import { removeAllLooks, removeLook, setLook } from '../../../../console/src/editor/state/look-edits.ts';
import { changeOutput, chooseFormat } from '../../../../console/src/editor/state/output-edits.ts';
import {
  addSlides,
  moveSlide,
  removeSlide,
  setSlideDuration,
} from '../../../../console/src/editor/state/slideshow-edits.ts';
import { changeTimeline, trimTo } from '../../../../console/src/editor/state/timeline-edits.ts';

/** Something that somebody does, and which step of undo it belongs to. */
export interface Deed {
  readonly name: string;
  readonly edit: Edit;
  readonly mergeKey: string | undefined;
}

const upload = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const index = fc.nat({ max: 4 });
const layer = fc.record({ kind: fc.constantFrom('caption' as const, 'overlay' as const), index });
const part = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
const milliseconds = fc.integer({ min: 0, max: 20_000 });
const box = fc.record({
  left: part(0, 0.6),
  top: part(0, 0.6),
  width: part(0.05, 0.4),
  height: part(0.05, 0.4),
});
const colour = fc.constantFrom('#ffffff', '#10203040', '#ff5a4f');
const canvas = { width: 800, height: 600 };
const slots: TemplateView['captions'] = [
  {
    label: 'Who',
    example: 'Me',
    box: { left: 0.1, top: 0.1, width: 0.4, height: 0.2 },
    font: 'lora',
    colour: '#222222',
    minSize: 14,
    maxSize: 90,
    maxLines: 3,
    align: 'left',
    verticalAlign: 'top',
    upperCase: true,
    rotate: -8,
  },
];

const named = (name: string, edits: fc.Arbitrary<Edit>): fc.Arbitrary<readonly [string, Edit]> =>
  edits.map((edit) => [name, edit]);

/** Everything that the editor can do to a recipe. */
const edits = fc.oneof(
  named(
    'addCaption',
    fc
      .record({
        text: fc.string({ minLength: 1, maxLength: 40 }),
        place: fc.constantFrom('top' as const, { slot: 0 }),
      })
      .map(addCaption),
  ),
  named(
    'addOverlay',
    box.map((at) => addOverlay({ source: { kind: 'sticker', sticker: 'star' }, box: at })),
  ),
  named(
    'write',
    fc
      .tuple(index, fc.string({ minLength: 1, maxLength: 40 }))
      .map(([at, text]) => changeCaption(at, (caption) => ({ ...caption, text }))),
  ),
  named(
    'style',
    fc
      .tuple(index, fc.constantFrom(...textStyles))
      .map(([at, style]) => changeCaption(at, (caption) => styled(caption, style))),
  ),
  named(
    'colour',
    fc
      .tuple(index, colour)
      .map(([at, next]) => changeCaption(at, (caption) => ({ ...caption, colour: next }))),
  ),
  named(
    'place',
    fc
      .record({
        layer,
        left: part(-900, 900),
        top: part(-700, 700),
        size: part(1, 3000),
        rotate: fc.integer({ min: -180, max: 180 }),
      })
      .map(({ layer: { kind, index: at }, left, top, size, rotate }): Edit => (document) => {
        const placed = { box: { left, top, width: size, height: size / 2 }, rotate };
        const caption = document.recipe.captions?.[at];
        const overlay = document.recipe.overlays?.[at];
        if (kind === 'caption') {
          return caption === undefined
            ? document
            : placeLayer({ kind, index: at, caption }, placed, canvas, slots, 1.5)(document);
        }
        return overlay === undefined
          ? document
          : placeLayer({ kind, index: at, overlay }, placed, canvas, [])(document);
      }),
  ),
  named(
    'timing',
    fc
      .tuple(
        layer,
        fc.option(milliseconds, { nil: undefined }),
        fc.option(milliseconds, { nil: undefined }),
        fc.integer({ min: 0, max: 10_000 }),
      )
      .map(([at, fromMs, toMs, fadeMs]) =>
        changeTiming(at, { fromMs, toMs, fadeMs, slide: fadeMs > 0 ? 'up' : undefined }),
      ),
  ),
  named('remove', layer.map(removeLayer)),
  named('duplicate', layer.map(duplicateLayer)),
  named(
    'reorder',
    fc
      .tuple(
        layer,
        fc.constantFrom('forward' as const, 'backward' as const, 'front' as const, 'back' as const),
      )
      .map(([at, move]) => reorderLayer(at, move)),
  ),
  named(
    'timeline',
    fc
      .record(
        {
          speed: part(0.1, 10),
          direction: fc.constantFrom('forward' as const, 'reverse' as const, 'boomerang' as const),
          loop: fc.nat({ max: 3 }),
          holdLastMs: fc.nat({ max: 30_000 }),
          frameRate: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        },
        { requiredKeys: [] },
      )
      .map(changeTimeline),
  ),
  named(
    'trim',
    fc.tuple(milliseconds, milliseconds).map(([from, to]) => trimTo(from, from + to + 40, 30_000)),
  ),
  named('crop', fc.option(box, { nil: undefined }).map(cropTo)),
  named('turn', fc.constantFrom(turnClockwise, mirror)),
  named(
    'pad',
    fc
      .option(fc.record({ top: fc.nat({ max: 400 }), bottom: fc.nat({ max: 400 }), colour }), {
        nil: undefined,
      })
      .map(padBy),
  ),
  named(
    'look',
    fc.constantFrom(...lookChoices).map(({ look }) => setLook(look)),
  ),
  named(
    'amount',
    fc
      .tuple(fc.constantFrom(...lookChoices.filter(({ amount }) => amount !== undefined)), part(0, 1))
      .map(([{ look, amount }, at]) =>
        setLook(
          amount === undefined
            ? look
            : withAmount(look, amount, Math.round(amount.min + at * (amount.max - amount.min))),
        ),
      ),
  ),
  named('unlook', fc.constantFrom(...lookChoices.map(({ look }) => removeLook(look.look)), removeAllLooks)),
  named(
    'format',
    fc
      .tuple(
        fc.constantFrom('png' as const, 'jpeg' as const, 'webp' as const, 'gif' as const, 'mp4' as const),
        fc.boolean(),
        milliseconds,
      )
      .map(([format, isStill, atMs]) =>
        chooseFormat(format, isStill && format !== 'gif' && format !== 'mp4' ? atMs : undefined),
      ),
  ),
  named(
    'output',
    fc
      .record(
        {
          width: fc.option(fc.integer({ min: 16, max: 4096 }), { nil: undefined }),
          quality: fc.integer({ min: 1, max: 100 }),
          maxBytes: fc.option(fc.integer({ min: 1000, max: 50_000_000 }), { nil: undefined }),
        },
        { requiredKeys: [] },
      )
      .map(changeOutput),
  ),
  named('animate', fc.constant(appearOneByOne)),
  named(
    'slide',
    fc.tuple(index, milliseconds).map(([at, durationMs]) => setSlideDuration(at, durationMs)),
  ),
  named(
    'moveSlide',
    fc.tuple(index, index).map(([from, to]) => moveSlide(from, to)),
  ),
  named('removeSlide', index.map(removeSlide)),
  named(
    'addSlides',
    fc.nat({ max: 3 }).map((count) =>
      addSlides(
        Array.from({ length: count }, () => upload),
        500,
      ),
    ),
  ),
);

export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc
    .tuple(edits, fc.option(fc.constantFrom('drag:1', 'drag:2', 'type:0'), { nil: undefined }))
    .map(([[name, edit], mergeKey]) => ({ name, edit, mergeKey, toString: () => name })),
  { maxLength: 40, size: 'max' },
);

export const documents: fc.Arbitrary<EditorDocument> = fc.constantFrom<EditorDocument>(
  {
    recipe: {
      version: 1,
      source: { kind: 'template', template: 'two-buttons' },
      captions: [
        { text: 'one', place: { slot: 0 } },
        { text: 'two', place: 'bottom' },
      ],
      output: { format: 'png' },
    },
  },
  { recipe: { version: 1, source: { kind: 'upload', upload }, output: { format: 'gif' } } },
  {
    recipe: {
      version: 1,
      source: { kind: 'slideshow', slides: Array.from({ length: 3 }, () => ({ upload, durationMs: 900 })) },
      overlays: [
        {
          source: { kind: 'sticker', sticker: 'star' },
          box: { left: 0.1, top: 0.1, width: 0.2, height: 0.2 },
        },
      ],
      output: { format: 'mp4' },
    },
  },
);
