import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import type { CaptionLines } from '../preview/preview.ts';
import { slotOf } from '../state/caption-look.ts';
import { changeCaption } from '../state/layer-edits.ts';
import type { Editor } from '../state/use-editor.ts';
import { centreOf, turnPoint, type Point } from './box.ts';
import { caretBoxes, caretNear, caretPlaces, caretX, type Measure } from './caret.ts';
import type { LayerBox } from './layer-boxes.ts';
import { placedStyle } from './placed-style.ts';

interface Props {
  readonly index: number;
  readonly box: LayerBox;
  /** Where its lines stand; undefined while it has no letters. */
  readonly lines: CaptionLines | undefined;
  readonly scale: number;
  readonly editor: Editor;
  readonly slots: TemplateView['captions'];
  readonly onDone: () => void;
}

export const longestText = 500;
let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Measures in the font in which the canvas draws it. */
function measureIn({ size, family }: CaptionLines): Measure {
  context ??= new OffscreenCanvas(1, 1).getContext('2d');
  return (text) => {
    if (context === null || context === undefined) {
      return text.length;
    }
    context.font = `${size}px ${family}`;
    return context.measureText(text).width;
  };
}

/** Writes a caption where it stands: the canvas draws every letter as it is typed, this takes the keys and shows the caret between the letters that are drawn. */
export function TextInPlace({ index, box: { box, rotate }, lines, scale, editor, slots, onDone }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const anchor = useRef<number | undefined>(undefined);
  const [[from, to], setSelection] = useState<readonly [number, number]>([0, 0]);
  const caption = editor.document.recipe.captions?.[index];
  const readSelection = (): void => {
    if (field.current !== null) {
      setSelection([field.current.selectionStart, field.current.selectionEnd]);
    }
  };
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
    readSelection();
    document.addEventListener('selectionchange', readSelection);
    return () => {
      document.removeEventListener('selectionchange', readSelection);
      editor.settle();
    };
  }, []);
  if (caption === undefined) {
    return null;
  }
  const { text } = caption;
  const measure = lines && measureIn(lines);
  const select = (start: number, end: number): void => {
    field.current?.setSelectionRange(Math.min(start, end), Math.max(start, end));
    readSelection();
  };
  /** The place in the text under the pointer. */
  const placeAt = (event: PointerEvent): number | undefined => {
    const paper = field.current?.closest('.ed-paper')?.getBoundingClientRect();
    if (paper === undefined || lines === undefined || measure === undefined) {
      return undefined;
    }
    const point: Point = { x: (event.clientX - paper.x) / scale, y: (event.clientY - paper.y) / scale };
    return caretNear(text, lines, turnPoint(point, centreOf(box), -rotate), measure);
  };
  /** The place above or below, in the lines that are drawn. */
  const placeBeside = (down: 1 | -1): number | undefined => {
    if (lines === undefined || measure === undefined) {
      return undefined;
    }
    const places = caretPlaces(
      text,
      lines.lines.map((each) => each.text),
    );
    const now = places[down > 0 ? to : from];
    const next = now && lines.lines[now.line + down];
    return now === undefined || next === undefined
      ? down > 0
        ? text.length
        : 0
      : caretNear(text, lines, { x: caretX(lines, now, measure), y: next.baseline }, measure);
  };
  return (
    <div
      class="ed-writing"
      style={placedStyle({ box, rotate }, scale)}
      onPointerDown={(event) => {
        event.stopPropagation();
      }}
    >
      {lines !== undefined &&
        measure !== undefined &&
        caretBoxes(text, lines, from, to, measure).map((each) => (
          <span
            key={`${each.left},${each.top}`}
            class={from === to ? 'ed-caret' : 'ed-selected'}
            style={{
              left: `${(each.left - box.left) * scale}px`,
              top: `${(each.top - box.top) * scale}px`,
              width: from === to ? '' : `${each.width * scale}px`,
              height: `${each.height * scale}px`,
            }}
          />
        ))}
      <textarea
        ref={field}
        class="ed-writing-field"
        aria-label={`Text of caption ${index + 1}`}
        value={text}
        maxLength={longestText}
        placeholder={slotOf(caption, slots)?.label ?? 'Your text'}
        rows={1}
        wrap="off"
        onInput={({ currentTarget: { value } }) => {
          editor.apply(
            changeCaption(index, (each) => ({ ...each, text: value })),
            `text:${index}`,
          );
          readSelection();
        }}
        onPointerDown={(event) => {
          const place = placeAt(event);
          if (place !== undefined && event.button === 0) {
            event.preventDefault();
            field.current?.setPointerCapture(event.pointerId);
            anchor.current = place;
            select(place, place);
          }
        }}
        onMouseDown={(event) => {
          // It would put the caret where the letters of the field are, which nobody sees.
          if (anchor.current !== undefined) {
            event.preventDefault();
          }
        }}
        onPointerMove={(event) => {
          const place = anchor.current === undefined ? undefined : placeAt(event);
          if (place !== undefined && anchor.current !== undefined) {
            select(anchor.current, place);
          }
        }}
        onPointerUp={() => {
          anchor.current = undefined;
        }}
        onDblClick={(event) => {
          event.preventDefault();
          select(0, text.length);
        }}
        onBlur={onDone}
        onKeyDown={(event) => {
          const isVertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
          const beside = isVertical ? placeBeside(event.key === 'ArrowUp' ? -1 : 1) : undefined;
          if (beside !== undefined) {
            event.preventDefault();
            select(event.shiftKey && event.key === 'ArrowDown' ? from : event.shiftKey ? to : beside, beside);
          }
          if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
            event.preventDefault();
            event.stopPropagation();
            onDone();
          }
        }}
      />
    </div>
  );
}
