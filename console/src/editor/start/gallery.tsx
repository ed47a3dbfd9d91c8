import { useState } from 'preact/hooks';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { searchTemplates, type TemplateKind } from './search-templates.ts';
import { StillImage } from './still-image.tsx';

const kinds = [
  ['all', 'All'],
  ['still', 'Still'],
  ['animated', 'Animated'],
] as const satisfies readonly (readonly [TemplateKind, string])[];

/** The longest side of a preview, in pixels. */
const previewSide = 360;

interface Props {
  readonly templates: readonly TemplateView[];
  readonly onChoose: (template: TemplateView) => void;
  /** Nothing but a colour, to write on. */
  readonly onBlank: () => void;
}

/** Every template with its example, to look for and begin with. */
export function Gallery({ templates, onChoose, onBlank }: Props) {
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<TemplateKind>('all');
  const found = searchTemplates(templates, query, kind);
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <section class="gallery-section" aria-labelledby="gallery-title">
      <div class="gallery-head">
        <h2 id="gallery-title">Templates</h2>
        <div class="gallery-filter">
          <input
            class="gallery-search"
            type="search"
            aria-label="Search templates"
            placeholder="Search"
            autocomplete="off"
            value={query}
            onInput={(event) => {
              setQuery(event.currentTarget.value);
            }}
          />
          <div class="chips" role="group" aria-label="Kind of template">
            {kinds.map(([each, label]) => (
              <button
                key={each}
                type="button"
                class="chip"
                aria-pressed={each === kind}
                onClick={() => {
                  setKind(each);
                }}
              >
                {label}
              </button>
            ))}
          </div>
        </div>
      </div>
      <p class="visually-hidden" role="status">
        {found.length === 1 ? '1 template' : `${found.length} templates`}
      </p>
      <ul class="templates">
        {found.map((template) => {
          const { id, name, preview, width, height, isAnimated } = template;
          const factor = Math.min(1, previewSide / Math.max(width, height));
          const size = { width: Math.round(width * factor), height: Math.round(height * factor) };
          return (
            <li key={id} class="template" style={{ '--aspect': width / height }}>
              <button
                type="button"
                class="template-button"
                onClick={() => {
                  onChoose(template);
                }}
              >
                <span class="template-picture">
                  {isCalm && isAnimated ? (
                    <StillImage src={preview} {...size} />
                  ) : (
                    <img src={preview} {...size} alt="" loading="lazy" decoding="async" />
                  )}
                </span>
                <span class="template-line">
                  <span class="template-name">{name}</span>
                  {isAnimated && <span class="template-badge">Moves</span>}
                </span>
              </button>
            </li>
          );
        })}
        {query === '' && kind !== 'animated' && (
          <li class="template" style={{ '--aspect': 1 }}>
            <button type="button" class="template-button" onClick={onBlank}>
              <span class="template-picture template-blank">Aa</span>
              <span class="template-line">
                <span class="template-name">Only words</span>
              </span>
            </button>
          </li>
        )}
        <li class="templates-rest" aria-hidden="true" />
      </ul>
      {found.length === 0 && (
        <p class="notice">
          No template is like that.{' '}
          <button
            type="button"
            class="button-link"
            onClick={() => {
              setQuery('');
              setKind('all');
            }}
          >
            Show all {templates.length}
          </button>
        </p>
      )}
    </section>
  );
}
