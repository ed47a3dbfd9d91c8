/** Opens the camera that looks at the person, as sharp as it goes up to what a campaign can use. */
export const openCamera = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'user', width: { ideal: 1920 }, height: { ideal: 1440 } },
  });

/** What the camera sees now, as a JPEG; not mirrored, although the view is, so that writing stays readable. */
export async function photograph(video: HTMLVideoElement): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob(
      (made) => {
        if (made === null) {
          reject(new Error('the browser could not make a picture of the camera'));
        } else {
          resolve(made);
        }
      },
      'image/jpeg',
      0.92,
    );
  });
  return new File([blob], 'photo.jpg', { type: 'image/jpeg' });
}

/** Why there is no camera, as a sentence for people. */
export function cameraInWords(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The camera may not be used. Allow it for this page in your browser’s settings, or choose a picture instead.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No camera was found. Choose a picture instead.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The camera is in use by something else. Close that and try again, or choose a picture instead.';
    default:
      reportError(error);
      return 'The camera could not be opened. Choose a picture instead.';
  }
}
