import fc from 'fast-check';
import { severities } from '../../../functions/contracts/alarm-name.ts';
import type { AlarmStory } from '../../../functions/foundation/domain/alarm-story.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.lorem({ maxCount: 400, mode: 'words' }),
  fc.integer({ min: 1, max: 5000 }).map((length) => '&'.repeat(length)),
);
/** What a place is called is always short. */
const link = fc.record({
  text: fc.string({ minLength: 1, maxLength: 100 }),
  url: fc.oneof(
    fc.webUrl(),
    fc.integer({ min: 1, max: 5000 }).map((n) => `https://example.com/${'x'.repeat(n)}`),
  ),
});

/** Stories longer and stranger than any alarm tells. */
export const anyStory: fc.Arbitrary<AlarmStory> = fc.record({
  alarmName: fc.string({ minLength: 1, maxLength: 400 }),
  state: fc.constantFrom('OK', 'ALARM', 'INSUFFICIENT_DATA'),
  severity: fc.constantFrom(...severities),
  team: text,
  component: text,
  subject: text,
  title: text,
  impact: fc.array(text),
  facts: fc.array(text),
  evidence: fc.array(text),
  steps: fc.array(fc.record({ look: text, at: fc.option(link, { nil: undefined }) }), { maxLength: 30 }),
  consumersShould: fc.array(text),
  links: fc.array(link, { maxLength: 5 }),
  changedAt: fc.integer({ min: 0, max: 4e12 }),
});
