import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { MetricsReport } from '../../../functions/contracts/deployment-report.ts';
import type { FigureName } from '../../../functions/contracts/figure-names.ts';
import { figureInWords, valueInWords } from './words.ts';

/** There are no halves of what is counted. */
const counts = [1, 2, 5]
  .flatMap((first) => [1, 10, 100, 1000, 10_000, 100_000].map((times) => first * times))
  .toSorted((a, b) => a - b);

interface Series {
  readonly name: FigureName;
  /** A custom property of the style sheet. */
  readonly colour: string;
}

interface Props {
  readonly title: string;
  readonly report: MetricsReport;
  readonly series: readonly Series[];
}

const height = 190;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Between the lines of an axis of lengths of time, in milliseconds: as clocks are divided. */
const steps = [
  [1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 30_000],
  [1, 5, 10, 30].map((minutes) => minutes * minuteMs),
  [1, 2, 6, 12].map((hours) => hours * hourMs),
  [1, 2, 7, 14, 28, 56, 112, 224].map((days) => days * dayMs),
].flat();

/** Values over time, a point a window; what is not known is a gap. The same as a table, for who cannot see it. */
export function SeriesChart({ title, report, series }: Props) {
  const isKnown = series.some(({ name }) =>
    report.series.some(({ values }) => (values[name] ?? null) !== null),
  );
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {isKnown ? (
        <Plot report={report} series={series} />
      ) : (
        <p class="chart-empty">Nothing of it is known yet.</p>
      )}
      <div class="visually-hidden">
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th>From</th>
              {series.map(({ name }) => (
                <th key={name}>{figureInWords[name]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.series.map(({ from, values }) => (
              <tr key={from}>
                <td>{from}</td>
                {series.map(({ name }) => (
                  <td key={name}>
                    {valueInWords({ value: values[name] ?? null, unit: report.figures[name].unit })}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Plot({ report, series }: Omit<Props, 'title'>) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<UPlot>(undefined);
  useEffect(() => {
    const element = place.current;
    if (element === null) {
      return undefined;
    }
    const style = getComputedStyle(element);
    const unit = report.figures[series[0]?.name ?? 'deployments'].unit;
    const axis = {
      stroke: style.getPropertyValue('--muted'),
      grid: { stroke: style.getPropertyValue('--line'), width: 1 },
      ticks: { show: false },
      font: '12px Archivo, system-ui, sans-serif',
    };
    const plot = new UPlot(
      {
        width: element.clientWidth,
        height,
        cursor: { y: false, drag: { x: false, y: false } },
        legend: { live: true },
        scales: { y: { range: (_, __, max) => [0, Math.max(max, unit === 'ratio' ? 0.1 : 1) * 1.1] } },
        axes: [
          axis,
          {
            ...axis,
            size: 74,
            ...(unit === 'milliseconds' ? { incrs: steps } : unit === 'count' ? { incrs: counts } : {}),
            values: (_, ticks) => ticks.map((value) => valueInWords({ value, unit })),
          },
        ],
        series: [
          { value: '{D} {MMM} {YYYY}' },
          ...series.map(({ name, colour }) => ({
            label: figureInWords[name],
            stroke: style.getPropertyValue(colour),
            width: 2,
            spanGaps: false,
            points: { size: 6, fill: style.getPropertyValue(colour) },
            // Null: nothing is pointed at, or what is has no value.
            value: (_: UPlot, value: number | null) => (value === null ? '–' : valueInWords({ value, unit })),
          })),
        ],
      },
      dataOf(report, series),
      element,
    );
    const watch = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height });
    });
    watch.observe(element);
    drawn.current = plot;
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, []);
  useEffect(() => {
    drawn.current?.setData(dataOf(report, series));
  }, [report]);
  return <div ref={place} class="chart-plot" aria-hidden="true" />;
}

const dataOf = (report: MetricsReport, series: readonly Series[]): UPlot.AlignedData => [
  report.series.map(({ from }) => Date.parse(from) / 1000),
  ...series.map(({ name }) => report.series.map(({ values }) => values[name] ?? null)),
];
