import { refusalsAt } from '../make/refusal-place.ts';
import { captionLook, isFixed } from '../state/caption-look.ts';
import type { CaptionInput } from '../state/document.ts';
import { changeCaption } from '../state/layer-edits.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { ColourField } from './fields/colour-field.tsx';
import { Problems } from './fields/problems.tsx';
import { Section } from './fields/section.tsx';
import { SliderField } from './fields/slider-field.tsx';
import { SwitchField } from './fields/switch-field.tsx';
import { FontField } from './font-field.tsx';
import { FontSample } from './font-sample.tsx';
import { LayerActions } from './layer-actions.tsx';
import type { PanelProps } from './panel-props.ts';
import { RotateField } from './rotate-field.tsx';
import { isStyled, styled, textStyles } from './text-styles.ts';
import { TimingFields } from './timing-fields.tsx';

/** What letters that are not fitted begin with, in pixels of a canvas 1000 pixels wide. */
const usualSize = 90;
const usualOutline = { width: 4, colour: '#000000' };
const usualShadow = { x: 4, y: 4, blur: 6, colour: '#00000099' };
const usualBackground = { colour: '#000000cc', padding: 16, radius: 12 };

/** How a caption looks, where it is and when it is seen. */
export function CaptionFields(
  props: PanelProps & { readonly caption: CaptionInput; readonly index: number },
) {
  const { editor, library, slots, refusals, caption, index } = props;
  const look = captionLook(caption, slots);
  const layer = { kind: 'caption', index } as const;
  const change = (part: Partial<CaptionInput>, what?: string): void => {
    editor.apply(
      changeCaption(index, (each) => ({ ...each, ...part })),
      what === undefined ? undefined : `${what}:${index}`,
    );
  };
  const problems = (...controls: readonly string[]): string[] =>
    controls.flatMap((control) => refusalsAt(refusals, { part: 'captions', index, control }));
  const hasOneSize = isFixed(look);
  const outline = look.outline ?? usualOutline;
  const place = typeof caption.place === 'string' ? caption.place : undefined;

  return (
    <div class="ed-caption-fields">
      <LayerActions editor={editor} layer={layer} />
      <div class="ed-field" role="group" aria-label="Style">
        <span class="ed-label">Style</span>
        <div class="ed-styles">
          {textStyles.map((style) => (
            <button
              key={style.name}
              type="button"
              class="ed-style"
              aria-pressed={isStyled(caption, style)}
              onClick={() => {
                editor.apply(changeCaption(index, (each) => styled(each, style)));
              }}
            >
              <FontSample
                font={library.fonts.fonts.find(({ id }) => id === style.style.font)}
                text="Aa"
                style={style.style}
              />
              {style.name}
            </button>
          ))}
        </div>
      </div>
      <FontField
        fonts={library.fonts.fonts}
        value={look.font}
        onChange={(font) => {
          change({ font });
        }}
      />
      <Problems sentences={problems('font')} />
      <ColourField
        label="Colour"
        value={look.colour}
        onInput={(colour) => {
          change({ colour }, 'colour');
        }}
        onDone={editor.settle}
      />
      <div class="ed-row">
        <ChoiceField
          label="Across"
          value={look.align}
          options={[
            { value: 'left', label: 'Left', icon: 'align-left' },
            { value: 'centre', label: 'Centre', icon: 'align-centre' },
            { value: 'right', label: 'Right', icon: 'align-right' },
          ]}
          onChange={(align) => {
            change({ align });
          }}
        />
        <ChoiceField
          label="Down"
          value={look.verticalAlign}
          options={[
            { value: 'top', label: 'Top', icon: 'align-top' },
            { value: 'middle', label: 'Middle', icon: 'align-middle' },
            { value: 'bottom', label: 'Bottom', icon: 'align-bottom' },
          ]}
          onChange={(verticalAlign) => {
            change({ verticalAlign });
          }}
        />
      </div>
      <ChoiceField
        label="Place"
        kind="chips"
        value={place}
        options={[
          { value: 'top', label: 'Top' },
          { value: 'middle', label: 'Middle' },
          { value: 'bottom', label: 'Bottom' },
        ]}
        onChange={(next) => {
          change({ place: next, verticalAlign: undefined });
        }}
      >
        <p class="ed-hint">Or drag it on the picture.</p>
      </ChoiceField>
      <Problems sentences={problems('place')} />
      <SwitchField
        label="Capitals"
        isOn={look.upperCase}
        onChange={(upperCase) => {
          change({ upperCase });
        }}
      />
      <Section title="Size" isOpen={hasOneSize}>
        <SwitchField
          label="Fit to its box"
          hint="As large as there is room for."
          isOn={!hasOneSize}
          onChange={(fits) => {
            change(
              fits ? { minSize: undefined, maxSize: undefined } : { minSize: usualSize, maxSize: usualSize },
            );
          }}
        >
          <SliderField
            label="No larger than"
            value={Math.round(look.maxSize ?? 400)}
            min={Math.ceil(look.minSize)}
            max={400}
            onInput={(maxSize) => {
              change({ maxSize: maxSize >= 400 ? undefined : maxSize }, 'maxSize');
            }}
            onDone={editor.settle}
          />
        </SwitchField>
        {hasOneSize && (
          <SliderField
            label="Size of the letters"
            value={Math.round(look.minSize)}
            min={14}
            max={400}
            onInput={(size) => {
              change({ minSize: size, maxSize: size }, 'size');
            }}
            onDone={editor.settle}
          />
        )}
        <SliderField
          label="Lines at most"
          value={look.maxLines}
          min={1}
          max={12}
          onInput={(maxLines) => {
            change({ maxLines }, 'maxLines');
          }}
          onDone={editor.settle}
        />
        <RotateField editor={editor} layer={layer} degrees={look.rotate} />
        <Problems sentences={problems('minSize', 'maxSize', 'maxLines', 'rotate')} />
      </Section>
      <Section title="Outline, shadow, background">
        <SwitchField
          label="Outline"
          isOn={look.outline === undefined || look.outline.width > 0}
          onChange={(isOn) => {
            change({ outline: isOn ? usualOutline : { width: 0 } });
          }}
        >
          <SliderField
            label="Width of the outline"
            value={outline.width}
            min={0.5}
            max={40}
            step={0.5}
            onInput={(width) => {
              change({ outline: { ...outline, width } }, 'outline');
            }}
            onDone={editor.settle}
          />
          <ColourField
            label="Outline"
            value={outline.colour}
            onInput={(colour) => {
              change({ outline: { ...outline, colour } }, 'outlineColour');
            }}
            onDone={editor.settle}
          />
        </SwitchField>
        <SwitchField
          label="Shadow"
          isOn={caption.shadow !== undefined}
          onChange={(isOn) => {
            change({ shadow: isOn ? usualShadow : undefined });
          }}
        >
          {(['x', 'y', 'blur'] as const).map((side) => (
            <SliderField
              key={side}
              label={{ x: 'Shadow to the right', y: 'Shadow down', blur: 'Softness of the shadow' }[side]}
              value={caption.shadow?.[side] ?? usualShadow[side]}
              min={side === 'blur' ? 0 : -60}
              max={side === 'blur' ? 50 : 60}
              onInput={(value) => {
                change({ shadow: { ...usualShadow, ...caption.shadow, [side]: value } }, `shadow${side}`);
              }}
              onDone={editor.settle}
            />
          ))}
          <ColourField
            label="Shadow"
            value={caption.shadow?.colour ?? usualShadow.colour}
            hasOpacity
            onInput={(colour) => {
              change({ shadow: { ...usualShadow, ...caption.shadow, colour } }, 'shadowColour');
            }}
            onDone={editor.settle}
          />
        </SwitchField>
        <SwitchField
          label="Background"
          isOn={caption.background !== undefined}
          onChange={(isOn) => {
            change({ background: isOn ? usualBackground : undefined });
          }}
        >
          <ColourField
            label="Background"
            value={caption.background?.colour ?? usualBackground.colour}
            hasOpacity
            onInput={(colour) => {
              change(
                { background: { ...usualBackground, ...caption.background, colour } },
                'backgroundColour',
              );
            }}
            onDone={editor.settle}
          />
          {(['padding', 'radius'] as const).map((side) => (
            <SliderField
              key={side}
              label={side === 'padding' ? 'Room around the text' : 'Round corners'}
              value={caption.background?.[side] ?? usualBackground[side]}
              min={0}
              max={100}
              onInput={(value) => {
                change({ background: { ...usualBackground, ...caption.background, [side]: value } }, side);
              }}
              onDone={editor.settle}
            />
          ))}
        </SwitchField>
        <Problems sentences={problems('outline', 'shadow', 'background')} />
      </Section>
      <TimingFields {...props} layer={layer} />
    </div>
  );
}
