import { describe, expect, it } from 'vitest';
import { bundle, lambda } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const running = useSmallStage(
  {
    Fine: lambda('fine'),
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'Api' },
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 3 },
      },
    },
    To: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Fine', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Default: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: '$default',
        Target: { 'Fn::Sub': 'integrations/${To}' },
      },
    },
  },
  { fine: bundle(`export const handler = async () => 'fine';`) },
);

describe('a throttled HTTP API', () => {
  it('answers 429 beyond its burst, as API Gateway words it', async () => {
    const url = `${running().stage.apiEndpoint('Api')}/any/where`;
    const answers = await Promise.all(Array.from({ length: 6 }, async () => fetch(url)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(refused).toHaveLength(3);
    expect(await refused[0]?.json()).toEqual({ message: 'Too Many Requests' });
  });
});
