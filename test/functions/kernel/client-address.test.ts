import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../functions/kernel/client-address.ts';
import { httpEvent } from './http-event.ts';

const token = '0123456789abcdef';
const event = (headers: Record<string, string>): APIGatewayProxyEventV2 =>
  httpEvent('POST /personalise/uploads', { headers, sourceIp: '203.0.113.9' });

describe('the client’s address', () => {
  it('is the viewer’s when CloudFront vouches for it', () => {
    const headers = { 'x-fanfare-edge': token, 'cloudfront-viewer-address': '198.51.100.10:46532' };
    expect(clientAddress(event(headers), token)).toBe('198.51.100.10');
  });

  it.each([
    ['without the token', {}],
    ['with a wrong token', { 'x-fanfare-edge': '0123456789abcdeX' }],
    ['with a token of another length', { 'x-fanfare-edge': '0' }],
  ])('is the connection’s %s, whatever the header claims', (_case, headers) => {
    const claimed = { ...headers, 'cloudfront-viewer-address': '198.51.100.10:46532' };
    expect(clientAddress(event(claimed), token)).toBe('203.0.113.9');
  });

  it('is the /64 network of an IPv6 address, however it is written', () => {
    const network = (address: string): string =>
      clientAddress(event({ 'x-fanfare-edge': token, 'cloudfront-viewer-address': `${address}:443` }), token);
    expect(network('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(network('[2001:0db8:0000:0000:ffff:1:2:3]')).toBe('2001:db8:0:0::/64');
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), (one, other) => {
        fc.pre(!one.includes('.') && !other.includes('.'));
        const groups = (address: string): string => new URL(`http://[${address}]`).hostname;
        expect(network(one) === network(groups(one).slice(1, -1))).toBe(true);
      }),
    );
  });
});
