const drawings = {
  picture: 'M4 5h16v14H4zM4 16l4.5-4.5L13 16l2.5-2.5L20 17.5M15.5 9.5h.01',
  camera: 'M3 7.5h4.5L9 5h6l1.5 2.5H21V19H3zM12 16.2a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8z',
  download: 'M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M4.5 19.5h15',
  share: 'M12 15V4m0 0L7.8 8.2M12 4l4.2 4.2M6 12v7.5h12V12',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1',
  check: 'M5 12.5 10 17.5 19.5 7',
  arrow: 'M5 12h14m0 0-5.5-5.5M19 12l-5.5 5.5',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21.2h4M12 5V3',
  note: 'M5 3.5h14v17H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4',
  back: 'M19 12H5m0 0 5.5-5.5M5 12l5.5 5.5',
} as const;

/** A small drawing beside a word; never the only sign of what something does. */
export function Icon({ name }: { readonly name: keyof typeof drawings }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}
