import * as z from 'zod';
import { type CdEventContent, name, outcome, reference, text, uri } from './cdevent-parts.ts';

/** Of what tests are about, the source may be any text. */
const testReference = z.strictObject({ id: name, source: text.optional() }).optional();
const testCaseRun = {
  testCase: z
    .strictObject({
      id: name,
      version: text.optional(),
      name: text.optional(),
      type: z
        .enum(['performance', 'functional', 'unit', 'security', 'compliance', 'integration', 'e2e', 'other'])
        .optional(),
      uri: uri.optional(),
    })
    .optional(),
  testSuiteRun: testReference,
};
const testSuiteRun = {
  environment: reference,
  testSuite: z
    .strictObject({ id: name, version: text.optional(), name: text.optional(), uri: uri.optional() })
    .optional(),
};
const trigger = z
  .looseObject({
    type: z.enum(['manual', 'pipeline', 'event', 'schedule', 'other']).optional(),
    uri: uri.optional(),
  })
  .optional();
const begunTestCase = z.strictObject({ ...testCaseRun, environment: reference, trigger });
const begunTestSuite = z.strictObject({ ...testSuiteRun, trigger });
const verdict = {
  outcome,
  severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
  reason: text.optional(),
};

/** Types of tests, as in `cdEventContents`. */
export const testContents = {
  'testcaserun.queued': { version: '0.3.0', content: begunTestCase },
  'testcaserun.started': { version: '0.3.0', content: begunTestCase },
  'testcaserun.finished': {
    version: '0.3.0',
    content: z.strictObject({ ...testCaseRun, ...verdict, environment: reference }),
  },
  'testcaserun.skipped': {
    version: '0.2.0',
    content: z.strictObject({
      ...testCaseRun,
      environment: reference.optional(),
      reason: text.optional(),
    }),
  },
  'testsuiterun.queued': { version: '0.3.0', content: begunTestSuite },
  'testsuiterun.started': { version: '0.3.0', content: begunTestSuite },
  'testsuiterun.finished': { version: '0.3.0', content: z.strictObject({ ...testSuiteRun, ...verdict }) },
  'testoutput.published': {
    version: '0.3.0',
    content: z.strictObject({
      outputType: z.enum(['report', 'video', 'image', 'log', 'other']),
      format: text,
      uri: uri.optional(),
      testCaseRun: testReference,
    }),
  },
} satisfies Readonly<Record<string, CdEventContent>>;
