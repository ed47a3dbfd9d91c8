import { useEffect, useRef, useState } from 'preact/hooks';
import type { FontList } from '../../../../functions/contracts/studio-library.ts';
import type { TextStyle } from './text-styles.ts';

type Font = FontList['fonts'][number];

/** What stands for a font until it is there, or where it cannot be loaded. */
const standIns: Readonly<Record<Font['style'], string>> = {
  condensed: "Impact, 'Arial Narrow', sans-serif",
  sans: 'Arial, sans-serif',
  comic: "'Comic Sans MS', 'Comic Neue', sans-serif",
  serif: 'Georgia, serif',
  monospace: 'monospace',
  handwriting: "'Segoe Print', 'Bradley Hand', cursive",
};

const known = new Map<string, Promise<FontFace>>();
const familyOf = ({ id }: Font): string => `sample-${id}`;

/** Once for all samples of it. */
function loadFont(font: Font): Promise<FontFace> {
  const [url = ''] = font.stack;
  const loading = known.get(font.id) ?? new FontFace(familyOf(font), `url(${JSON.stringify(url)})`).load();
  known.set(font.id, loading);
  return loading;
}

/** A few letters in a font. Its file is loaded when they are looked at. */
export function FontSample({
  font,
  text,
  style,
}: {
  readonly font: Font | undefined;
  readonly text: string;
  readonly style?: TextStyle['style'];
}) {
  const sample = useRef<HTMLSpanElement>(null);
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    const element = sample.current;
    if (element === null || font === undefined) {
      return undefined;
    }
    let isWanted = true;
    const load = async (): Promise<void> => {
      try {
        document.fonts.add(await loadFont(font));
        if (isWanted) {
          setThere(true);
        }
      } catch {
        // The next one who looks tries again; until then another font stands for it.
        known.delete(font.id);
      }
    };
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        observer.disconnect();
        void load();
      }
    });
    observer.observe(element);
    return () => {
      isWanted = false;
      observer.disconnect();
    };
  }, [font]);
  const standIn = font === undefined ? 'sans-serif' : standIns[font.style];
  const outline = style?.outline;
  return (
    <span
      ref={sample}
      class={`ed-sample${style === undefined ? '' : ' ed-sample-styled'}`}
      aria-hidden={style !== undefined}
      style={{
        fontFamily: font !== undefined && isThere ? `'${familyOf(font)}', ${standIn}` : standIn,
        ...(style === undefined
          ? {}
          : {
              color: style.colour,
              '--stroke-width': `${(outline?.width ?? 0) / 2.5}px`,
              '--stroke-colour': outline?.colour ?? 'transparent',
              '--ground': style.background?.colour ?? 'transparent',
              '--radius': `${Math.min(8, (style.background?.radius ?? 0) / 2)}px`,
              textTransform: style.upperCase ? 'uppercase' : 'none',
              textShadow:
                style.shadow === undefined
                  ? 'none'
                  : `${(style.shadow.x ?? 4) / 4}px ${(style.shadow.y ?? 4) / 4}px ${(style.shadow.blur ?? 6) / 3}px ${style.shadow.colour ?? '#00000099'}`,
            }),
      }}
    >
      {text}
    </span>
  );
}
