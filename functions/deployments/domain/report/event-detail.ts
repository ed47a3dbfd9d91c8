import type { EventDetail, EventSummary } from '../../../contracts/deployment-report.ts';
import { weekOf } from '../copies.ts';
import { parseEventId } from '../identity.ts';
import type { Owners } from './owners.ts';
import type { RecordReader, ReportStore } from './ports.ts';
import { summaryOf } from './summary.ts';

/** So far may the events be apart that link to each other, in weeks: as long as details are kept. */
const reachWeeks = 58;

/** An event as the archive has it, with its links followed both ways; undefined when there is none of that id, or its details have expired. */
export async function eventDetail(
  store: ReportStore,
  records: RecordReader,
  owners: Owners,
  id: string,
): Promise<EventDetail | undefined> {
  const parsed = parseEventId(id);
  const [placed] = parsed === undefined ? [] : await store.find([parsed]);
  if (placed === undefined) {
    return undefined;
  }
  const { essence, service } = placed;
  const record = await records.get(service, essence.sequence);
  if (record === undefined) {
    throw new Error(`${service} has no record ${essence.sequence} in the archive, and one in the projection`);
  }
  const others = async (ids: readonly string[]): Promise<EventSummary[]> =>
    (
      await store.find(
        [...new Set(ids)].filter((each) => each !== id).flatMap((each) => parseEventId(each) ?? []),
      )
    )
      .toSorted((a, b) => a.essence.atMs - b.essence.atMs)
      .map((each) => summaryOf(each, owners));
  const weeks = weeksAround(essence.atMs);
  const [linksTo, linkedFrom, sameChain] = await Promise.all([
    Promise.all((essence.links ?? []).map((context) => store.withContext(context, weeks))).then((found) =>
      others(found.flat()),
    ),
    store.linked(essence.context).then(others),
    essence.chain === undefined ? [] : store.chain(essence.chain).then(others),
  ]);
  return {
    ...summaryOf(placed, owners),
    event: record.event,
    ...(record.original === undefined ? {} : { original: record.original }),
    chainPlace: { sequence: record.sequence, previous: record.previous, hash: record.hash },
    linksTo,
    linkedFrom,
    sameChain,
  };
}

const weekMs = 7 * 24 * 60 * 60 * 1000;

const weeksAround = (ms: number): string[] =>
  Array.from({ length: 2 * reachWeeks + 1 }, (_, index) => weekOf(ms + (index - reachWeeks) * weekMs));
