import { useState } from 'preact/hooks';
import type { Edit, EditResult } from '../../../../functions/contracts/edit.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { inWords } from '../../in-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { canShare, sharePicture } from '../../personalise/share.ts';
import { loadFile } from '../preview/load-file.ts';
import { recipeLink } from '../start/recipe-link.ts';
import { CopyButton } from './copy-button.tsx';
import { curlCommand } from './curl-command.ts';
import { fileName } from './file-name.ts';

interface Props {
  readonly edit: Edit;
  readonly result: EditResult;
  /** As it was sent. */
  readonly recipe: RecipeInput;
  readonly title: string;
  readonly onChange: () => void;
  /** Begins something new with the result in it; answers what there is to say. */
  readonly onStartFrom: (file: File) => Promise<string>;
}

/** What can be done with what was made. */
export function ResultActions({ edit, result, recipe, title, onChange, onStartFrom }: Props) {
  const [said, setSaid] = useState('');
  const name = fileName(title, result.format);
  const attempt = (work: () => Promise<string>) => () => {
    work().then(setSaid, (error: unknown) => {
      setSaid(inWords(error));
    });
  };
  const startFrom = async (): Promise<string> =>
    await onStartFrom(new File([await loadFile(result.url)], name, { type: result.contentType }));
  return (
    <div class="made-actions">
      <div class="made-first">
        <a class="button button-strong" href={result.url} download={name}>
          <Icon name="download" />
          Download
        </a>
        {canShare && (
          <button
            type="button"
            class="button button-quiet"
            onClick={attempt(() => sharePicture(result.url, name))}
          >
            <Icon name="share" />
            Share
          </button>
        )}
        <CopyButton
          text={() => new URL(edit.share ?? result.url, location.href).href}
          done="Link copied"
          onSaid={setSaid}
        >
          <Icon name="link" />
          Copy link
        </CopyButton>
        <button type="button" class="button button-quiet" onClick={onChange}>
          <Icon name="back" />
          Change it
        </button>
      </div>
      <details class="made-more">
        <summary>Recipe and more</summary>
        <p class="hint">
          The recipe says how it was made. Others open its link to make their own; programs send it to the
          API. Your files are not in it.
        </p>
        <div class="made-first">
          <CopyButton
            text={() => recipeLink(recipe, location.href)}
            done="Link to the recipe copied"
            onSaid={setSaid}
          >
            <Icon name="link" />
            Copy recipe link
          </CopyButton>
          <CopyButton text={() => JSON.stringify(recipe, undefined, 2)} done="Recipe copied" onSaid={setSaid}>
            <Icon name="copy" />
            Copy as JSON
          </CopyButton>
          <CopyButton
            text={() => curlCommand(recipe, location.origin)}
            done="Command copied"
            onSaid={setSaid}
          >
            <Icon name="code" />
            Copy as curl
          </CopyButton>
          <button type="button" class="button button-quiet" onClick={attempt(startFrom)}>
            <Icon name="arrow" />
            Start again from it
          </button>
        </div>
      </details>
      <p class="made-said" role="status">
        {said}
      </p>
    </div>
  );
}
