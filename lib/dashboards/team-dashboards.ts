import {
  Dashboard,
  type IWidget,
  PeriodOverride,
  TextWidget,
  type VerticalAnnotation,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { dashboardName } from '../../functions/contracts/place-links.ts';
import type { ServiceAlarms } from '../alarms/service-alarms.ts';
import { OwnedStack } from '../stacks/owned-stack.ts';
import { teamCalled } from '../teams.ts';
import { serviceWidgets } from './service-widgets.ts';

export interface TeamDashboardsProps {
  readonly services: readonly ServiceAlarms[];
}

/** A dashboard for each team that owns a service, with everything of its services, and one for the whole, with what people are told. */
export class TeamDashboards extends Construct {
  constructor(scope: Construct, id: string, props: TeamDashboardsProps) {
    super(scope, id);
    const deployments = lastDeployment(this);
    const byTeam = Map.groupBy(props.services, ({ service }) => service.team);
    for (const [team, services] of byTeam) {
      this.dashboard(team, [
        [heading(`# Team ${team}\n${teamCalled(team).mission}`)],
        ...services.flatMap((service) => serviceWidgets(service, deployments)),
      ]);
    }
    this.dashboard(undefined, [
      [heading('# Fanfare\nEvery service: what it promised, and what its team is told.')],
      ...props.services.flatMap((service) =>
        serviceWidgets(service, deployments).slice(0, 2 + service.service.promises.length),
      ),
    ]);
  }

  private dashboard(team: string | undefined, rows: IWidget[][]): void {
    const { deploymentStage } = OwnedStack.owning(this);
    new Dashboard(this, team ?? 'all', {
      dashboardName: dashboardName(deploymentStage, team),
      periodOverride: PeriodOverride.INHERIT,
      widgets: rows,
    });
  }
}

const heading = (markdown: string): TextWidget => new TextWidget({ width: 24, height: 2, markdown });

/** `npm run deploy` tells when and what: graphs show where it begins. Nobody else does, so that a synthesis gives the same template every time. */
function lastDeployment(scope: Construct): VerticalAnnotation[] {
  const [at, revision] = ['deployedAt', 'revision'].map((key) => {
    const value: unknown = scope.node.tryGetContext(key);
    return typeof value === 'string' ? value : undefined;
  });
  return at === undefined ? [] : [{ date: at, label: `deployed ${revision ?? ''}`.trim() }];
}
