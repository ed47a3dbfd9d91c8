import { useRef } from 'preact/hooks';
import type { CampaignLimits } from '../../../functions/contracts/campaign.ts';
import { Icon } from '../parts/icon.tsx';
import { CameraButton, hasOwnCamera } from './camera-button.tsx';
import { acceptedInWords, acceptedTypes } from './check-photo.ts';
import { chosenFiles } from './chosen-files.ts';
import { inBytes } from './in-bytes.ts';
import type { Photo } from './photo.ts';
import { photoFrom } from './photo.ts';
import { PhotoPreview } from './photo-preview.tsx';
import { useDroppedFiles } from './use-dropped-files.ts';

interface Props {
  readonly limits: CampaignLimits;
  readonly photo: Photo | undefined;
  readonly problem: string | undefined;
  readonly onPhoto: (photo: Photo | undefined) => void;
  readonly onProblem: (sentence: string | undefined) => void;
}

/** Choose, drop, paste or take a picture, and see it. */
export function PhotoPicker({ limits, photo, problem, onPhoto, onProblem }: Props) {
  const latest = useRef<File>(undefined);
  const take = async (file: File): Promise<void> => {
    latest.current = file;
    const choice = await photoFrom(file, limits);
    if (latest.current !== file) {
      return;
    }
    if ('photo' in choice) {
      onProblem(undefined);
      onPhoto(choice.photo);
    } else {
      onProblem(choice.sentence);
    }
  };
  const takeFirst = ([file]: readonly File[]): void => {
    if (file !== undefined) {
      void take(file);
    }
  };
  const dragging = useDroppedFiles(takeFirst);
  const describedBy = problem === undefined ? 'photo-hint' : 'photo-problem photo-hint';
  return (
    <div
      class={[
        'picker',
        photo === undefined ? 'picker-open' : '',
        dragging ? 'picker-dragging' : '',
        problem === undefined ? '' : 'picker-refused',
      ].join(' ')}
    >
      {photo === undefined ? (
        <div class="picker-empty">
          <Icon name="picture" />
          <p class="picker-lead">{dragging ? 'Let go to use this picture' : 'Add a picture of yourself'}</p>
        </div>
      ) : (
        <PhotoPreview
          photo={photo}
          limits={limits}
          onRefused={(sentence) => {
            onPhoto(undefined);
            onProblem(sentence);
          }}
        />
      )}
      <div class="picker-actions">
        <label class={photo === undefined ? 'button' : 'button button-quiet'}>
          <input
            id="photo"
            class="visually-hidden"
            type="file"
            accept={acceptedTypes}
            aria-describedby={describedBy}
            aria-invalid={problem !== undefined}
            onChange={(event) => {
              takeFirst(chosenFiles(event.currentTarget));
            }}
          />
          {photo === undefined ? 'Choose a picture' : 'Change'}
        </label>
        <CameraButton accept={acceptedTypes} facing="user" onFile={(file) => void take(file)} />
        {photo !== undefined && (
          <button
            type="button"
            class="button button-bare"
            onClick={() => {
              latest.current = undefined;
              onPhoto(undefined);
              document.getElementById('photo')?.focus();
            }}
          >
            Remove
          </button>
        )}
      </div>
      <p id="photo-problem" class="problem" role="alert">
        {problem}
      </p>
      <p id="photo-hint" class="hint">
        {hasOwnCamera ? '' : 'Or drop it here, or paste it. '}
        {acceptedInWords}, up to {inBytes(limits.maxBytes)}.
      </p>
    </div>
  );
}
