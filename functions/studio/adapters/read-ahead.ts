/** How many are on their way while one is used: each takes a thread of its own where there is one, and memory. */
const most = 2;

/**
 * Reads what is wanted in an order that is known, a little ahead: while one is painted, the next are decoded and brought into shape.
 * @returns the next of the order, which has to be what is asked for
 */
export function readAhead<T>(
  order: readonly number[],
  read: (index: number) => Promise<T>,
): (index: number) => Promise<T> {
  const coming: Promise<T>[] = [];
  let asked = 0;
  return async (index) => {
    const expected = order[asked - coming.length];
    if (expected !== index) {
      throw new Error(`Frame ${index} was wanted where ${expected ?? 'none'} comes.`);
    }
    for (const next of order.slice(asked, asked + most + 1 - coming.length)) {
      const reading = read(next);
      // A failure is heard of when its turn comes.
      reading.catch(() => undefined);
      coming.push(reading);
      asked += 1;
    }
    return (await coming.shift()) ?? missing(index);
  };
}

function missing(index: number): never {
  throw new Error(`Frame ${index} was read as nothing.`);
}
