import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../parts/icon.tsx';
import { refusalPlace } from '../make/refusal-place.ts';
import type { createPreview, PreviewEstimate } from '../preview/preview.ts';
import { FramePanel, type FrameProps } from './frame-panel.tsx';
import { LooksPanel } from './looks-panel.tsx';
import { OutputPanel } from './output-panel.tsx';
import type { PanelProps } from './panel-props.ts';
import { StickerPanel } from './sticker-panel.tsx';
import { TextPanel } from './text-panel.tsx';
import { TimePanel } from './time-panel.tsx';

const panels = [
  { name: 'text', label: 'Text', icon: 'text' },
  { name: 'stickers', label: 'Stickers', icon: 'sticker' },
  { name: 'looks', label: 'Looks', icon: 'looks' },
  { name: 'frame', label: 'Crop', icon: 'crop' },
  { name: 'time', label: 'Time', icon: 'time' },
  { name: 'output', label: 'Format', icon: 'output' },
] as const;
export type PanelName = (typeof panels)[number]['name'];

/** The panel on which a refusal is shown, by its pointer into the recipe. */
export function panelOf(pointer: string): PanelName {
  if (/^(\/recipe)?\/source\/(slides|crossFadeMs)/u.test(pointer)) {
    return 'time';
  }
  const { part, control } = refusalPlace(pointer);
  switch (part) {
    case 'captions':
      return 'text';
    case 'overlays':
      return 'stickers';
    case 'looks':
      return 'looks';
    case 'geometry':
    case 'source':
      return 'frame';
    case 'timeline':
      return control === 'frameRate' ? 'output' : 'time';
    case 'output':
      return 'output';
  }
}

interface Props extends PanelProps, FrameProps {
  readonly name: PanelName | undefined;
  readonly onName: (name: PanelName | undefined) => void;
  readonly create: typeof createPreview;
  readonly estimate: PreviewEstimate | undefined;
  readonly notes: readonly string[];
}

/** The tabs and the panel that is open: beside the picture, or on a phone as a sheet under it. */
export function Panels({ name, onName, create, estimate, notes, ...props }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const tabs = useRef<HTMLElement>(null);
  /** The focus goes back to where the panel was opened. */
  const close = (): void => {
    tabs.current?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus();
    onName(undefined);
  };
  const open = panels.find((each) => each.name === name);
  useEffect(() => {
    body.current?.scrollTo(0, 0);
  }, [name]);
  return (
    <>
      <nav ref={tabs} class="ed-rail" aria-label="Panels">
        {panels.map(({ name: each, label, icon }) => (
          <button
            key={each}
            type="button"
            class="ed-tab"
            aria-expanded={each === name}
            aria-controls="ed-panel"
            onClick={() => {
              onName(each === name ? undefined : each);
            }}
          >
            <Icon name={icon} />
            {label}
            {props.refusals.some(({ pointer }) => panelOf(pointer) === each) && (
              <span class="ed-tab-mark">
                <span class="visually-hidden">needs a look</span>
              </span>
            )}
          </button>
        ))}
      </nav>
      {open !== undefined && (
        <section
          id="ed-panel"
          class="ed-panel"
          aria-labelledby="ed-panel-title"
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) {
              close();
            }
          }}
        >
          <header class="ed-panel-head">
            <h2 id="ed-panel-title">{open.label}</h2>
            <button type="button" class="ed-tool" aria-label={`Close ${open.label}`} onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          <div class="ed-panel-scroll" ref={body}>
            {name === 'text' && <TextPanel {...props} />}
            {name === 'stickers' && <StickerPanel {...props} />}
            {name === 'looks' && <LooksPanel {...props} create={create} />}
            {name === 'frame' && <FramePanel {...props} />}
            {name === 'time' && <TimePanel {...props} />}
            {name === 'output' && <OutputPanel {...props} estimate={estimate} notes={notes} />}
          </div>
        </section>
      )}
    </>
  );
}
