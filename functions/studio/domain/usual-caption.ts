/** What a caption is like where neither it nor a caption box of a template decides. Sizes in pixels of a canvas 1000 pixels wide. */
export const usualCaption = {
  font: 'anton',
  minSize: 14,
  maxLines: 4,
  align: 'centre',
  colour: '#ffffff',
  upperCase: false,
  rotate: 0,
} as const;
