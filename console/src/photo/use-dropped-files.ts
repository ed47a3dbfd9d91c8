import { useEffect, useRef, useState } from 'preact/hooks';

/** Takes a file dropped or pasted anywhere on the page; answers whether one is being dragged over it. */
export function useDroppedFiles(onFile: (file: File) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const take = useRef(onFile);
  take.current = onFile;
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const listen = <K extends keyof DocumentEventMap>(
      type: K,
      handle: (event: DocumentEventMap[K]) => void,
    ): void => {
      document.addEventListener(type, handle, { signal });
    };
    listen('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files') === true) {
        // Without this the browser leaves the page to open the file.
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setDragging(true);
      }
    });
    listen('dragleave', (event) => {
      if (event.relatedTarget === null) {
        setDragging(false);
      }
    });
    listen('drop', (event) => {
      setDragging(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) {
        event.preventDefault();
        take.current(file);
      }
    });
    listen('paste', (event) => {
      const file = event.clipboardData?.files[0];
      if (file !== undefined) {
        event.preventDefault();
        take.current(file);
      }
    });
    return () => {
      controller.abort();
    };
  }, []);
  return dragging;
}
