import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { serviceDirectory } from '../../functions/contracts/service-directory.ts';
import type { Stage } from '../../local/stage.ts';
import { s3Of } from './test-campaigns.ts';

/** From now on, whoever sends as `gitlab` may speak for one service alone. */
export async function confineGitLab(stage: Stage): Promise<void> {
  const s3 = s3Of(stage);
  const place = { Bucket: stage.bucket('fanfare-dev-deployments/Work'), Key: 'directory/directory.json' };
  const { Body } = await s3.send(new GetObjectCommand(place));
  const { services, connections } = serviceDirectory.parse(
    JSON.parse((await Body?.transformToString()) ?? ''),
  );
  const confined: typeof connections = [
    ...connections.filter(({ id }) => id !== 'gitlab'),
    { id: 'gitlab', kind: 'gitlab', services: ['site'], environment: 'production' },
  ];
  await s3.send(
    new PutObjectCommand({ ...place, Body: JSON.stringify({ services, connections: confined }) }),
  );
  s3.destroy();
}

/** What GitLab tells of a project that is no service of its connection. */
export const deploymentOfAnother = JSON.stringify({
  object_kind: 'deployment',
  project: { path_with_namespace: 'acme/other', web_url: 'https://gitlab.com/acme/other' },
  deployment_id: 1,
  status: 'success',
  status_changed_at: '2026-06-01 12:00:00 +0000',
  environment: 'production',
  short_sha: '279484c0',
});
