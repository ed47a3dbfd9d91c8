import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon.tsx';
import { Camera } from '../../photo/camera.tsx';
import { inBytes } from '../../photo/in-bytes.ts';
import { useDroppedFiles } from '../../photo/use-dropped-files.ts';
import { acceptedFiles, largestFile } from './check-file.ts';

/** A phone's own camera takes better pictures than a video stream; elsewhere the stream is all there is. */
const hasOwnCamera = matchMedia('(pointer: coarse)').matches;
const hasLiveCamera = 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices;

interface Props {
  /** At least one. */
  readonly onFiles: (files: readonly File[]) => void;
  /** Why those that were chosen last cannot be used. */
  readonly sentences: readonly string[];
}

/** Choose, drop, paste or take what to begin with. */
export function FileChooser({ onFiles, sentences }: Props) {
  const [cameraOpen, setCameraOpen] = useState(false);
  const dragging = useDroppedFiles(onFiles);
  const onInput = (input: HTMLInputElement): void => {
    const files = [...(input.files ?? [])];
    // Choosing the same files again must be noticed, too.
    input.value = '';
    if (files.length > 0) {
      onFiles(files);
    }
  };
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
              onInput(event.currentTarget);
            }}
          />
          Choose files
        </label>
        {hasOwnCamera ? (
          <label class="button button-quiet">
            <input
              class="visually-hidden"
              type="file"
              accept="image/jpeg,image/png,video/mp4,video/quicktime,video/webm"
              capture="environment"
              onChange={(event) => {
                onInput(event.currentTarget);
              }}
            />
            <Icon name="camera" />
            Camera
          </label>
        ) : (
          hasLiveCamera && (
            <button
              type="button"
              class="button button-quiet"
              onClick={() => {
                setCameraOpen(true);
              }}
            >
              <Icon name="camera" />
              Take a photo
            </button>
          )
        )}
      </div>
      <div id="chooser-problem" role="alert">
        {sentences.map((sentence) => (
          <p key={sentence} class="problem">
            {sentence}
          </p>
        ))}
      </div>
      {cameraOpen && (
        <Camera
          onPhoto={(file) => {
            onFiles([file]);
          }}
          onClose={() => {
            setCameraOpen(false);
          }}
        />
      )}
    </section>
  );
}
