import { HttpProblem } from '../../../kernel/http-problem.ts';
import type { Making, Wholeness } from '../whole/ports.ts';

/** A piece of a rebuild: it begins every minute. */
const retryAfterSeconds = 30;

/**
 * Reports only of a projection that has everything, from the question to the answer: half of an organisation must not look like all of it.
 *
 * @param recognise tells of which making the projection is
 * @throws HttpProblem 503 `being-rebuilt` with `Retry-After` while the projection is made again
 */
export const whileWhole =
  (recognise: () => Promise<Making>, wholeness: Pick<Wholeness, 'read'>) =>
  <Question, Answer>(report: (question: Question) => Promise<Answer>) =>
  async (question: Question): Promise<Answer> => {
    const before = await recognise();
    if (!before.isWhole) {
      throw beingRebuilt();
    }
    const answer = await report(question);
    const after = await wholeness.read();
    if (after?.id !== before.id) {
      throw beingRebuilt();
    }
    return answer;
  };

const beingRebuilt = (): HttpProblem =>
  new HttpProblem(
    503,
    'being-rebuilt',
    'What reports are made of was lost and is made again from the archive, in some minutes; events are still taken in.',
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  );
