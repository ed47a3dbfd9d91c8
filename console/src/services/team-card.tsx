import type { CataloguedTeam } from '../../../functions/contracts/catalogue.ts';
import { dashboardName } from '../../../functions/contracts/place-links.ts';
import { capitalised } from './words.ts';

interface Props {
  readonly team: CataloguedTeam;
  /** Undefined when nothing tells which it is. */
  readonly stage: string | undefined;
}

export function TeamCard({ team, stage }: Props) {
  return (
    <div class="team">
      <p class="team-name">
        Team <b>{team.name}</b>
      </p>
      <p>{team.mission}</p>
      <dl class="team-roles">
        {team.members.map(({ role, does }) => (
          <div key={role}>
            <dt>{capitalised(role)}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        Its dashboard in CloudWatch: <code>{dashboardName(stage ?? '<stage>', team.name)}</code>
      </p>
    </div>
  );
}
