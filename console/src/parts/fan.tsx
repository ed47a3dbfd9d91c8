interface Props {
  /** How many of the five blades have sounded. */
  readonly lit: number;
  /** The blade that sounds now, from 0. */
  readonly current?: number;
  /** Without the empty corner over the short blades, for use as a sign. */
  readonly tight?: boolean;
  readonly class?: string;
}

const blades = 5;
const gapDegrees = 5;
const centre = { x: 100, y: 104 };
const innerRadius = 20;

const point = (radius: number, degrees: number): string => {
  const radians = (degrees * Math.PI) / 180;
  return `${(centre.x + radius * Math.cos(radians)).toFixed(2)} ${(centre.y + radius * Math.sin(radians)).toFixed(2)}`;
};

/** Fanfare's sign: five sounds, each stronger than the one before. */
const outlines = Array.from({ length: blades }, (_, index) => {
  const radius = 44 + index * 14;
  const from = 180 + index * (180 / blades) + gapDegrees / 2;
  const to = 180 + (index + 1) * (180 / blades) - gapDegrees / 2;
  return `M${point(innerRadius, from)}L${point(radius, from)}A${radius} ${radius} 0 0 1 ${point(radius, to)}L${point(innerRadius, to)}A${innerRadius} ${innerRadius} 0 0 0 ${point(innerRadius, from)}Z`;
});

export function Fan({ lit, current, tight = false, class: className = '' }: Props) {
  return (
    <svg class={`fan ${className}`} viewBox={tight ? '54 4 147 100' : '0 0 200 106'} aria-hidden="true">
      {outlines.map((outline, index) => (
        <path
          key={outline}
          d={outline}
          class={`blade${index < lit ? ' blade-lit' : ''}${index === current ? ' blade-now' : ''}`}
        />
      ))}
    </svg>
  );
}
