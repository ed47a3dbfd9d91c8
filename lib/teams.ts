/** Who owns what: tags, alarm topics and CODEOWNERS follow it. */
export interface Team {
  /** What the team answers for, in a sentence. */
  readonly mission: string;
  /** As in CODEOWNERS. */
  readonly codeOwner: string;
  /** Addresses that get the team's alarms by e-mail, beside whatever else subscribes to its topic. SNS asks each to confirm. */
  readonly alarmEmails: readonly string[];
}

export const teamNames = ['campaigns', 'studio', 'delivery', 'platform'] as const;
export type TeamName = (typeof teamNames)[number];

export const teams: Record<TeamName, Team> = {
  campaigns: {
    mission: 'Personalised pictures for the audience of a campaign.',
    codeOwner: '@fanfare/campaigns',
    alarmEmails: [],
  },
  studio: {
    mission: 'The editor for memes, animations and movies.',
    codeOwner: '@fanfare/studio',
    alarmEmails: [],
  },
  delivery: {
    mission: 'The stream of deployments and incidents, and the reports made of it.',
    codeOwner: '@fanfare/delivery',
    alarmEmails: [],
  },
  platform: {
    mission: 'Network, cache, site and the ways in which services are operated.',
    codeOwner: '@fanfare/platform',
    alarmEmails: [],
  },
};
