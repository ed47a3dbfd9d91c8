import { timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/**
 * Who sent the request, as one rate limit counts: an IPv4 address, or the /64 network of an IPv6 address (one customer's, usually).
 * `CloudFront-Viewer-Address` is believed only with the token that CloudFront alone sends; anybody else is the address that connected to API Gateway.
 */
export function clientAddress(event: APIGatewayProxyEventV2, edgeToken: string): string {
  const viewer = event.headers['cloudfront-viewer-address'];
  const isFromEdge = equal(event.headers['x-fanfare-edge'] ?? '', edgeToken);
  const address =
    viewer !== undefined && isFromEdge
      ? viewer.slice(0, viewer.lastIndexOf(':')).replaceAll(/[[\]]/gu, '')
      : event.requestContext.http.sourceIp;
  return isIPv6(address) ? network64(address) : address;
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** The first four groups of an IPv6 address. */
function network64(address: string): string {
  const [before = '', after] = address.split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const groups =
    after === undefined
      ? left
      : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
