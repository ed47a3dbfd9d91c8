import { Icon } from '../../parts/icon.tsx';
import { CameraButton, hasOwnCamera } from '../../photo/camera-button.tsx';
import { chosenFiles } from '../../photo/chosen-files.ts';
import { inBytes } from '../../photo/in-bytes.ts';
import { useDroppedFiles } from '../../photo/use-dropped-files.ts';
import { acceptedFiles, largestFile } from './check-file.ts';

interface Props {
  /** At least one. */
  readonly onFiles: (files: readonly File[]) => void;
  /** Why those that were chosen last cannot be used. */
  readonly sentences: readonly string[];
}

/** Choose, drop, paste or take what to begin with. */
export function FileChooser({ onFiles, sentences }: Props) {
  const dragging = useDroppedFiles(onFiles);
  return (
    <section
      class={dragging ? 'chooser chooser-dragging' : 'chooser'}
      aria-label="Begin with something of your own"
    >
      <div class="chooser-lead">
        <Icon name="picture" />
        <div>
          <h2>{dragging ? 'Let go to begin' : 'Your picture, GIF or clip'}</h2>
          <p class="hint" id="chooser-hint">
            {hasOwnCamera ? '' : 'Drop it anywhere, or paste it. '}
            Several become a slideshow. Up to {inBytes(largestFile)} each.
          </p>
        </div>
      </div>
      <div class="chooser-actions">
        <label class="button">
          <input
            class="visually-hidden"
            type="file"
            multiple
            accept={acceptedFiles}
            aria-describedby="chooser-problem chooser-hint"
            onChange={(event) => {
              const files = chosenFiles(event.currentTarget);
              if (files.length > 0) {
                onFiles(files);
              }
            }}
          />
          Choose files
        </label>
        <CameraButton
          accept="image/jpeg,image/png,video/mp4,video/quicktime,video/webm"
          facing="environment"
          ownLabel="Camera"
          onFile={(file) => {
            onFiles([file]);
          }}
        />
      </div>
      <div id="chooser-problem" role="alert">
        {sentences.map((sentence) => (
          <p key={sentence} class="problem">
            {sentence}
          </p>
        ))}
      </div>
    </section>
  );
}
