import * as z from 'zod';
import { awsEnvironment } from '../../kernel/aws-environment.ts';
import { jsonErrorOf } from '../../kernel/aws-json-error.ts';
import { type AwsRequester, createAwsRequester } from '../../kernel/aws-request.ts';
import type { CodeDeployments } from '../domain/intake/ports.ts';

const answerSchema = z.object({
  deploymentInfo: z.object({
    creator: z.string().optional(),
    /** Epoch seconds. */
    createTime: z.number(),
    rollbackInfo: z.object({ rollbackTriggeringDeploymentId: z.string().optional() }).nullish(),
  }),
});

/** Asks CodeDeploy for one deployment at a time. Source: AWS CodeDeploy API reference, "GetDeployment". */
export function createCodeDeployments(): CodeDeployments {
  const requesters = new Map<string, AwsRequester>();
  const requesterOf = (region: string): AwsRequester => {
    const environment = { ...awsEnvironment(), region };
    const requester =
      requesters.get(region) ??
      createAwsRequester({ service: 'codedeploy', environment, errorOf: jsonErrorOf('CodeDeploy') });
    requesters.set(region, requester);
    return requester;
  };
  return {
    rollbackOf: async (region, deploymentId) => {
      const { codedeploy: endpoint = `https://codedeploy.${region}.amazonaws.com` } =
        awsEnvironment().endpoints;
      const { body } = await requesterOf(region)({
        method: 'POST',
        hostname: new URL(endpoint).hostname,
        path: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'CodeDeploy_20141006.GetDeployment',
        },
        body: JSON.stringify({ deploymentId }),
      });
      const { deploymentInfo } = answerSchema.parse(JSON.parse(body.toString('utf8')));
      const { creator, createTime, rollbackInfo } = deploymentInfo;
      return creator === 'codeDeployRollback'
        ? { failedId: rollbackInfo?.rollbackTriggeringDeploymentId, beganMs: createTime * 1000 }
        : undefined;
    },
  };
}
