import { type BinaryOperator, type MathNode, parseMath } from './metric-math-parser.ts';

/** Values at the timestamps that are looked at, the oldest first; undefined where there is no data point. */
export type TimeSeries = readonly (number | undefined)[];

/** What an expression can refer to. */
export interface MathScope {
  /** Ids of the metrics of the request, in their order. */
  readonly metrics: readonly string[];
  /** Ids of the other expressions. */
  readonly expressions: readonly string[];
  /** Seconds. */
  readonly periodSeconds: number;
}

export interface MathExpression {
  readonly references: ReadonlySet<string>;
  /** @param seriesOf gives every id of `references` with `length` data points */
  readonly evaluate: (seriesOf: (id: string) => TimeSeries, length: number) => TimeSeries;
}

interface Data {
  readonly seriesOf: (id: string) => TimeSeries;
  readonly length: number;
}
type Compiled =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'series'; readonly of: (data: Data) => TimeSeries }
  | { readonly kind: 'array'; readonly of: readonly ((data: Data) => TimeSeries)[] };
type Point = number | undefined;

/**
 * Reads an expression and checks it against what it may refer to, so that whatever the local stage does not know is told before any data comes.
 * Source: CloudWatch user guide, "Using metric math".
 */
export function compileMath(expression: string, scope: MathScope): MathExpression {
  const references = new Set<string>();
  const compiled = compile(parseMath(expression), scope, references);
  if (compiled.kind !== 'series') {
    throw new Error(`it gives ${named[compiled.kind]}, an alarm needs one time series`);
  }
  return {
    references,
    evaluate: (seriesOf, length) => compiled.of({ seriesOf, length }),
  };
}

const named = { scalar: 'a number', series: 'a time series', array: 'several time series' } as const;

function compile(node: MathNode, scope: MathScope, references: Set<string>): Compiled {
  const compiled = (each: MathNode): Compiled => compile(each, scope, references);
  switch (node.kind) {
    case 'number':
      return { kind: 'scalar', value: node.value };
    case 'id':
      return reference(node.name, scope, references);
    case 'array':
      return { kind: 'array', of: node.items.flatMap((item) => eachSeries(compiled(item), 'an array')) };
    case 'negative':
      return mapPoints(compiled(node.of), (point) => -point);
    case 'binary':
      return combine(node.operator, compiled(node.left), compiled(node.right));
    case 'call':
      return call(node.name, node.args, compiled, scope, references);
    case 'text':
      throw new Error(`the text “${node.value}” has no meaning there`);
    case 'keyword':
      throw new Error(`${node.name} has no meaning there`);
  }
}

function reference(name: string, scope: MathScope, references: Set<string>): Compiled {
  if (!scope.metrics.includes(name) && !scope.expressions.includes(name)) {
    throw new Error(
      `there is no ${name}; there are ${[...scope.metrics, ...scope.expressions].join(', ') || 'no ids'}`,
    );
  }
  references.add(name);
  return { kind: 'series', of: ({ seriesOf }) => seriesOf(name) };
}

function call(
  name: string,
  args: readonly MathNode[],
  compiled: (node: MathNode) => Compiled,
  scope: MathScope,
  references: Set<string>,
): Compiled {
  const [first, second, third] = args;
  const takes = (least: number, most: number): void => {
    if (args.length < least || args.length > most) {
      throw new Error(`${name} takes ${least === most ? least : `${least} or ${most}`} arguments`);
    }
  };
  const mapping = Object.hasOwn(pointFunctions, name) ? pointFunctions[name] : undefined;
  if (mapping !== undefined && first !== undefined) {
    takes(1, 1);
    return mapPoints(compiled(first), mapping);
  }
  const across = Object.hasOwn(arrayFunctions, name) ? arrayFunctions[name] : undefined;
  if (across !== undefined && first !== undefined) {
    takes(1, 1);
    return acrossArray(name, compiled(first), across);
  }
  switch (name) {
    case 'IF':
      takes(2, 3);
      return first !== undefined && second !== undefined
        ? choose(compiled(first), compiled(second), third === undefined ? undefined : compiled(third))
        : unknown(name);
    case 'FILL':
      takes(2, 2);
      return first !== undefined && second !== undefined
        ? fill(compiled(first), second, compiled)
        : unknown(name);
    case 'PERIOD':
      takes(1, 1);
      if (first?.kind !== 'id' || !scope.metrics.includes(first.name)) {
        throw new Error('PERIOD takes the id of a metric');
      }
      return { kind: 'scalar', value: scope.periodSeconds };
    case 'METRICS': {
      takes(0, 1);
      if (first !== undefined && first.kind !== 'text') {
        throw new Error('METRICS takes a text, or nothing');
      }
      const ids = scope.metrics.filter((id) => id.includes(first?.value ?? ''));
      return {
        kind: 'array',
        of: ids.flatMap((id) => eachSeries(reference(id, scope, references), 'METRICS')),
      };
    }
    case 'TIME_SERIES': {
      takes(1, 1);
      const value = first === undefined ? undefined : compiled(first);
      if (value?.kind !== 'scalar') {
        throw new Error('TIME_SERIES takes a number');
      }
      return { kind: 'series', of: ({ length }) => Array.from({ length }, () => value.value) };
    }
    default:
      return unknown(name);
  }
}

function unknown(name: string): never {
  throw new Error(`the local stage does not know the function ${name}`);
}

const pointFunctions: Readonly<Record<string, (value: number) => number>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  LOG: Math.log,
  LOG10: Math.log10,
};

/** Over the time series of an array, from the values that are there at a timestamp. A missing one counts as 0, but makes no minimum or maximum. */
const arrayFunctions: Readonly<Record<string, (present: readonly number[], count: number) => number>> = {
  SUM: (present) => present.reduce((sum, value) => sum + value, 0),
  AVG: (present, count) => present.reduce((sum, value) => sum + value, 0) / count,
  MIN: (present) => Math.min(...present),
  MAX: (present) => Math.max(...present),
};

function acrossArray(
  name: string,
  array: Compiled,
  across: (present: readonly number[], count: number) => number,
): Compiled {
  if (array.kind !== 'array') {
    throw new Error(
      `${name} of ${named[array.kind]} depends on how far CloudWatch happens to look back: give it an array, such as ${name}([m1, m2])`,
    );
  }
  return {
    kind: 'series',
    of: (data) => {
      const all = array.of.map((of) => of(data));
      return points(data.length, (at) => {
        const present = all.flatMap((series) => series[at] ?? []);
        return present.length === 0 ? undefined : across(present, all.length);
      });
    },
  };
}

/** IF: a condition that has no value drops the data point; so does a false one without an alternative. */
function choose(condition: Compiled, then: Compiled, otherwise: Compiled | undefined): Compiled {
  if (condition.kind === 'array' || then.kind === 'array' || otherwise?.kind === 'array') {
    throw new Error('IF takes no arrays');
  }
  if (condition.kind === 'scalar') {
    const chosen = condition.value === 0 ? otherwise : then;
    if (chosen?.kind === 'scalar') {
      throw new Error('IF between numbers needs a time series as its condition');
    }
    return chosen ?? { kind: 'series', of: ({ length }) => points(length, () => undefined) };
  }
  return {
    kind: 'series',
    of: (data) => {
      const conditions = condition.of(data);
      const ifTrue = pointsOf(then, data);
      const ifFalse = otherwise === undefined ? () => undefined : pointsOf(otherwise, data);
      return points(data.length, (at) => {
        const truth = conditions[at];
        return truth === undefined ? undefined : truth === 0 ? ifFalse(at) : (ifTrue(at) ?? 0);
      });
    },
  };
}

function fill(sparse: Compiled, filler: MathNode, compiled: (node: MathNode) => Compiled): Compiled {
  if (sparse.kind === 'scalar') {
    throw new Error('FILL takes a time series');
  }
  const filled: (of: (data: Data) => TimeSeries) => (data: Data) => TimeSeries =
    filler.kind === 'keyword' && filler.name === 'REPEAT'
      ? (of) => (data) => repeated(of(data))
      : filledWith(compiled(filler));
  return sparse.kind === 'series'
    ? { kind: 'series', of: filled(sparse.of) }
    : { kind: 'array', of: sparse.of.map(filled) };
}

function filledWith(filler: Compiled): (of: (data: Data) => TimeSeries) => (data: Data) => TimeSeries {
  if (filler.kind === 'array') {
    throw new Error('FILL fills with a number, one time series or REPEAT');
  }
  return (of) => (data) => {
    const series = of(data);
    const substitute = pointsOf(filler, data);
    return points(data.length, (at) => series[at] ?? substitute(at));
  };
}

function repeated(series: TimeSeries): TimeSeries {
  let last: Point;
  return series.map((point) => {
    last = point ?? last;
    return last;
  });
}

/** Undefined drops the data point. */
const operations: Readonly<Record<BinaryOperator, (left: number, right: number) => Point>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

/** A value that only one of two time series has is held against 0. */
function combine(operator: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  const apply = (a: number, b: number): Point => finite(operations[operator](a, b));
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    const value = apply(left.value, right.value);
    if (value === undefined) {
      throw new Error(`${left.value} ${operator} ${right.value} is no number`);
    }
    return { kind: 'scalar', value };
  }
  if (left.kind === 'array' && right.kind === 'array') {
    throw new Error(`${operator} takes no two arrays`);
  }
  const between =
    (a: Compiled, b: Compiled) =>
    (data: Data): TimeSeries => {
      const [ofA, ofB] = [pointsOf(a, data), pointsOf(b, data)];
      return points(data.length, (at) => {
        const isMissing =
          (a.kind === 'scalar' || ofA(at) === undefined) && (b.kind === 'scalar' || ofB(at) === undefined);
        return isMissing ? undefined : apply(ofA(at) ?? 0, ofB(at) ?? 0);
      });
    };
  if (left.kind === 'array') {
    return { kind: 'array', of: left.of.map((of) => between({ kind: 'series', of }, right)) };
  }
  if (right.kind === 'array') {
    return { kind: 'array', of: right.of.map((of) => between(left, { kind: 'series', of })) };
  }
  return { kind: 'series', of: between(left, right) };
}

function mapPoints(compiled: Compiled, map: (value: number) => number): Compiled {
  const mapped =
    (of: (data: Data) => TimeSeries) =>
    (data: Data): TimeSeries =>
      of(data).map((point) => (point === undefined ? undefined : finite(map(point))));
  switch (compiled.kind) {
    case 'scalar':
      return { kind: 'scalar', value: map(compiled.value) };
    case 'series':
      return { kind: 'series', of: mapped(compiled.of) };
    case 'array':
      return { kind: 'array', of: compiled.of.map(mapped) };
  }
}

function eachSeries(compiled: Compiled, where: string): readonly ((data: Data) => TimeSeries)[] {
  if (compiled.kind === 'scalar') {
    throw new Error(`a number cannot be in ${where}`);
  }
  return compiled.kind === 'series' ? [compiled.of] : compiled.of;
}

/** The value at an index: of a number, always itself. */
function pointsOf(compiled: Compiled, data: Data): (at: number) => Point {
  if (compiled.kind === 'array') {
    throw new Error('Arrays have been dealt with before.');
  }
  if (compiled.kind === 'scalar') {
    return () => compiled.value;
  }
  const series = compiled.of(data);
  return (at) => series[at];
}

const points = (length: number, at: (index: number) => Point): TimeSeries =>
  Array.from({ length }, (_, index) => at(index));

const finite = (value: Point): Point => (value !== undefined && Number.isFinite(value) ? value : undefined);
