/** `fanfare`, drawn: one stroke weight, round bowls, flat ends. */
const letters = [
  'M25 4.5h-3a9 9 0 0 0-9 9V60M1 24.5h24',
  'M65 20v40M65 40a15.5 15.5 0 1 1-31 0a15.5 15.5 0 1 1 31 0',
  'M80 60V20M80 39a14 14 0 0 1 28 0v21',
  'M142 4.5h-3a9 9 0 0 0-9 9V60M118 24.5h24',
  'M182 20v40M182 40a15.5 15.5 0 1 1-31 0a15.5 15.5 0 1 1 31 0',
  'M197 60V20M197 39a14 14 0 0 1 14-14.500h5',
  'M222 41h31A15.500 15.500 0 1 0 248 52',
];

export function Wordmark() {
  return (
    <svg class="wordmark" viewBox="0 0 258 62" role="img" aria-label="Fanfare">
      {letters.map((letter) => (
        <path key={letter} d={letter} />
      ))}
    </svg>
  );
}
