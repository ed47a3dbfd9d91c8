import { useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { Camera } from './camera.tsx';
import { chosenFiles } from './chosen-files.ts';

/** A phone's own camera takes better pictures than a video stream; elsewhere the stream is all there is. */
export const hasOwnCamera = matchMedia('(pointer: coarse)').matches;
const hasLiveCamera = 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices;

interface Props {
  /** Media types that a phone's own camera may answer. */
  readonly accept: string;
  /** Which of a phone's cameras. */
  readonly facing: 'user' | 'environment';
  /** Where a phone's own camera takes more than photos. @default Take a photo */
  readonly ownLabel?: string;
  readonly onFile: (file: File) => void;
}

/** Takes a picture with whatever camera there is; nothing where there is none. */
export function CameraButton({ accept, facing, ownLabel = 'Take a photo', onFile }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (hasOwnCamera) {
    return (
      <label class="button button-quiet">
        <input
          class="visually-hidden"
          type="file"
          accept={accept}
          capture={facing}
          onChange={(event) => {
            chosenFiles(event.currentTarget).forEach(onFile);
          }}
        />
        <Icon name="camera" />
        {ownLabel}
      </label>
    );
  }
  if (!hasLiveCamera) {
    return null;
  }
  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="camera" />
        Take a photo
      </button>
      {isOpen && (
        <Camera
          onPhoto={onFile}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
