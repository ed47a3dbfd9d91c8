import { useEffect, useRef, useState } from 'preact/hooks';
import type { ServiceAudit } from '../../../functions/contracts/service-audit.ts';
import { getAudit } from '../api/audit.ts';
import { type Pause, withPatience } from '../api/patience.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import { Icon } from '../parts/icon.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { count } from '../services/words.ts';
import { Facts } from './facts.tsx';
import { timeOf } from './words.ts';

interface Props {
  readonly token: string;
  readonly service: string;
}

type Progress =
  | { readonly state: 'idle' }
  | { readonly state: 'asking'; readonly audit: ServiceAudit | undefined; readonly pause: Pause | undefined }
  | { readonly state: 'done'; readonly audit: ServiceAudit }
  | { readonly state: 'failed'; readonly error: unknown };

/** Has the records of a service verified, piece by piece, and tells what was found. */
export function AuditPanel({ token, service }: Props) {
  const [progress, setProgress] = useState<Progress>({ state: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const walk = async (signal: AbortSignal): Promise<void> => {
    let audit: ServiceAudit | undefined;
    do {
      const last: ServiceAudit | undefined = audit;
      const onPause = (pause: Pause | undefined): void => {
        setProgress({ state: 'asking', audit: last, pause });
      };
      onPause(undefined);
      ({ value: audit } = await withPatience(() => getAudit(token, service, last?.cursor, signal), {
        signal,
        onPause,
      }));
    } while (audit.state === 'going-on');
    setProgress({ state: 'done', audit });
  };
  const begin = (): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    walk(controller.signal).catch((error: unknown) => {
      if (!controller.signal.aborted) {
        setProgress({ state: 'failed', error });
      }
    });
  };
  return (
    <section class="audit" aria-labelledby="audit">
      <div class="audit-head">
        <h2 id="audit">The records of {service}</h2>
        {progress.state === 'asking' ? (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              running.current?.abort();
              setProgress({ state: 'idle' });
            }}
          >
            Stop
          </button>
        ) : (
          <button type="button" class="button button-quiet" onClick={begin}>
            {progress.state === 'done' ? 'Verify again' : 'Verify the records'}
          </button>
        )}
      </div>
      <p class="hint">
        Every event is kept, with the hash of the one before it; where the chain ends is signed every hour.
        Whoever changes, drops or adds a record of the past is found out.
      </p>
      <div role="status">
        {progress.state === 'asking' && <Going audit={progress.audit} />}
        {progress.state === 'done' && <Found audit={progress.audit} />}
      </div>
      {progress.state === 'asking' && <PauseNotice pause={progress.pause} />}
      {progress.state === 'failed' && <FailedLoad error={progress.error} onAgain={begin} />}
    </section>
  );
}

const Going = ({ audit }: { readonly audit: ServiceAudit | undefined }) => (
  <div class="audit-going">
    <p>
      {audit === undefined
        ? 'Verifying …'
        : `Verifying: ${count(audit.records, 'record')} so far, ${audit.statements.verified} of ${count(audit.statements.of, 'signed statement')} …`}
    </p>
    <progress
      aria-label="Signed statements verified"
      {...(audit === undefined
        ? {}
        : { value: audit.statements.verified, max: Math.max(audit.statements.of, 1) })}
    />
  </div>
);

function Found({ audit }: { readonly audit: ServiceAudit }) {
  const { records, signed, problem, statements, signingKey } = audit;
  const isWhole = audit.state === 'whole';
  const unsigned = records - (signed?.place ?? 0);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [isWhole ? 'Records that fit' : 'Records before it that fit', String(records)],
    [
      'Signed',
      signed === undefined
        ? isWhole
          ? 'none of them yet: it is done every hour'
          : undefined
        : `up to number ${signed.place}, on ${timeOf.format(new Date(signed.at))}`,
    ],
    [
      'Not signed yet',
      isWhole && signed !== undefined && unsigned > 0 ? `${unsigned}: it is done every hour` : undefined,
    ],
    ['Lies at', problem?.object],
    ['Signed statements verified', `${statements.verified} of ${statements.of}`],
    ['Key', signingKey],
  ];
  return (
    <div class={`audit-found ${isWhole ? 'is-whole' : 'is-broken'}`}>
      <h3>
        <Icon name={isWhole ? 'check' : 'close'} />
        {isWhole
          ? 'The records are whole.'
          : problem?.place === undefined
            ? 'What was signed does not fit together.'
            : `Record ${problem.place} does not fit.`}
      </h3>
      {problem !== undefined && <p>{inSentence(problem)}</p>}
      <Facts of={facts} />
      {!isWhole && (
        <p class="hint">
          What comes behind it was not looked at. The archive keeps every version: tell the team delivery,
          which finds what was there before.
        </p>
      )}
    </div>
  );
}

/** `it is …` is said of a record; all else is a sentence already. */
const inSentence = ({ place, reason }: NonNullable<ServiceAudit['problem']>): string =>
  place === undefined ? reason : `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
