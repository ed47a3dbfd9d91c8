import { useState } from 'preact/hooks';
import { deleteJob } from '../api/jobs.ts';
import { inWords } from '../in-words.ts';
import { Dialog } from '../parts/dialog.tsx';

interface Props {
  readonly jobId: string;
  readonly onErased: () => void;
}

/** Erases the photo and the pictures, after asking. */
export function EraseButton({ jobId, onErased }: Props) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const erase = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      // A person who leaves after confirming still wants it done: nothing ends this but its own time-out.
      await deleteJob(jobId, new AbortController().signal);
      onErased();
    } catch (error) {
      setBusy(false);
      setProblem(`Nothing is certain to be erased yet. ${inWords(error)}`);
    }
  };
  return (
    <>
      <button
        type="button"
        class="button button-bare button-danger"
        onClick={() => {
          setAsking(true);
        }}
      >
        Delete my photo and pictures
      </button>
      {asking && (
        <Dialog
          label="Delete everything?"
          onClose={() => {
            setAsking(false);
          }}
        >
          <h2>Delete everything?</h2>
          <p>Your photo and every picture made from it are erased. This cannot be undone.</p>
          <p class="problem" role="alert">
            {problem}
          </p>
          <div class="dialog-actions">
            <button
              type="button"
              class="button button-danger-strong"
              disabled={busy}
              onClick={() => void erase()}
            >
              {busy ? 'Deleting…' : 'Delete'}
            </button>
            <button
              type="button"
              class="button button-quiet"
              onClick={() => {
                setAsking(false);
              }}
            >
              Keep
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
