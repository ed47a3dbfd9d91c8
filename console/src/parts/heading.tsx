import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

let firstPage = true;

interface Props {
  readonly title: string;
  readonly class?: string;
  readonly children?: ComponentChildren;
}

/** The heading of a page: names the tab, and takes the focus when the page takes another's place, so that it is read out. */
export function Heading({ title, class: className, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstPage) {
      scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    firstPage = false;
  }, []);
  useEffect(() => {
    document.title = `${title} · Fanfare`;
  }, [title]);
  return (
    <h1 ref={heading} class={className} tabIndex={-1}>
      {children ?? title}
    </h1>
  );
}
