import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { MetricsReport } from '../../../functions/contracts/deployment-report.ts';
import type { FigureName } from '../../../functions/contracts/figure-names.ts';
import { figureInWords, valueInWords } from './words.ts';

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

/** Values over time, a point a window; what is not known is a gap. The same as a table, for who cannot see it. */
export function SeriesChart({ title, report, series }: Props) {
  const place = useRef<HTMLDivElement>(null);
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
            values: (_, ticks) =>
              ticks.map((value) => valueInWords({ value, unit: unit === 'count' ? 'count' : unit })),
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
      [
        report.series.map(({ from }) => Date.parse(from) / 1000),
        ...series.map(({ name }) => report.series.map(({ values }) => values[name] ?? null)),
      ],
      element,
    );
    const watch = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [report]);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div ref={place} class="chart-plot" aria-hidden="true" />
      <table class="visually-hidden">
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
    </figure>
  );
}
