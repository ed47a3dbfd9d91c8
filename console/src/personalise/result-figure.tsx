import { useState } from 'preact/hooks';
import type { Result } from '../../../functions/contracts/job.ts';
import type { OutputFormat } from '../../../functions/contracts/picture-type.ts';
import { inWords } from '../in-words.ts';
import { Icon } from '../parts/icon.tsx';
import { inBytes } from '../photo/in-bytes.ts';
import { canCopy, canShare, copyAddress, sharePicture } from './share.ts';

const formatNames: Readonly<Record<OutputFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
};

interface Props {
  readonly result: Result;
  readonly label: string;
  readonly campaignId: string;
}

export function ResultFigure({ result, label, campaignId }: Props) {
  const [said, setSaid] = useState('');
  const { url, width, height, format, bytes, variant } = result;
  const fileName = `${campaignId}-${variant}.${format === 'jpeg' ? 'jpg' : format}`;
  const attempt = (work: () => Promise<string>) => () => {
    work().then(setSaid, (error: unknown) => {
      setSaid(inWords(error));
    });
  };
  return (
    <figure class="result">
      <a class="result-frame" href={url} target="_blank" rel="noopener">
        <img class="result-image" src={url} width={width} height={height} alt={`Your picture: ${label}`} />
      </a>
      <figcaption class="result-caption">
        <span class="result-label">{label}</span>
        <span class="hint">
          {width} × {height} · {formatNames[format]} · {inBytes(bytes)}
        </span>
      </figcaption>
      <div class="result-actions">
        <a class="button" href={url} download={fileName} aria-label={`Download ${label}`}>
          <Icon name="download" />
          Download
        </a>
        {canShare && (
          <button
            type="button"
            class="button button-quiet"
            aria-label={`Share ${label}`}
            onClick={attempt(() => sharePicture(url, fileName))}
          >
            <Icon name="share" />
            Share
          </button>
        )}
        {canCopy && (
          <button
            type="button"
            class="button button-quiet"
            aria-label={`Copy the link to ${label}`}
            onClick={attempt(() => copyAddress(url))}
          >
            <Icon name="link" />
            Copy link
          </button>
        )}
        <span class="result-said" role="status">
          {said}
        </span>
      </div>
    </figure>
  );
}
