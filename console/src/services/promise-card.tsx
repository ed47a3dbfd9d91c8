import { objectiveInWords } from '../../../functions/contracts/objective-in-words.ts';
import { fragmentOf } from '../route.ts';
import { evidenceInWords, windowInWords } from './evidence-in-words.ts';
import { Fold } from './fold.tsx';
import type { JudgedPromise } from './judge.ts';
import { anchorOf } from './anchor-of.ts';
import { StatusMark, statusInWords } from './status-mark.tsx';
import { alarmInWords, capitalised, clockToSeconds, lastInWords, list } from './words.ts';

interface Props {
  readonly service: string;
  readonly judged: JudgedPromise;
  /** By the stage's clock, epoch milliseconds. */
  readonly now: number;
  readonly unpublished: string;
}

/** One promise as a ticket: its status on the stub. */
export function PromiseCard({ service, judged, now, unpublished }: Props) {
  const { promise, status, windows, signs } = judged;
  const id = anchorOf(service, promise.id);
  const whenBroken = (
    <>
      <dt>When it is broken, you see</dt>
      <dd>{promise.whenBroken.consumerSees}</dd>
      <dt>Then do this</dt>
      <dd>{promise.whenBroken.consumerShould}</dd>
    </>
  );
  return (
    <article class={`promise promise-${status.status}`} id={id} tabIndex={-1} aria-labelledby={`${id}-name`}>
      <p class="promise-stub">
        <StatusMark status={status.status} />
        <strong>{statusInWords[status.status]}</strong>
      </p>
      <div class="promise-body">
        <p class="promise-objective">
          <a href={fragmentOf({ page: 'services', service, promise: promise.id })}>
            {promise.id.replaceAll('-', ' ')}
          </a>
          <span>{capitalised(objectiveInWords(promise))}</span>
        </p>
        <h3 id={`${id}-name`}>{promise.statement}</h3>
        <p class="promise-evidence">{evidenceInWords(status, promise, { now, unpublished })}</p>
        {signs.length > 0 && (
          <p class="promise-signs">
            {status.status === 'broken' ? 'Also on: ' : 'In danger: '}
            {list(signs.map(({ name }) => alarmInWords(name)))}.
          </p>
        )}
        {status.status === 'broken' && <dl class="facts facts-broken">{whenBroken}</dl>}
        <Fold
          summary={
            status.status === 'broken'
              ? 'Conditions and evidence'
              : 'Conditions, evidence, and when it breaks'
          }
        >
          <dl class="facts">
            <dt>Holds when</dt>
            {promise.conditions.map((condition) => (
              <dd key={condition}>{condition}</dd>
            ))}
            {status.status !== 'broken' && whenBroken}
            {windows.length > 0 && (
              <>
                <dt>Evidence</dt>
                <dd>
                  <ul class="windows">
                    {windows.map((together) => (
                      <li key={together[0]?.alarm}>
                        {together.map((each) => (
                          <span key={each.alarm} class={`window window-${each.state ?? 'none'}`}>
                            {capitalised(lastInWords(each.window))}: {windowInWords(each)}
                          </span>
                        ))}
                        <span class="hint">{breaks(together)}</span>
                      </li>
                    ))}
                  </ul>
                  {status.expiresAt !== undefined && (
                    <p class="hint">
                      It expires at {clockToSeconds(status.expiresAt)} unless the alarms are read again.
                    </p>
                  )}
                </dd>
              </>
            )}
          </dl>
        </Fold>
      </div>
    </article>
  );
}

/** What it takes for windows to break the promise, and what follows. */
function breaks(together: JudgedPromise['windows'][number]): string {
  const [first] = together;
  const then = first?.severity === 'page' ? 'somebody is woken' : 'a ticket is written';
  return first?.factor === undefined
    ? `Too much: ${then}.`
    : `Both ${first.factor === 1 ? 'faster than' : `${first.factor} times as fast as`} failures may come: ${then}.`;
}
