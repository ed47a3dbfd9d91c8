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
  const confined = connections.map((each) => (each.id === 'gitlab' ? { ...each, services: ['site'] } : each));
  await s3.send(
    new PutObjectCommand({ ...place, Body: JSON.stringify({ services, connections: confined }) }),
  );
  s3.destroy();
}
