import type { Recipe, StudioFormat } from '../../contracts/recipe.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';
import { canonicalRecipe } from './canonical-recipe.ts';
import { oneOf } from './in-words.ts';
import { escapeLine, unescapeLine } from './line-escapes.ts';
import { readRecipe } from './read-recipe.ts';

/** What an address `/studio/images/{template}/{line1}/{line2}….{ext}?font&width&…` says. */
export interface SharedImage {
  readonly template: string;
  /** For the caption boxes in turn; a blank one leaves its box empty. */
  readonly lines: readonly string[];
  readonly format: SharedFormat;
  readonly options: SharedOptions;
}

export type SharedFormat = Extract<StudioFormat, 'png' | 'jpeg' | 'webp' | 'gif' | 'mp4'>;

export interface SharedOptions {
  readonly font?: string;
  /** `#rrggbb`; without its # in an address. */
  readonly colour?: string;
  /** Upper case. */
  readonly caps?: boolean;
  readonly width?: number;
  readonly quality?: number;
  /** The moment of something that moves, in milliseconds, as a still. */
  readonly at?: number;
  /** Whose key signs the address. */
  readonly campaign?: string;
  /** Epoch seconds. Only a signed address expires. */
  readonly expires?: number;
}

const extensions: Readonly<Record<string, SharedFormat>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  mp4: 'mp4',
};
const prefix = '/studio/images/';

/** How a campaign may be named, for people. */
export const campaignRule = 'A campaign is named with lower-case letters, digits and single hyphens.';
/** Whether it follows `campaignRule`. */
export const isCampaign = (name: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/u.test(name);

const numbers = ['width', 'quality', 'at', 'expires'] as const;
const keys: ReadonlySet<string> = new Set(['font', 'colour', 'caps', ...numbers, 'campaign', 'signature']);

/**
 * @param path of the request, with or without its percent-encoding: no escaped text has a percent sign in it
 * @param query as the client sent it, decoded
 * @throws HttpProblem 422 `invalid-address` with what is wrong
 */
export function parseShareAddress(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): SharedImage & { readonly signature: string | undefined } {
  const segments = path.slice(path.startsWith(prefix) ? prefix.length : 0).split('/');
  const last = segments.at(-1) ?? '';
  const dot = last.lastIndexOf('.');
  const extension = dot === -1 ? '' : last.slice(dot + 1).toLowerCase();
  const format = Object.hasOwn(extensions, extension) ? extensions[extension] : undefined;
  if (format === undefined) {
    throw invalid(`The address ends in .${oneOf(['png', 'jpg', 'webp', 'gif', 'mp4'])}.`);
  }
  const [template = '', ...lines] = [...segments.slice(0, -1), last.slice(0, dot)].map(decode);
  const unknown = Object.keys(query).filter((key) => !keys.has(key));
  if (unknown.length > 0) {
    throw invalid(`There is no option ${oneOf(unknown)}; there is ${oneOf(keys)}.`);
  }
  const { signature } = query;
  return { template, lines: lines.map(unescapeLine), format, options: readOptions(query), signature };
}

function readOptions(query: Readonly<Record<string, string | undefined>>): SharedOptions {
  const { font, colour, caps, campaign } = query;
  if (colour !== undefined && !/^[0-9a-f]{6}([0-9a-f]{2})?$/iu.test(colour)) {
    throw invalid('A colour is six or eight hexadecimal digits, such as colour=ff8800.');
  }
  if (caps !== undefined && caps !== '0' && caps !== '1' && caps !== '') {
    throw invalid('caps is 1 or 0.');
  }
  if (campaign !== undefined && !isCampaign(campaign)) {
    throw invalid(campaignRule);
  }
  const given = numbers.flatMap((name) => {
    const value = query[name];
    if (value === undefined) {
      return [];
    }
    if (!/^\d{1,12}$/u.test(value)) {
      throw invalid(`${name} is a whole number.`);
    }
    return [[name, Number(value)] as const];
  });
  return {
    ...(font === undefined ? {} : { font }),
    ...(colour === undefined ? {} : { colour: `#${colour.toLowerCase()}` }),
    ...(caps === undefined ? {} : { caps: caps !== '0' }),
    ...(campaign === undefined ? {} : { campaign }),
    ...Object.fromEntries(given),
  };
}

/** The canonical address: path and query, options in alphabetical order. It is what is signed. */
export function shareAddress({ template, lines, format, options }: SharedImage): string {
  const used = lines.slice(0, lines.findLastIndex((line) => !isBlank(line)) + 1);
  const path = [template, ...used.map(escapeLine)].map((segment) => encodeURIComponent(segment)).join('/');
  const { font, colour, caps, width, quality, at, campaign, expires } = options;
  const query = Object.entries({
    at,
    campaign,
    caps: caps === undefined ? undefined : caps ? '1' : '0',
    colour: colour?.slice(1),
    expires,
    font,
    quality,
    width,
  })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
  return `${prefix}${path}.${format === 'jpeg' ? 'jpg' : format}${query === '' ? '' : `?${query}`}`;
}

/**
 * The recipe of an address. A png or jpg is the first moment of a template that moves, unless `at` says another.
 *
 * @throws HttpProblem 422 `invalid-recipe`
 */
export function recipeOfShared({ template, lines, format, options }: SharedImage): Recipe {
  const { font, colour, caps, width, quality, at } = options;
  return readRecipe({
    source: { kind: 'template', template },
    captions: lines.flatMap((text, slot) =>
      isBlank(text) ? [] : [{ text, place: { slot }, font, colour, upperCase: caps }],
    ),
    output: {
      format,
      width,
      quality,
      stillAtMs: at ?? (format === 'png' || format === 'jpeg' ? 0 : undefined),
    },
  });
}

/** What to share of a recipe; undefined when an address cannot say all of it. */
export function sharedOf(recipe: Recipe): SharedImage | undefined {
  const { source, captions, output } = recipe;
  const { format } = output;
  if (source.kind !== 'template' || !isShared(format)) {
    return undefined;
  }
  const [first] = captions;
  const lines: string[] = [];
  for (const [index, { text, place }] of captions.entries()) {
    const slot = place === undefined ? index : typeof place === 'object' && 'slot' in place ? place.slot : -1;
    if (slot < 0 || lines[slot] !== undefined) {
      return undefined;
    }
    lines[slot] = text;
  }
  const isFirst = output.stillAtMs === 0 && (format === 'png' || format === 'jpeg');
  const shared: SharedImage = {
    template: source.template,
    lines: Array.from(lines, (line) => line ?? ''),
    format,
    options: {
      ...(first?.font === undefined ? {} : { font: first.font }),
      ...(first?.colour === undefined ? {} : { colour: first.colour.toLowerCase() }),
      ...(first?.upperCase === undefined ? {} : { caps: first.upperCase }),
      ...(output.width === undefined ? {} : { width: output.width }),
      ...(output.quality === defaultQuality ? {} : { quality: output.quality }),
      ...(output.stillAtMs === undefined || isFirst ? {} : { at: output.stillAtMs }),
    },
  };
  return saysAllOf(shared, recipe) ? shared : undefined;
}

const defaultQuality = 80;

const isShared = (format: StudioFormat): format is SharedFormat =>
  Object.values<StudioFormat>(extensions).includes(format);

/** A still template is the same picture whether its only moment is asked for or not; one that moves is no png without. */
function saysAllOf(shared: SharedImage, recipe: Recipe): boolean {
  const again = recipeOfShared(shared);
  const withSlots = {
    ...recipe,
    captions: recipe.captions.map((caption, slot) => Object.assign({ place: { slot } }, caption)),
    output: { ...recipe.output, stillAtMs: recipe.output.stillAtMs ?? again.output.stillAtMs },
  };
  return canonicalRecipe(again) === canonicalRecipe(withSlots);
}

const isBlank = (line: string): boolean => line.trim() === '';

/** Undoes percent-encoding where there is some; an API gateway may have done so already. */
const decode = (segment: string): string =>
  segment.replaceAll(/(?:%[0-9a-f]{2})+/giu, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch (error) {
      if (error instanceof URIError) {
        throw invalid(`${bytes} is not UTF-8.`);
      }
      throw error;
    }
  });

const invalid = (detail: string): HttpProblem => new HttpProblem(422, 'invalid-address', detail);
