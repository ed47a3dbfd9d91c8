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
  text: 'M5 8V5h14v3M12 5v14M9 19h6',
  sticker:
    'M20 13V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h7zM13 20v-5a2 2 0 0 1 2-2h5M8.5 9.5h.01M14.5 9.5h.01M8.5 13c.8 1 2 1.6 3 1.6',
  looks:
    'M12 4.5l1.7 4.8 4.8 1.7-4.8 1.7L12 17.5l-1.7-4.8L5.5 11l4.8-1.7zM18.5 16.5v4M16.5 18.5h4M5.5 3.5v3M4 5h3',
  crop: 'M7 2.5V17h14.5M2.5 7H17v14.5',
  time: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2',
  output:
    'M4 7h9M18 7h2M4 17h2M11 17h9M15.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8.5 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  undo: 'M8 5 3.5 9.5 8 14M4 9.5h10a6 6 0 0 1 0 12h-3',
  redo: 'm16 5 4.5 4.5L16 14M20 9.5H10a6 6 0 0 0 0 12h3',
  play: 'M8 5v14l11-7z',
  pause: 'M8.5 5v14M15.5 5v14',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  trash: 'M4 7h16M9.5 7V4h5v3M6.5 7l1 13h9l1-13M10.5 11v5.5M13.5 11v5.5',
  copy: 'M9 9h11v11H9zM5.5 15H4V4h11v1.5',
  edit: 'M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4',
  forward: 'M12 20V9m0 0-4 4M12 9l4 4M5 4.5h14',
  backward: 'M12 4v11m0 0 4-4M12 15l-4-4M5 19.5h14',
  down: 'm6 9.5 6 6 6-6',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20.5 20.5',
  keyboard: 'M3 6h18v12H3zM7 10h.01M10.5 10h.01M14 10h.01M17 10h.01M8 14h8',
  'turn-right': 'M19.5 4v5h-5M19 9a8 8 0 1 0 1 5',
  mirror: 'M12 3v18M8.5 7 3 17h5.5zM15.5 7 21 17h-5.5z',
  'align-left': 'M4 6h16M4 10.7h10M4 15.3h16M4 20h10',
  'align-centre': 'M4 6h16M7 10.7h10M4 15.3h16M7 20h10',
  'align-right': 'M4 6h16M10 10.7h10M4 15.3h16M10 20h10',
  'align-top': 'M4 4h16M12 20V9m0 0-4 4M12 9l4 4',
  'align-middle': 'M4 12h16M12 3v5.5m0 0-2.5-2.5M12 8.5l2.5-2.5M12 21v-5.5m0 0-2.5 2.5M12 15.5l2.5 2.5',
  'align-bottom': 'M4 20h16M12 4v11m0 0 4-4M12 15l-4-4',
  reverse: 'M16 5v14L5 12z',
  boomerang: 'M4 8h13m0 0-3.5-3.5M17 8l-3.5 3.5M20 16H7m0 0 3.5-3.5M7 16l3.5 3.5',
  code: 'M8.5 7.5 4 12l4.5 4.5M15.5 7.5 20 12l-4.5 4.5',
  film: 'M3.5 5h17v14h-17zM8 5v14M16 5v14M3.5 9.7H8M3.5 14.3H8M16 9.7h4.5M16 14.3h4.5',
} as const;

/** A small drawing beside a word; never the only sign of what something does. */
export function Icon({ name }: { readonly name: keyof typeof drawings }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}
