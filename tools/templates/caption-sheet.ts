import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';
import { drawRecipe } from './draw-recipe.ts';
import { sheetLabel } from './sheet-label.ts';
import { studioFonts } from './studio-fonts.ts';

type Caption = NonNullable<RecipeInput['captions']>[number];

const ground = {
  kind: 'gradient',
  from: '#ffb36b',
  to: '#5b3fa8',
  angle: 160,
  width: 640,
  height: 360,
} as const;
const whole = { left: 0.04, top: 0.05, width: 0.92, height: 0.72 };
const pangram = 'Sphinx of black quartz, judge my vow 0123';

/** Scripts and signs, in the classic face with what lends it the letters that it lacks. */
const scripts: readonly (readonly [label: string, text: string])[] = [
  ['accents', 'Čau, ça va? Größe, Ångström, Việt'],
  ['Greek and Cyrillic', 'Καλημέρα, τι κάνεις; Привіт!'],
  ['Arabic', 'مرحبا، كيف حالك اليوم؟'],
  ['Hebrew', 'שלום, מה שלומך 123?'],
  ['Devanagari', 'नमस्ते, आप कैसे हैं?'],
  ['Thai', 'สวัสดีครับ สบายดีไหม'],
  ['Chinese', '今天也没有部署到生产环境'],
  ['Japanese', '本番環境で動くとは言ってない'],
  ['Korean', '오늘은 금요일입니다'],
  ['emoji', 'it works 🎉 👩🏽‍🚀 🏳️‍🌈 ❤️‍🔥 🇺🇦'],
];

/** What a caption may say of its looks. */
const styles: readonly (readonly [label: string, caption: Omit<Caption, 'text'>])[] = [
  ['upperCase', { upperCase: true }],
  ['outline 12', { font: 'shantell-sans', outline: { width: 12, colour: '#e0245e' } }],
  ['no outline, a colour', { font: 'lora', outline: { width: 0 }, colour: '#2b2140' }],
  [
    'shadow',
    { font: 'noto-sans', outline: { width: 0 }, shadow: { x: 6, y: 8, blur: 10, colour: '#000000cc' } },
  ],
  [
    'background, padding, radius',
    {
      font: 'patrick-hand',
      outline: { width: 0 },
      colour: '#2b2140',
      background: { colour: '#fff6e0', padding: 24, radius: 30 },
    },
  ],
  ['align left, at the top', { align: 'left', verticalAlign: 'top', maxSize: 90 }],
  ['align right, at the bottom', { align: 'right', verticalAlign: 'bottom', maxSize: 90 }],
  ['rotate −12°', { rotate: -12, maxSize: 110 }],
];

/** Every font, script and style of captions, each labelled. */
export async function captionSamples(): Promise<Picture[]> {
  const fonts = await studioFonts();
  const samples: readonly (readonly [label: string, caption: Caption])[] = [
    ...fonts.map(({ id }) => [`font ${id}`, { text: pangram, font: id }] as const),
    ...styles.map(([label, style]) => [label, { text: 'when it works on my machine', ...style }] as const),
    ...scripts.map(([label, text]) => [label, { text }] as const),
  ];
  const drawn: Picture[] = [];
  for (const [label, caption] of samples) {
    drawn.push(
      await drawRecipe({ source: ground, captions: [{ place: whole, ...caption }, sheetLabel(label)] }),
    );
  }
  return drawn;
}
