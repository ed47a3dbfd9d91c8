import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod';
import { lambdaCredentials } from '../../kernel/lambda-credentials.ts';
import type { CodeDeployments } from '../domain/intake/ports.ts';

const answerSchema = z.object({
  deploymentInfo: z.object({
    creator: z.string().optional(),
    /** Epoch seconds. */
    createTime: z.number(),
    rollbackInfo: z.object({ rollbackTriggeringDeploymentId: z.string().optional() }).nullish(),
  }),
});

/** EventBridge's event is given to the function again when this took too long. */
const patienceMs = 5000;

/**
 * Asks CodeDeploy for one deployment at a time, signed in the function's name: its SDK client would be hundreds of times as long.
 * Source: AWS CodeDeploy API reference, "GetDeployment".
 *
 * @param endpointOf of a region
 */
export const createCodeDeployments = (
  endpointOf = (region: string): string => `https://codedeploy.${region}.amazonaws.com`,
): CodeDeployments => ({
  rollbackOf: async (region, deploymentId) => {
    const url = new URL(endpointOf(region));
    const body = JSON.stringify({ deploymentId });
    const signer = new SignatureV4({
      service: 'codedeploy',
      region,
      credentials: lambdaCredentials().credentials,
      sha256: Hash.bind(null, 'sha256'),
    });
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: '/',
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'CodeDeploy_20141006.GetDeployment',
      },
      body,
    });
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!answer.ok) {
      throw new Error(`CodeDeploy answered ${answer.status} of ${deploymentId}: ${await answer.text()}`);
    }
    const { creator, createTime, rollbackInfo } = answerSchema.parse(await answer.json()).deploymentInfo;
    return creator === 'codeDeployRollback'
      ? { failedId: rollbackInfo?.rollbackTriggeringDeploymentId, beganMs: createTime * 1000 }
      : undefined;
  },
});
