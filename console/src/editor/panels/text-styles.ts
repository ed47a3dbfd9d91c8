import type { CaptionInput } from '../state/document.ts';

type Style = Pick<CaptionInput, 'font' | 'colour' | 'outline' | 'shadow' | 'background' | 'upperCase'>;

export interface TextStyle {
  readonly name: string;
  /** Every part of it is said, so that nothing of the style before is left. */
  readonly style: Style & Required<Pick<Style, 'font' | 'colour' | 'outline' | 'upperCase'>>;
}

const none = { width: 0 };

/** Looks that people know, to begin with. Lengths in pixels of a canvas 1000 pixels wide. */
export const textStyles: readonly TextStyle[] = [
  {
    name: 'Meme',
    style: { font: 'anton', colour: '#ffffff', outline: { width: 6, colour: '#000000' }, upperCase: true },
  },
  {
    name: 'Subtitle',
    style: {
      font: 'noto-sans',
      colour: '#ffe14d',
      outline: { width: 5, colour: '#000000' },
      shadow: { x: 0, y: 3, blur: 6, colour: '#00000099' },
      upperCase: false,
    },
  },
  {
    name: 'Label',
    style: {
      font: 'noto-sans',
      colour: '#ffffff',
      outline: none,
      background: { colour: '#000000cc', padding: 16, radius: 14 },
      upperCase: false,
    },
  },
  {
    name: 'Paper',
    style: {
      font: 'noto-sans',
      colour: '#111111',
      outline: none,
      background: { colour: '#ffffff', padding: 18, radius: 0 },
      upperCase: false,
    },
  },
  {
    name: 'Comic',
    style: {
      font: 'shantell-sans',
      colour: '#111111',
      outline: { width: 6, colour: '#ffffff' },
      upperCase: false,
    },
  },
  {
    name: 'Note',
    style: { font: 'patrick-hand', colour: '#1d2f6f', outline: none, upperCase: false },
  },
  {
    name: 'Poster',
    style: {
      font: 'lora',
      colour: '#ffffff',
      outline: none,
      shadow: { x: 0, y: 4, blur: 14, colour: '#000000cc' },
      upperCase: false,
    },
  },
  {
    name: 'Neon',
    style: {
      font: 'anton',
      colour: '#ffffff',
      outline: { width: 2, colour: '#ff4fd8' },
      shadow: { x: 0, y: 0, blur: 24, colour: '#ff4fd8' },
      upperCase: true,
    },
  },
  {
    name: 'Code',
    style: {
      font: 'jetbrains-mono',
      colour: '#45d483',
      outline: none,
      background: { colour: '#10131a', padding: 18, radius: 8 },
      upperCase: false,
    },
  },
];

/** The caption in another style; where it is, how large and when stay. */
export const styled = (caption: CaptionInput, { style }: TextStyle): CaptionInput => ({
  ...caption,
  shadow: undefined,
  background: undefined,
  ...style,
});

export const isStyled = (caption: CaptionInput, { style }: TextStyle): boolean =>
  (['font', 'colour', 'outline', 'shadow', 'background', 'upperCase'] as const).every(
    (key) => JSON.stringify(caption[key]) === JSON.stringify(style[key]),
  );
