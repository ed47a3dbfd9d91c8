import { useState } from 'preact/hooks';
import type { EditResult } from '../../../../functions/contracts/edit.ts';
import { resultFacts, resultNotes } from './result-facts.ts';

interface Props {
  readonly result: EditResult;
  readonly title: string;
  /** It is not there any more: it has expired, or was erased. */
  readonly onGone: () => void;
}

/** What was made, as everybody will see it. */
export function ResultPane({ result, title, onGone }: Props) {
  const { url, width, height, contentType } = result;
  const [isUnseen, setUnseen] = useState(false);
  const judge = async (): Promise<void> => {
    // Not every browser shows every format; what is there can be downloaded all the same.
    const isThere = await fetch(url, { method: 'HEAD' }).then(
      ({ ok }) => ok,
      () => true,
    );
    if (isThere) {
      setUnseen(true);
    } else {
      onGone();
    }
  };
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <figure class="compare-pane">
      <div class="compare-frame">
        {isUnseen ? (
          <p class="compare-unseen">This browser cannot show it. Download it to see it elsewhere.</p>
        ) : contentType.startsWith('video/') ? (
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
            onError={() => void judge()}
          />
        ) : (
          <img
            class="compare-picture"
            src={url}
            width={width}
            height={height}
            alt={`The result: ${title}`}
            onError={() => void judge()}
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
