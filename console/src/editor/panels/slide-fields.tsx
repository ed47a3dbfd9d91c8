import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon.tsx';
import { refusalsAt } from '../make/refusal-place.ts';
import {
  addSlides,
  changeSlideshow,
  moveSlide,
  removeSlide,
  setSlideDuration,
  slideCount,
  usualSlideMs,
  type Slideshow,
} from '../state/slideshow-edits.ts';
import { acceptedPictures } from './add-picture.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { Problems } from './fields/problems.tsx';
import { SecondsField } from './fields/seconds-field.tsx';
import { SliderField } from './fields/slider-field.tsx';
import type { PanelProps } from './panel-props.ts';

const longestSlideMs = 600_000;

/** Which pictures, in which order, for how long, and how one becomes the next. */
export function SlideFields({ editor, refusals, source }: PanelProps & { readonly source: Slideshow }) {
  const input = useRef<HTMLInputElement>(null);
  const { slides, crossFadeMs = 0, fit = 'cover' } = source;
  const problems = refusalsAt(refusals, { part: 'source' });
  return (
    <div class="ed-group">
      <h3 class="ed-group-title">Slides</h3>
      <ol class="ed-slides">
        {slides.map(({ upload, durationMs }, index) => (
          <li key={`${upload}:${index}`} class="ed-slide">
            <SlidePicture blob={editor.files.get(upload)?.blob} />
            <SecondsField
              label={`Slide ${index + 1}`}
              value={durationMs}
              max={longestSlideMs}
              onChange={(value) => {
                editor.apply(setSlideDuration(index, value ?? usualSlideMs));
              }}
            />
            <span class="ed-slide-tools">
              <button
                type="button"
                class="ed-tool"
                aria-label={`Move slide ${index + 1} up`}
                disabled={index === 0}
                onClick={() => {
                  editor.apply(moveSlide(index, index - 1));
                }}
              >
                <Icon name="forward" />
              </button>
              <button
                type="button"
                class="ed-tool"
                aria-label={`Move slide ${index + 1} down`}
                disabled={index === slides.length - 1}
                onClick={() => {
                  editor.apply(moveSlide(index, index + 1));
                }}
              >
                <Icon name="backward" />
              </button>
              <button
                type="button"
                class="ed-tool ed-tool-bad"
                aria-label={`Remove slide ${index + 1}`}
                disabled={slides.length <= slideCount.least}
                onClick={() => {
                  editor.apply(removeSlide(index));
                }}
              >
                <Icon name="trash" />
              </button>
            </span>
          </li>
        ))}
      </ol>
      <button
        type="button"
        class="ed-add"
        disabled={slides.length >= slideCount.most}
        onClick={() => {
          input.current?.click();
        }}
      >
        <Icon name="plus" /> Add pictures
      </button>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label="More slides"
        accept={acceptedPictures}
        onChange={({ currentTarget }) => {
          const uploads = [...(currentTarget.files ?? [])].map((file) => editor.addFile(file, file.name));
          currentTarget.value = '';
          if (uploads.length > 0) {
            editor.apply(addSlides(uploads, slides.at(-1)?.durationMs ?? usualSlideMs));
          }
        }}
      />
      <SliderField
        label="Fade from one to the next"
        value={crossFadeMs}
        min={0}
        max={Math.max(2000, crossFadeMs)}
        step={50}
        unit="ms"
        onInput={(value) => {
          editor.apply(
            changeSlideshow((each) => ({ ...each, crossFadeMs: value })),
            'crossFade',
          );
        }}
        onDone={editor.settle}
      />
      <ChoiceField
        label="Pictures of another shape"
        value={fit}
        kind="cards"
        options={[
          { value: 'cover', label: 'Fill', hint: 'Cut at the edges' },
          { value: 'contain', label: 'Show all', hint: 'With black bars' },
        ]}
        onChange={(value) => {
          editor.apply(changeSlideshow((each) => ({ ...each, fit: value })));
        }}
      />
      <Problems sentences={problems} />
    </div>
  );
}

function SlidePicture({ blob }: { readonly blob: Blob | undefined }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (blob === undefined) {
      return undefined;
    }
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [blob]);
  return url === undefined ? (
    <span class="ed-slide-picture" />
  ) : (
    <img class="ed-slide-picture" src={url} alt="" />
  );
}
