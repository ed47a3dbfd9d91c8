import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { captionLook, slotOf } from '../state/caption-look.ts';
import { changeCaption } from '../state/layer-edits.ts';
import type { Editor } from '../state/use-editor.ts';
import type { LayerBox } from './layer-boxes.ts';

interface Props {
  readonly index: number;
  readonly box: LayerBox;
  readonly scale: number;
  readonly editor: Editor;
  readonly slots: TemplateView['captions'];
  readonly onDone: () => void;
}

export const longestText = 500;

/** Writes a caption where it stands: the canvas draws every letter as it is typed, this takes the keys. */
export function TextInPlace({ index, box: { box, rotate }, scale, editor, slots, onDone }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const caption = editor.document.recipe.captions?.[index];
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
    return () => {
      editor.settle();
    };
  }, []);
  if (caption === undefined) {
    return null;
  }
  const look = captionLook(caption, slots);
  return (
    <div
      class="ed-writing"
      style={{
        left: `${box.left * scale}px`,
        top: `${box.top * scale}px`,
        width: `${box.width * scale}px`,
        height: `${box.height * scale}px`,
        transform: rotate === 0 ? 'none' : `rotate(${rotate}deg)`,
      }}
      onPointerDown={(event) => {
        event.stopPropagation();
      }}
    >
      <textarea
        ref={field}
        class={`ed-writing-field ed-align-${look.align}`}
        aria-label={`Text of caption ${index + 1}`}
        value={caption.text}
        maxLength={longestText}
        placeholder={slotOf(caption, slots)?.label ?? 'Your text'}
        rows={1}
        onInput={({ currentTarget: { value } }) => {
          editor.apply(
            changeCaption(index, (each) => ({ ...each, text: value })),
            `text:${index}`,
          );
        }}
        onBlur={onDone}
        onKeyDown={(event) => {
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
