import { parseAlarmName } from '../../../functions/contracts/alarm-name.ts';
import { Icon } from '../parts/icon.tsx';
import { fragmentOf } from '../route.ts';
import { type LoudAlarms, stepsFor } from './alarms-on.ts';
import { Fold } from './fold.tsx';
import { clock, count, durationInWords, meaningOf, subjectInWords } from './words.ts';

interface Props {
  readonly loud: LoudAlarms;
  /** By the stage's clock, epoch milliseconds. */
  readonly now: number;
}

/** So much evidence stands in the open. */
const shown = 3;

interface Reason {
  readonly subject: string;
  readonly sentence: string;
}

/** One sentence for each thing that is wrong: the two windows of a promise are one. */
function reasonsOf({ service, evidence }: LoudAlarms): readonly Reason[] {
  const bySubject = Map.groupBy(evidence, ({ name }) => parseAlarmName(name)?.subject ?? name);
  return [...bySubject].map(([subject, [first]]) => {
    const promise = service.document.promises.find(({ id }) => id === subject);
    return {
      subject: subjectInWords(first?.name ?? subject),
      sentence:
        promise === undefined
          ? first === undefined
            ? ''
            : meaningOf(first)
          : `Not kept just now: ${promise.statement}`,
    };
  });
}

/** What a team has been told and has not mended yet. */
export function Loud({ loud, now }: Props) {
  const { service, severity, composite, evidence, since } = loud;
  const { document } = service;
  const steps = stepsFor(loud);
  const reasons = reasonsOf(loud);
  const endangered = document.promises.filter(({ id }) =>
    evidence.some(({ promise }) => (promise ?? '').split(' ').includes(id)),
  );
  return (
    <article class={`loud loud-${severity}`}>
      <p class="loud-stub">
        <Icon name={severity === 'page' ? 'bell' : 'note'} />
        <strong>{severity === 'page' ? 'Page' : 'Ticket'}</strong>
      </p>
      <div class="loud-body">
        <p class="loud-who">
          For team <b>{document.team}</b>, since {clock(since, now)} (
          {durationInWords(Math.max(0, now - since))})
        </p>
        <h3>{composite === undefined ? `${document.product} is in alarm.` : meaningOf(composite)}</h3>
        <Reasons reasons={reasons.slice(0, shown)} />
        {reasons.length > shown && (
          <Fold summary={count(reasons.length - shown, 'more reason')}>
            <Reasons reasons={reasons.slice(shown)} />
          </Fold>
        )}
        {endangered.length > 0 && (
          <p>
            In danger:{' '}
            {endangered.map(({ id }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <a href={fragmentOf({ page: 'services', service: document.service, promise: id })}>
                  {id.replaceAll('-', ' ')}
                </a>
              </span>
            ))}
          </p>
        )}
        {steps.length > 0 && (
          <Fold summary="What to look at first">
            <ol class="steps-first">
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </Fold>
        )}
      </div>
    </article>
  );
}

function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  return (
    <ul class="loud-evidence">
      {reasons.map(({ subject, sentence }) => (
        <li key={subject}>
          <b>{subject}.</b> {sentence}
        </li>
      ))}
    </ul>
  );
}
