import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { cameraInWords, openCamera, photograph } from './camera-stream.ts';

interface Props {
  readonly onPhoto: (file: File) => void;
  readonly onClose: () => void;
}

/** Shows what the camera sees and takes one picture of it. */
export function Camera({ onPhoto, onClose }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let stream: MediaStream | undefined;
    let closed = false;
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) {
        track.stop();
      }
    };
    const start = async (): Promise<void> => {
      try {
        stream = await openCamera();
      } catch (error) {
        setProblem(cameraInWords(error));
        return;
      }
      if (closed || video.current === null) {
        // Closed while the person was still being asked: the camera's light must go out.
        stop();
      } else {
        video.current.srcObject = stream;
      }
    };
    void start();
    return () => {
      closed = true;
      stop();
    };
  }, []);
  const shoot = async (): Promise<void> => {
    if (video.current !== null) {
      onPhoto(await photograph(video.current));
      onClose();
    }
  };
  return (
    <Dialog class="camera" label="Take a photo" onClose={onClose}>
      {problem === undefined ? (
        <video
          ref={video}
          class="camera-view"
          autoplay
          muted
          playsInline
          onPlaying={() => {
            setReady(true);
          }}
        />
      ) : (
        <p class="camera-problem" role="alert">
          {problem}
        </p>
      )}
      <div class="camera-actions">
        <button type="button" class="button button-bare" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          class="shutter"
          aria-label="Take the photo"
          disabled={!ready || problem !== undefined}
          onClick={() => void shoot()}
        />
        <span />
      </div>
    </Dialog>
  );
}
