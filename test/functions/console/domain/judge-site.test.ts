import { describe, expect, it } from 'vitest';
import { judgePage, judgeScript } from '../../../../functions/console/domain/judge-site.ts';
import type { SiteAnswer } from '../../../../functions/console/domain/ports.ts';

const page = (change: Partial<SiteAnswer> = {}): SiteAnswer => ({
  address: 'https://fanfare.example.com/',
  status: 200,
  contentType: 'text/html; charset=utf-8',
  body: '<!doctype html><html><head><script type="module" crossorigin src="/assets/index-a1b2.js"></script></head></html>',
  ...change,
});
const script = (change: Partial<SiteAnswer> = {}): SiteAnswer => ({
  address: 'https://fanfare.example.com/assets/index-a1b2.js',
  status: 200,
  contentType: 'text/javascript',
  body: 'go()',
  ...change,
});

describe('the page', () => {
  it.each([
    ['from the root', page().body, 'https://fanfare.example.com/assets/index-a1b2.js'],
    ['relative', "<SCRIPT src='a.js'></SCRIPT>", 'https://fanfare.example.com/a.js'],
    [
      'at another host',
      '<script\n  src = "https://cdn.example.com/a.js"></script>',
      'https://cdn.example.com/a.js',
    ],
    [
      'after one without an address',
      '<script>let a</script><script src="/b.js"></script>',
      'https://fanfare.example.com/b.js',
    ],
  ])('names its script %s', (_case, body, address) => {
    expect(judgePage(page({ body }))).toBe(address);
  });

  it.each<[string, Partial<SiteAnswer>]>([
    ['The page https://fanfare.example.com/ was answered with 403, not 200.', { status: 403 }],
    [
      'The page https://fanfare.example.com/ is application/json, not text/html.',
      { contentType: 'application/json' },
    ],
    ['The page https://fanfare.example.com/ is of no media type, not text/html.', { contentType: '' }],
    ['The page https://fanfare.example.com/ names no script: it shows nothing.', { body: '<html></html>' }],
    [
      'The page https://fanfare.example.com/ names no script: it shows nothing.',
      { body: '<script data-src="a.js"></script>' },
    ],
    [
      'The page https://fanfare.example.com/ names no script: it shows nothing.',
      { body: '<script src="https://[">' },
    ],
  ])('is broken: %s', (sentence, change) => {
    expect(() => judgePage(page(change))).toThrow(sentence);
  });
});

describe('the script', () => {
  it.each(['text/javascript', 'application/javascript; charset=utf-8', 'Text/JavaScript'])(
    'may be %s',
    (contentType) => {
      expect(() => judgeScript(script({ contentType }))).not.toThrow();
    },
  );

  it.each<[string, Partial<SiteAnswer>]>([
    [
      'The page’s script https://fanfare.example.com/assets/index-a1b2.js was answered with 404, not 200.',
      { status: 404 },
    ],
    [
      'The page’s script https://fanfare.example.com/assets/index-a1b2.js is text/html, not JavaScript.',
      { contentType: 'text/html' },
    ],
  ])('is broken: %s', (sentence, change) => {
    expect(() => judgeScript(script(change))).toThrow(sentence);
  });
});
