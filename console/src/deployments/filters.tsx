import { useMemo } from 'preact/hooks';
import { type Choice, Combobox } from '../parts/combobox.tsx';
import { fragmentOf } from '../route.ts';
import { count } from '../services/words.ts';
import type { Looking, ServiceChoice } from './looking.ts';
import '../styles/combobox.css';

interface Props {
  readonly looking: Looking;
  readonly services: readonly ServiceChoice[];
}

/** Whose deployments are looked at; the choice is in the address. */
export function Filters({ looking, services }: Props) {
  const teams = useMemo(() => teamChoices(services), [services]);
  const ofTeam = useMemo(() => serviceChoices(services, looking.team), [services, looking.team]);
  const go = (next: Looking): void => {
    location.hash = fragmentOf({ page: 'deployments', ...next });
  };
  const { team } = looking;
  return (
    <div class="filters">
      <Combobox
        id="filter-team"
        label="Team"
        placeholder="All teams"
        choices={teams}
        chosen={team}
        onChoose={(next) => {
          go(next === undefined ? {} : { team: next });
        }}
      />
      <Combobox
        id="filter-service"
        label="Service"
        placeholder={ofTeam.length > 0 ? `All ${count(ofTeam.length, 'service')}` : 'All services'}
        choices={ofTeam}
        chosen={looking.service}
        onChoose={(service) => {
          go({
            ...(team === undefined ? {} : { team }),
            ...(service === undefined ? {} : { service }),
          });
        }}
      />
    </div>
  );
}

function teamChoices(services: readonly ServiceChoice[]): Choice[] {
  const counts = new Map<string, number>();
  for (const { team } of services) {
    if (team !== undefined) {
      counts.set(team, (counts.get(team) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, number]) => ({ value, hint: count(number, 'service') }));
}

const serviceChoices = (services: readonly ServiceChoice[], of: string | undefined): Choice[] =>
  services
    .filter(({ team }) => of === undefined || team === of)
    .map(({ service, team = 'owned by nobody', open }) => ({
      value: service,
      hint: open > 0 ? `${team}, ${count(open, 'open incident')}` : team,
    }));
