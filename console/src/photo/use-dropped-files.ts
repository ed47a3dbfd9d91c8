import { useEffect, useRef, useState } from 'preact/hooks';

/** Takes files dropped or pasted anywhere on the page; answers whether any are being dragged over it. */
export function useDroppedFiles(onFiles: (files: readonly File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const listen = <K extends keyof DocumentEventMap>(
      type: K,
      handle: (event: DocumentEventMap[K]) => void,
    ): void => {
      document.addEventListener(type, handle, { signal });
    };
    const takeAll = (event: Event, data: DataTransfer | null): void => {
      const files = [...(data?.files ?? [])];
      if (files.length > 0) {
        event.preventDefault();
        take.current(files);
      }
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
      takeAll(event, event.dataTransfer);
    });
    listen('paste', (event) => {
      takeAll(event, event.clipboardData);
    });
    return () => {
      controller.abort();
    };
  }, []);
  return dragging;
}
