import * as z from 'zod';
import { type AwsEvent, one, placeOf, sourceOf, timeOf } from './aws-event.ts';
import type { DirectoryIndex } from './directory-index.ts';
import type { Translated } from './translation.ts';

/** As CloudTrail records a call: parameters in camel case, none where the call was refused before they were read. */
export const lambdaCallSchema = z.looseObject({
  eventName: z.string(),
  errorCode: z.string().optional(),
  sourceIPAddress: z.string().optional(),
  requestParameters: z
    .looseObject({
      functionName: z.string(),
      functionVersion: z.string().optional(),
      dryRun: z.boolean().optional(),
      routingConfig: z
        .looseObject({ additionalVersionWeights: z.record(z.string(), z.number()).optional() })
        .nullish(),
    })
    .nullish(),
  responseElements: z
    .looseObject({
      version: z.string().optional(),
      functionVersion: z.string().optional(),
      codeSha256: z.string().optional(),
    })
    .nullish(),
});
type Call = z.infer<typeof lambdaCallSchema>;

/** Who changes functions as a part of what it tells of itself. */
const tellThemselves: ReadonlySet<string | undefined> = new Set([
  'cloudformation.amazonaws.com',
  'codedeploy.amazonaws.com',
]);

/** What somebody or something did to a function by itself: a version, an alias that is moved as a whole, new code. */
export function fromLambdaCall(event: AwsEvent, call: Call, directory: DirectoryIndex): Translated {
  const { eventName, requestParameters: asked } = call;
  const changedNothing = whyNothing(call);
  if (asked === undefined || asked === null || changedNothing !== undefined) {
    return { ignored: changedNothing ?? `${eventName} failed.` };
  }
  // A name, or an ARN that ends in one.
  const name = asked.functionName.replace(/^.*:function:/u, '').replace(/:.*$/u, '');
  const { service, environment } = placeOf(name, directory);
  const artifactId = `pkg:generic/${name}@${encodeURIComponent(versionOf(call) ?? timeOf(event))}`;
  const common = {
    id: `lambda/${event.id}`,
    source: sourceOf(event, 'lambda'),
    at: timeOf(event),
    services: [service],
  };
  if (eventName.startsWith('PublishVersion')) {
    return one({ ...common, type: 'artifact.published', subject: artifactId, content: {} });
  }
  return eventName.startsWith('UpdateAlias') || eventName.startsWith('UpdateFunctionCode')
    ? one({
        ...common,
        type: 'service.upgraded',
        subject: service,
        content: { environment: { id: environment }, artifactId },
      })
    : { ignored: `Nothing follows from ${eventName}.` };
}

function whyNothing({ eventName, errorCode, sourceIPAddress, requestParameters }: Call): string | undefined {
  if (errorCode !== undefined) {
    return `${eventName} failed.`;
  }
  if (tellThemselves.has(sourceIPAddress)) {
    return `${sourceIPAddress} tells of what it does itself.`;
  }
  if (requestParameters?.dryRun === true) {
    return `${eventName} was only tried.`;
  }
  const weights = Object.values(requestParameters?.routingConfig?.additionalVersionWeights ?? {});
  return weights.some((weight) => weight > 0)
    ? 'A part of the calls goes to another version; it is deployed when all of them do.'
    : undefined;
}

/** `$LATEST` is every code in its turn; its digest tells them apart. */
function versionOf({ requestParameters, responseElements }: Call): string | undefined {
  const version =
    requestParameters?.functionVersion ?? responseElements?.functionVersion ?? responseElements?.version;
  return version === '$LATEST' ? (responseElements?.codeSha256 ?? version) : version;
}
