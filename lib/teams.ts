import type { Severity } from '../functions/contracts/alarm-name.ts';

/** Where a team gets the alarms of one severity. */
export interface NotificationTargets {
  /** SNS sends to these itself, and asks each address to confirm. */
  readonly emails: readonly string[];
  /** The field of the stage's secret that holds the address of a chat webhook. @default no chat */
  readonly chat?: string;
  /** The field of the stage's secret that holds an integration key of PagerDuty's Events API v2. @default no pager */
  readonly pagerDuty?: string;
}

/** Who owns what: tags, alarm topics, notifications and CODEOWNERS follow it. */
export interface Team {
  /** What the team answers for, in a sentence. */
  readonly mission: string;
  /** As in CODEOWNERS. */
  readonly codeOwner: string;
  /** Who does what in the team; people change, roles stay. */
  readonly members: readonly { readonly role: string; readonly does: string }[];
  readonly notify: Readonly<Record<Severity, NotificationTargets>>;
}

export const teamNames = ['campaigns', 'studio', 'delivery', 'platform'] as const;
export type TeamName = (typeof teamNames)[number];

/** Pages ring the pager and show in the chat; tickets show in the chat only. The values are in the secret `notifySecretName`. */
const chatAndPager = (team: TeamName): Team['notify'] => ({
  page: { emails: [], chat: `${team}-chat`, pagerDuty: `${team}-pagerduty` },
  ticket: { emails: [], chat: `${team}-chat` },
});

const onCall = { role: 'on call', does: 'takes pages, and leads while a promise is broken' } as const;
const owner = {
  role: 'product owner',
  does: 'decides what is promised, and tells consumers what changes',
} as const;

export const teams: Record<TeamName, Team> = {
  campaigns: {
    mission: 'Personalised pictures for the audience of a campaign.',
    codeOwner: '@fanfare/campaigns',
    members: [onCall, owner, { role: 'designer', does: 'draws campaigns and looks at every preview' }],
    notify: chatAndPager('campaigns'),
  },
  studio: {
    mission: 'The editor for memes, animations and movies.',
    codeOwner: '@fanfare/studio',
    members: [onCall, owner],
    notify: chatAndPager('studio'),
  },
  delivery: {
    mission: 'The stream of deployments and incidents, and the reports made of it.',
    codeOwner: '@fanfare/delivery',
    members: [onCall, owner],
    notify: chatAndPager('delivery'),
  },
  platform: {
    mission: 'Network, cache, site and the ways in which services are operated.',
    codeOwner: '@fanfare/platform',
    members: [onCall, owner],
    notify: chatAndPager('platform'),
  },
};

/** The team called `name`. Throws, with the names that exist, for any other. */
export function teamCalled(name: string): Team & { readonly name: TeamName } {
  const known = teamNames.find((each) => each === name);
  if (known === undefined) {
    throw new Error(`There is no team “${name}” in lib/teams.ts; there are ${teamNames.join(', ')}.`);
  }
  return { name: known, ...teams[known] };
}
