import { render } from 'preact';
import '../../../../console/src/styles/fonts.css';
import '../../../../console/src/styles/tokens.css';
import '../../../../console/src/styles/base.css';
import '../../../../console/src/styles/buttons.css';
import '../../../../console/src/styles/shell.css';
import '../../../../console/src/styles/dialog.css';
import { EditorPage } from '../../../../console/src/editor/editor-page.tsx';
import type { EditorDocument } from '../../../../console/src/editor/state/document.ts';
import { startHistory } from '../../../../console/src/editor/state/history.ts';
import {
  documentOfSlideshow,
  documentOfTemplate,
  documentOfUpload,
} from '../../../../console/src/editor/state/new-document.ts';
import { fakeLibrary } from './fake-library.ts';
import { createFakePreview } from './fake-preview.ts';

const library = fakeLibrary();
const file = (name: string, probe: object) => ({ name, blob: new Blob([JSON.stringify(probe)]) });
const [template] = library.templates;
if (template === undefined) {
  throw new Error('The library has no template');
}

const delaysMs = [120, 80, 80, 200, 80, 80, 80, 300, 80, 80, 120, 400];
const files = new Map([
  ['local:1', file('photo.jpg', { width: 1200, height: 900 })],
  ['local:2', file('cat.gif', { width: 480, height: 360, delaysMs })],
  ['local:3', file('tall.jpg', { width: 900, height: 1200 })],
]);

const documents: Readonly<Record<string, EditorDocument>> = {
  template: documentOfTemplate(template),
  photo: documentOfUpload('local:1', 'still'),
  gif: documentOfUpload('local:2', 'animation'),
  slides: documentOfSlideshow(['local:1', 'local:3']),
};

/** The editor by itself: `#gif` edits an animation. What it made of the recipe is in `data-recipe`, as JSON. */
const root = document.getElementById('fanfare');
const start = documents[location.hash.slice(1)] ?? documents['template'];
if (root === null || start === undefined) {
  throw new Error('There is nothing to begin with');
}
render(
  <main class="main-wide">
    <EditorPage
      history={startHistory(start)}
      files={files}
      library={library}
      onChange={({ present }) => {
        document.documentElement.dataset['recipe'] = JSON.stringify(present.recipe);
      }}
      onPicture={({ size }) => {
        document.documentElement.dataset['picture'] = String(size);
      }}
      onMake={() => {
        document.documentElement.dataset['made'] = 'yes';
      }}
      create={createFakePreview}
    />
  </main>,
  root,
);
