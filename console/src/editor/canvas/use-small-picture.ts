import { useEffect } from 'preact/hooks';

/** How long after the last change a small picture is taken. */
const pictureAfterMs = 1000;
const pictureSide = 320;

/** A small picture of the canvas once nothing has changed for a while. */
export function useSmallPicture(round: number, isWanted: boolean, onPicture: (picture: Blob) => void): void {
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const take = async (): Promise<void> => {
      const canvas = document.querySelector<HTMLCanvasElement>('.ed-canvas');
      if (canvas === null || canvas.width === 0) {
        return;
      }
      const factor = Math.min(1, pictureSide / Math.max(canvas.width, canvas.height));
      const small = new OffscreenCanvas(
        Math.max(1, Math.round(canvas.width * factor)),
        Math.max(1, Math.round(canvas.height * factor)),
      );
      const context = small.getContext('2d');
      if (context !== null) {
        context.imageSmoothingQuality = 'high';
        context.drawImage(canvas, 0, 0, small.width, small.height);
        onPicture(await small.convertToBlob({ type: 'image/webp', quality: 0.8 }));
      }
    };
    const timer = setTimeout(() => {
      void take();
    }, pictureAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [round, isWanted]);
}
