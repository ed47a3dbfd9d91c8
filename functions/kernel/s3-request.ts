import { type AwsEnvironment, awsEnvironment } from './aws-environment.ts';
import { type AwsAnswer, type AwsRequester, AwsRequestError, createAwsRequester } from './aws-request.ts';
import { bucketAddress } from './s3-address.ts';

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly bucket: string;
  readonly key: string;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

let service: { readonly environment: AwsEnvironment; readonly request: AwsRequester } | undefined;

function openService() {
  const environment = awsEnvironment();
  return { environment, request: createAwsRequester({ service: 's3', environment, errorOf }) };
}

/** Sends one request for an object to S3, as every AwsRequester does. What is not asked in every job stays with the SDK's client. */
export async function requestS3({ bucket, key, ...request }: S3Request): Promise<AwsAnswer> {
  service ??= openService();
  const { hostname, folder } = bucketAddress(service.environment, bucket);
  return service.request({ ...request, hostname, path: `${folder}${encodeKey(key)}` });
}

/** Everything but unreserved characters and slashes is encoded. Source: RFC 3986, 2.3, as S3 wants it in signatures. */
const encodeKey = (key: string): string =>
  key
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replaceAll(
        /[!'()*]/gu,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');

const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`, 'u').exec(xml)?.[1];

function errorOf(status: number, xml: string): AwsRequestError {
  const code = element(xml, 'Code') ?? `Http${status}`;
  return new AwsRequestError(code, element(xml, 'Message') ?? `S3 answered ${status}`, status);
}
