interface Sized {
  readonly width: number;
  readonly height: number;
}

export interface MosaicColumn<T> {
  /** The column's share of the width that makes all columns equally high. */
  readonly share: number;
  readonly pictures: readonly T[];
}

const isTall = ({ width, height }: Sized): boolean => height > width * 1.2;

/** Arranges pictures of different shapes in one block without holes: the tall ones stand beside a stack of the others. */
export function mosaic<T extends Sized>(pictures: readonly T[]): readonly MosaicColumn<T>[] {
  const tall = pictures.filter(isTall);
  const others = pictures.filter((picture) => !isTall(picture));
  const columns =
    tall.length === 0
      ? others.map((picture) => [picture])
      : [...(others.length === 0 ? [] : [others]), ...tall.map((picture) => [picture])];
  return columns.map((column) => ({
    share: 1 / column.reduce((sum, { width, height }) => sum + height / width, 0),
    pictures: column,
  }));
}
