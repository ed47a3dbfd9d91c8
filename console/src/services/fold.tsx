import type { ComponentChildren } from 'preact';

interface Props {
  readonly summary: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** Something for who wants to know more. It stays open or closed while the page is drawn anew. */
export function Fold({ summary, class: className = '', children }: Props) {
  return (
    <details class={`fold ${className}`}>
      <summary>{summary}</summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}
