import type { EditResult } from '../../../../functions/contracts/edit.ts';
import { resultFacts, resultNotes } from './result-facts.ts';

interface Props {
  readonly result: EditResult;
  readonly title: string;
  /** It could not be shown: it has expired, or was erased. */
  readonly onGone: () => void;
}

/** What was made, as everybody will see it. */
export function ResultPane({ result, title, onGone }: Props) {
  const { url, width, height, contentType } = result;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <figure class="compare-pane">
      <div class="compare-frame">
        {contentType.startsWith('video/') ? (
          <video
            class="compare-picture"
            src={url}
            width={width}
            height={height}
            aria-label={`The result: ${title}`}
            controls
            loop
            muted
            playsInline
            autoplay={!isCalm}
            onError={onGone}
          />
        ) : (
          <img
            class="compare-picture"
            src={url}
            width={width}
            height={height}
            alt={`The result: ${title}`}
            onError={onGone}
          />
        )}
      </div>
      <figcaption class="compare-caption">
        <span>Result</span>
        <span class="compare-facts">{resultFacts(result).join(' · ')}</span>
      </figcaption>
      {resultNotes(result).map((note) => (
        <p key={note} class="hint">
          {note}
        </p>
      ))}
    </figure>
  );
}
