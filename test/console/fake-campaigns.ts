import sharp from 'sharp';
import type { CampaignView } from '../../functions/contracts/campaign.ts';
import type { Result } from '../../functions/contracts/job.ts';

const variants = (id: string): CampaignView['variants'] => [
  {
    id: 'square',
    label: 'Square',
    width: 1080,
    height: 1080,
    format: 'jpeg',
    previewUrl: `/campaigns/${id}/square.jpg`,
  },
  {
    id: 'story',
    label: 'Story',
    width: 1080,
    height: 1920,
    format: 'jpeg',
    previewUrl: `/campaigns/${id}/story.jpg`,
  },
  {
    id: 'link',
    label: 'Link preview',
    width: 1200,
    height: 630,
    format: 'jpeg',
    previewUrl: `/campaigns/${id}/link.jpg`,
  },
];

/** Two campaigns: one with words to write, one with none. */
export const fakeCampaigns: readonly CampaignView[] = [
  {
    id: 'night-vote',
    version: '0123456789abcdef',
    title: 'The Night Vote',
    description: 'Tell the country whom you are voting for, on a card with your own face.',
    opensAt: '2026-01-01T00:00:00Z',
    closesAt: '2099-12-24T20:00:00Z',
    limits: { maxBytes: 2_000_000, maxPixels: 50_000_000, minPixelsPerSide: 64, uploadsPerMinute: 10 },
    slots: [
      {
        id: 'name',
        label: 'Your name',
        hint: 'As your friends call you.',
        example: 'Amira',
        required: true,
        maxLength: 18,
      },
      { id: 'cheer', label: 'Your cheer', example: 'All the way!', required: false, maxLength: 30 },
    ],
    variants: variants('night-vote'),
  },
  {
    id: 'open-air',
    version: 'fedcba9876543210',
    title: 'Open Air',
    description: 'Your face among the headliners of this summer’s poster.',
    opensAt: '2026-01-01T00:00:00Z',
    closesAt: '2099-08-01T20:00:00Z',
    limits: { maxBytes: 20_000_000, maxPixels: 50_000_000, minPixelsPerSide: 64, uploadsPerMinute: 10 },
    slots: [],
    variants: variants('open-air'),
  },
];

export const fakeResults = (campaign: CampaignView): Result[] =>
  campaign.variants.map(({ id, width, height, format }) => ({
    variant: id,
    url: `/results/${campaign.id}/${id}.jpg`,
    width,
    height,
    format,
    bytes: 240_000,
  }));

/** The bytes of an example or a result; undefined for any other path. */
export function fakePicture(pathname: string): Promise<Buffer> | undefined {
  const [, kind, campaign, id] = /^\/(campaigns|results)\/([\w-]+)\/([\w-]+)\.jpg$/u.exec(pathname) ?? [];
  const variant = fakeCampaigns.find((each) => each.id === campaign)?.variants.find((each) => each.id === id);
  if (variant === undefined) {
    return undefined;
  }
  const { width, height } = variant;
  const hue = (campaign === 'open-air' ? 160 : 265) + (kind === 'results' ? 60 : 0);
  const radius = Math.min(width, height) * 0.32;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue},60%,22%)"/><stop offset="1" stop-color="hsl(${hue + 70},80%,55%)"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/>
    <circle cx="50%" cy="42%" r="${radius}" fill="hsl(${hue + 40},50%,80%)"/>
    <circle cx="50%" cy="36%" r="${radius * 0.36}" fill="hsl(${hue},45%,35%)"/>
    <path d="M${width / 2 - radius * 0.62} ${height * 0.42 + radius * 0.77}a${radius * 0.62} ${radius * 0.72} 0 0 1 ${radius * 1.24} 0z" fill="hsl(${hue},45%,35%)"/>
    <rect x="12%" y="82%" width="76%" height="9%" rx="12" fill="#fff"/>
  </svg>`;
  return sharp(Buffer.from(drawing)).jpeg().toBuffer();
}
