import { inWords } from '../in-words.ts';

interface Props {
  readonly error: unknown;
  readonly onAgain: () => void;
}

export function FailedLoad({ error, onAgain }: Props) {
  return (
    <div class="notice notice-problem" role="alert">
      <p>{inWords(error)}</p>
      <button type="button" class="button button-quiet" onClick={onAgain}>
        Try again
      </button>
    </div>
  );
}
