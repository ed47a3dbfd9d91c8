import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { CropProps } from '../canvas/crop-frame.tsx';
import { isWhole, wholeBox } from '../state/fractions.ts';
import { cropTo, readFrame, writeFrame } from '../state/frame-edits.ts';
import { lookOf, setLook } from '../state/look-edits.ts';
import type { Editor } from '../state/use-editor.ts';
import { aspectOf, type AspectChoice } from './frame-panel.tsx';
import type { PanelName } from './panels.tsx';

/** What the canvas shows: all of it, or, while it is cut, all of the picture with nothing over it. */
export function shownRecipe(recipe: RecipeInput, mode: 'all' | 'crop'): RecipeInput {
  if (mode === 'all') {
    return recipe;
  }
  const { width: _, ...output } = recipe.output;
  return {
    ...recipe,
    geometry: writeFrame({ ...readFrame(recipe.geometry), crop: undefined, pad: undefined }),
    captions: [],
    overlays: [],
    output,
  };
}

/** The frame on the canvas: of what is kept of the picture, or of the part that a look changes. Undefined: none. */
export function cropStage(
  editor: Editor,
  panel: Extract<PanelName, 'frame' | 'looks'> | undefined,
  aspect: AspectChoice,
  onAspect: (aspect: AspectChoice) => void,
): CropProps | undefined {
  const { recipe } = editor.document;
  const settle = (isDone: boolean): void => {
    if (isDone) {
      editor.settle();
    }
  };
  if (panel === 'frame') {
    return {
      box: readFrame(recipe.geometry).crop ?? wholeBox,
      aspect: aspectOf(aspect),
      label: 'What is kept of the picture',
      isCut: true,
      onCrop: (box, isDone) => {
        if (aspect === 'all') {
          onAspect('free');
        }
        editor.apply(cropTo(box), 'crop');
        settle(isDone);
      },
    };
  }
  const pixelate = lookOf(recipe.looks, 'pixelate');
  return panel === 'looks' && pixelate?.look === 'pixelate' && !isWhole(pixelate.box)
    ? {
        box: pixelate.box,
        aspect: undefined,
        label: 'What is made of squares',
        isCut: false,
        onCrop: (box, isDone) => {
          editor.apply(setLook({ ...pixelate, box }), 'pixelate');
          settle(isDone);
        },
      }
    : undefined;
}
