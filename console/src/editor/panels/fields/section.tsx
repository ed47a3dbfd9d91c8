import type { ComponentChildren } from 'preact';

/** A part of a panel that can be folded away. */
export function Section({
  title,
  isOpen = false,
  children,
}: {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <details class="ed-section" open={isOpen}>
      <summary>{title}</summary>
      <div class="ed-section-body">{children}</div>
    </details>
  );
}
