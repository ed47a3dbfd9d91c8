import type { MetricsReport } from '../../../functions/contracts/deployment-report.ts';
import { type FigureName, unknownReasons } from '../../../functions/contracts/figure-names.ts';
import { count } from '../services/words.ts';
import { figureInWords, valueInWords } from './words.ts';

const dora = [
  'deploymentFrequency',
  'changeLeadTime',
  'changeFailRate',
  'failedDeploymentRecoveryTime',
  'deploymentReworkRate',
] as const satisfies readonly FigureName[];

const operations = [
  'timeToDetect',
  'timeToRestoreService',
  'timeBetweenFailures',
  'deployments',
  'changes',
  'incidents',
] as const satisfies readonly FigureName[];

/** The five metrics of DORA, large, and those of operations below: each with what it was made of. */
export function FigureCards({ report }: { readonly report: MetricsReport }) {
  const days = Math.round((Date.parse(report.to) - Date.parse(report.from)) / 86_400_000);
  return (
    <section class="figures" aria-label="Figures">
      <p class="hint">
        Of the last {count(days, 'day')}, in {report.environments.join(', ')};{' '}
        {count(report.scope.services, 'service')}.
      </p>
      <dl class="figure-cards" aria-live="polite">
        {dora.map((name) => (
          <Card key={name} name={name} report={report} />
        ))}
      </dl>
      <dl class="figure-cards figure-cards-small">
        {operations.map((name) => (
          <Card key={name} name={name} report={report} />
        ))}
      </dl>
    </section>
  );
}

function Card({ name, report }: { readonly name: FigureName; readonly report: MetricsReport }) {
  const figure = report.figures[name];
  const isCount = figure.unit === 'count';
  const isOpen = figure.open !== undefined && figure.open > 0;
  return (
    <div class={`figure-card ${figure.value === null ? 'is-unknown' : ''}`} title={figure.formula}>
      <dt>{figureInWords[name]}</dt>
      <dd class="figure-value">{valueInWords(figure)}</dd>
      <dd class="hint">
        {figure.unknown === undefined
          ? isCount
            ? ''
            : `of ${figure.sample}${isOpen ? ';' : ''}`
          : unknownReasons[figure.unknown]}
        {isOpen ? ` ${figure.open} still open` : ''}
      </dd>
    </div>
  );
}
