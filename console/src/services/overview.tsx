import { fragmentOf } from '../route.ts';
import type { JudgedService } from './judge.ts';
import { StatusMark, statusInWords } from './status-mark.tsx';

/** Every promise of every service at a glance, as a way to it. */
export function Overview({ services }: { readonly services: readonly JudgedService[] }) {
  return (
    <nav class="overview" aria-label="Services">
      {services.map(({ document, promises }) => (
        <div key={document.service} class="overview-service">
          <p>
            <a class="overview-name" href={fragmentOf({ page: 'services', service: document.service })}>
              {document.product}
            </a>
            <span class="hint">team {document.team}</span>
          </p>
          <ul>
            {promises.map(({ promise, status }) => (
              <li key={promise.id}>
                <a
                  class="overview-promise"
                  href={fragmentOf({ page: 'services', service: document.service, promise: promise.id })}
                >
                  <StatusMark status={status.status} />
                  <span>
                    {promise.id.replaceAll('-', ' ')}
                    <span class="visually-hidden">, {statusInWords[status.status].toLowerCase()}</span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
