import type { PromiseDocument, ServicePromise } from '../../../functions/contracts/promise.ts';
import { documentOf, type Finding } from '../finding.ts';

/** An objective says of its measure what that can be compared with, and formulas use only the metrics that they name. */
export const checkMeasures = (documents: readonly PromiseDocument[]): Finding[] =>
  documents.flatMap(({ service, promises }) =>
    promises.flatMap((promise) => [...checkObjective(service, promise), ...checkNames(service, promise)]),
  );

function checkObjective(service: string, { id, measure, objective }: ServicePromise): Finding[] {
  const [wanted, given] = measure.kind === 'ratio' ? ['atLeast', 'atMost'] : ['atMost', 'atLeast'];
  return wanted in objective
    ? []
    : [
        {
          rule: 'objective-of-another-kind',
          construct: documentOf(service),
          problem: `${service}/${id} measures a ${measure.kind}, and its objective says ${given}: it could never be judged.`,
          mend: `Write the objective of ${id} with ${wanted} in ${documentOf(service)}, or measure it as a ${measure.kind === 'ratio' ? 'bound' : 'ratio'}.`,
        },
      ];
}

function checkNames(service: string, { id, measure }: ServicePromise): Finding[] {
  const formulas = measure.kind === 'ratio' ? [measure.good, measure.total] : [measure.value, measure.total];
  // CloudWatch’s own functions are in capital letters, names of metrics are not.
  const used = new Set(formulas.flatMap((formula) => formula.match(/\b[a-z]\w*/gu) ?? []));
  const names = Object.keys(measure.metrics);
  const file = documentOf(service);
  const unknown = [...used]
    .filter((name) => !names.includes(name))
    .map((name): Finding => ({
      rule: 'formula-of-no-metric',
      construct: file,
      problem: `The measure of ${service}/${id} computes with “${name}”, and has only ${names.join(', ') || 'no metrics'}.`,
      mend: `Add “${name}” to the metrics of ${id} in ${file}, or correct the formula.`,
    }));
  const idle = names
    .filter((name) => !used.has(name))
    .map((name): Finding => ({
      rule: 'metric-in-no-formula',
      construct: file,
      problem: `The measure of ${service}/${id} has the metric “${name}”, and no formula uses it.`,
      mend: `Use “${name}” in a formula of ${id} in ${file}, or take it out.`,
    }));
  return [...unknown, ...idle];
}
