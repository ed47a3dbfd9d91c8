import { useState } from 'preact/hooks';
import { fragmentOf } from '../route.ts';
import type { Looking, ServiceChoice } from './looking.ts';

interface Props {
  readonly looking: Looking;
  readonly services: readonly ServiceChoice[];
}

/** A browser's list of suggestions is slow with thousands: so many that fit what was typed. */
const mostSuggested = 50;

/** Whose deployments are looked at; the choice is in the address. */
export function Filters({ looking, services }: Props) {
  const [typed, setTyped] = useState(looking.service ?? '');
  const teams = [...new Set(services.flatMap(({ team }) => team ?? []))].toSorted();
  const suggested = services
    .filter(
      ({ service, team }) => service.includes(typed) && (looking.team === undefined || team === looking.team),
    )
    .slice(0, mostSuggested);
  const go = (next: Looking): void => {
    location.hash = fragmentOf({ page: 'deployments', ...next });
  };
  return (
    <form
      class="filters"
      onSubmit={(event) => {
        event.preventDefault();
        go(typed === '' ? {} : { service: typed });
      }}
    >
      <div class="field">
        <label for="filter-team">Team</label>
        <select
          id="filter-team"
          value={looking.team ?? ''}
          onChange={({ currentTarget }) => {
            setTyped('');
            go(currentTarget.value === '' ? {} : { team: currentTarget.value });
          }}
        >
          <option value="">All teams</option>
          {teams.map((team) => (
            <option key={team} value={team}>
              {team}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="filter-service">Service</label>
        <input
          id="filter-service"
          list="filter-services"
          type="search"
          autocomplete="off"
          placeholder={services.length > 0 ? `One of ${services.length}` : 'All services'}
          value={typed}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            if (currentTarget.value === '') {
              go(looking.team === undefined ? {} : { team: looking.team });
            } else if (services.some(({ service }) => service === currentTarget.value)) {
              go({ service: currentTarget.value });
            }
          }}
        />
        <datalist id="filter-services">
          {suggested.map(({ service }) => (
            <option key={service} value={service} />
          ))}
        </datalist>
      </div>
    </form>
  );
}
