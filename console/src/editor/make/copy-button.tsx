import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { inWords } from '../../in-words.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { canCopy } from '../../personalise/share.ts';

interface Props {
  /** What is copied. */
  readonly text: () => Promise<string> | string;
  /** What is said when it is done, such as `Link copied`. */
  readonly done: string;
  readonly onSaid: (sentence: string) => void;
  readonly children: ComponentChildren;
}

/** Puts something on the clipboard; shows it to be copied by hand where the browser does not let a page do that. */
export function CopyButton({ text, done, onSaid, children }: Props) {
  const [shown, setShown] = useState<string>();
  const copy = async (): Promise<void> => {
    const copied = await text();
    try {
      if (!canCopy) {
        throw new DOMException('There is no clipboard', 'NotAllowedError');
      }
      await navigator.clipboard.writeText(copied);
      onSaid(done);
    } catch (error) {
      if (error instanceof DOMException) {
        setShown(copied);
      } else {
        throw error;
      }
    }
  };
  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          copy().catch((error: unknown) => {
            onSaid(inWords(error));
          });
        }}
      >
        {children}
      </button>
      {shown !== undefined && (
        <Dialog
          label="Copy this"
          onClose={() => {
            setShown(undefined);
          }}
        >
          <h2>Copy this</h2>
          <Selected text={shown} />
          <div class="dialog-actions">
            <button
              type="button"
              class="button"
              onClick={() => {
                setShown(undefined);
              }}
            >
              Done
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Selected({ text }: { readonly text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.select();
  }, []);
  return <textarea ref={field} class="copied" readOnly rows={6} aria-label="To be copied" value={text} />;
}
