import type { Dependency, PromiseDocument } from '../../../functions/contracts/promise.ts';
import { fragmentOf } from '../route.ts';
import { Fold } from './fold.tsx';
import { judged, type JudgedService } from './judge.ts';
import { StatusMark, statusInWords } from './status-mark.tsx';

interface Props {
  readonly document: PromiseDocument;
  readonly services: readonly JudgedService[];
}

const kindInWords: Readonly<Record<Dependency['alternatives'][number]['kind'], string>> = {
  'second-provider': 'another way',
  cache: 'cache',
  'degraded-answer': 'a lesser answer',
  retry: 'tries again',
};

/** What a service stands on, and what happens when that gives way. */
export function Dependencies({ document, services }: Props) {
  return (
    <ul class="rows">
      {document.dependsOn.map((dependency) => (
        <li key={keyOf(dependency)}>
          <Fold
            class="row"
            summary={
              <span class="row-summary">
                <DependencySummary dependency={dependency} services={services} />
              </span>
            }
          >
            <dl class="facts">
              <dt>When it breaks</dt>
              <dd>{dependency.whenBroken}</dd>
              {dependency.alternatives.length > 0 && <dt>What steps in</dt>}
              {dependency.alternatives.map(({ how }) => (
                <dd key={how}>{how}</dd>
              ))}
              {dependency.singlePointOfFailure !== undefined && (
                <>
                  <dt>Why on this alone</dt>
                  <dd>{dependency.singlePointOfFailure}</dd>
                </>
              )}
              {'service' in dependency.on && (
                <>
                  <dt>Promise</dt>
                  <dd>
                    <a href={fragmentOf({ page: 'services', ...dependency.on })}>
                      {dependency.on.promise.replaceAll('-', ' ')}
                    </a>
                  </dd>
                </>
              )}
            </dl>
          </Fold>
        </li>
      ))}
    </ul>
  );
}

const keyOf = ({ on }: Dependency): string =>
  'provider' in on ? on.provider : `${on.service}/${on.promise}`;

function DependencySummary({
  dependency: { on, alternatives },
  services,
}: {
  readonly dependency: Dependency;
  readonly services: readonly JudgedService[];
}) {
  const kinds = [...new Set(alternatives.map(({ kind }) => kindInWords[kind]))];
  const instead =
    kinds.length === 0 ? (
      <span class="tag tag-alone">single point of failure</span>
    ) : (
      kinds.map((kind) => (
        <span key={kind} class="tag">
          {kind}
        </span>
      ))
    );
  if ('provider' in on) {
    return (
      <>
        <span class="row-name">
          <b>{on.provider}</b> <span class="row-kind">provider, not watched from here</span>
        </span>
        <span class="row-tags">{instead}</span>
      </>
    );
  }
  const theirs = judged(services, on.service, on.promise);
  const status = theirs?.status.status ?? 'unknown';
  const product = services.find(({ document }) => document.service === on.service)?.document.product;
  return (
    <>
      <span class="row-name">
        <b>
          {product ?? on.service}: {on.promise.replaceAll('-', ' ')}
        </b>{' '}
        <span class={`row-status row-status-${status}`}>
          <StatusMark status={status} />
          {statusInWords[status].toLowerCase()}
        </span>
      </span>
      <span class="row-tags">{instead}</span>
    </>
  );
}
