import type { JobState } from '../../../functions/contracts/job.ts';

/** The way of a photo as people see it: the upload, then the states of its job. */
export const stages = ['sending', 'checking', 'waiting', 'making', 'ready'] as const;
export type Stage = (typeof stages)[number];

export const stageWords: Readonly<Record<Stage, { step: string; title: string; detail: string }>> = {
  sending: {
    step: 'Send',
    title: 'Sending your picture',
    detail: 'Keep this page open until it has arrived.',
  },
  checking: {
    step: 'Check',
    title: 'Checking your picture',
    detail: 'It has left your device; it is being looked at.',
  },
  waiting: {
    step: 'Queue',
    title: 'Next in line',
    detail: 'Your picture is fine. It will be your turn in a moment.',
  },
  making: { step: 'Make', title: 'Making your pictures', detail: 'Cropping, composing, lettering.' },
  ready: { step: 'Ready', title: 'Your pictures are ready', detail: '' },
};

const stageOfState: Readonly<Record<Exclude<JobState, 'failed'>, Stage>> = {
  'awaiting-upload': 'checking',
  accepted: 'waiting',
  rendering: 'making',
  done: 'ready',
};

export const stageOf = (state: Exclude<JobState, 'failed'>): Stage => stageOfState[state];
