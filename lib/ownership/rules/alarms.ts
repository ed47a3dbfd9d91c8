import { isFor } from '../../../functions/contracts/checklist-pattern.ts';
import { type Assembly, listAt, type Resource, tagsOf } from '../assembly.ts';
import { documentOf, type Finding, runbookFile } from '../finding.ts';
import { textsIn } from '../references.ts';
import type { Synthesized } from '../synthesized.ts';

const alarmTypes = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'] as const;

/** Every alarm has a heading in the runbook, and every heading an alarm. */
export function checkRunbook(synthesized: Synthesized): Finding[] {
  const { assembly, headings } = synthesized;
  const alarms = assembly.ofType(...alarmTypes).map((alarm) => ({
    alarm,
    heading: headingIn(alarm, synthesized),
  }));
  const wanted = new Set(alarms.map(({ heading }) => heading));
  const told = new Set<string>();
  const missing = alarms.flatMap(({ alarm, heading }): Finding[] => {
    const rule = 'alarm-without-runbook';
    if (heading === undefined) {
      return [
        {
          rule,
          construct: alarm.path,
          problem: `The alarm ${alarm.path} is called ${nameIn(alarm) ?? 'nothing'}: it says neither whose it is nor where the runbook has it.`,
          mend: `Let ServiceAlarms (lib/alarms/service-alarms.ts) derive it, or name it with alarmName (functions/contracts/alarm-name.ts) in ${synthesized.fileOf(alarm)}.`,
        },
      ];
    }
    // One heading explains all alarms of a subject.
    if (headings.has(heading) || told.has(heading)) {
      return [];
    }
    told.add(heading);
    return [
      {
        rule,
        construct: alarm.path,
        problem: `The alarm ${alarm.path} has no heading in ${runbookFile}: whom it wakes would not know what to do.`,
        mend: `Add “## ${heading}” to ${runbookFile}, with what people notice, what it means and what to do.`,
      },
    ];
  });
  const stale = [...headings]
    .filter((heading) => !wanted.has(heading))
    .map((heading): Finding => ({
      rule: 'runbook-without-alarm',
      construct: runbookFile,
      problem: `${runbookFile} explains “${heading}”, and no alarm is called so.`,
      mend: `Take the heading “## ${heading}” out of ${runbookFile}, or name it like the alarm that it explains.`,
    }));
  return [...missing, ...stale];
}

/** Every alarm tells somebody, itself or by a composite of which it is evidence, and says whose it is. */
export function checkAlarms(synthesized: Synthesized): Finding[] {
  const { assembly } = synthesized;
  const heard = heardAlarms(assembly);
  return assembly.ofType(...alarmTypes).flatMap((alarm) => {
    const found: Finding[] = [];
    const file = synthesized.fileOf(alarm);
    if (!heard.has(alarm)) {
      found.push({
        rule: 'alarm-without-action',
        construct: alarm.path,
        problem: `The alarm ${alarm.path} tells nobody: it has no action, and no composite alarm with one looks at it.`,
        mend: `Let ServiceAlarms (lib/alarms/service-alarms.ts) derive it, whose composites tell the team, or add an action for the team’s topic in ${file}.`,
      });
    }
    const owner = synthesized.ownerOf(alarm);
    const tags = tagsOf(alarm);
    const wanted = { Service: owner?.service, Team: owner?.team, Severity: undefined };
    const wrong = Object.entries(wanted).filter(([name, value]) => {
      const tag = tags.get(name);
      return tag === undefined || (value !== undefined && tag !== value);
    });
    if (wrong.length > 0) {
      found.push({
        rule: 'alarm-without-owner',
        construct: alarm.path,
        problem: `The alarm ${alarm.path} is not tagged with its ${wrong.map(([name, value]) => (value === undefined ? name : `${name} (${value})`)).join(', ')}: what it says cannot be brought to whom it concerns.`,
        mend: `Create it in an OwnedStack and tag it with tagAlarm (lib/alarms/service-alarm.ts), in ${file}.`,
      });
    }
    return found;
  });
}

/** Every promise is measured by an alarm that is called and tagged like it; others, of what may put it in danger, have its tag only. */
export function checkMeasured(synthesized: Synthesized): Finding[] {
  const measured = new Set(
    synthesized.assembly
      .ofType(...alarmTypes)
      .filter((alarm) => {
        const promises = tagsOf(alarm).get('Promise')?.split(' ') ?? [];
        return promises.some((id) => headingIn(alarm, synthesized)?.endsWith(`/${id}`));
      })
      .map((alarm) => headingIn(alarm, synthesized)),
  );
  return synthesized.documents.flatMap((document) =>
    document.promises
      .filter(({ id }) => !measured.has(`${document.service}/${id}`))
      .map(({ id }): Finding => {
        const stack = synthesized.stackOf(document);
        return {
          rule: 'promise-without-alarm',
          construct: documentOf(document.service),
          problem: `No alarm of ${stack} measures ${document.service}/${id}: none is called so and tagged Promise=${id}, and nobody would know that it is broken.`,
          mend: `Derive the alarms of ${stack} from ${documentOf(document.service)} with ServiceAlarms (lib/alarms/service-alarms.ts), in lib/fanfare.ts.`,
        };
      }),
  );
}

/** Every list of what to look at is for alarms that there are. */
export function checkChecklists(synthesized: Synthesized): Finding[] {
  const headings = Map.groupBy(
    synthesized.assembly.ofType(...alarmTypes).flatMap((alarm) => headingIn(alarm, synthesized) ?? []),
    (heading) => heading.split('/')[0],
  );
  return synthesized.documents.flatMap(({ service, checklist }) => {
    const subjects = [
      ...new Set((headings.get(service) ?? []).map((heading) => heading.slice(service.length + 1))),
    ];
    const patterns = checklist.flatMap(({ alarms }) => alarms);
    return [
      ...patterns
        .filter((pattern) => !subjects.some((subject) => isFor(pattern, subject)))
        .map((pattern): Finding => ({
          rule: 'checklist-of-no-alarm',
          construct: documentOf(service),
          problem: `The checklist of ${service} says what to look at when “${pattern}” is in alarm, and no alarm of the service is called so.`,
          mend: `Take “${pattern}” out of the checklist in ${documentOf(service)}, or write the alarm’s name as docs/runbook.md has it.`,
        })),
      ...subjects
        .filter((subject) => !patterns.some((pattern) => isFor(pattern, subject)))
        .map((subject): Finding => ({
          rule: 'alarm-without-checklist',
          construct: documentOf(service),
          problem: `Nothing says what to look at first when ${service}/${subject} is in alarm.`,
          mend: `Add steps for “${subject}” to the checklist in ${documentOf(service)}.`,
        })),
    ];
  });
}

/** `personalise/render-errors`, of `fanfare-dev/personalise/render-errors/5m-14.4x`; undefined when it is called otherwise, or as another service’s. */
function headingIn(alarm: Resource, synthesized: Synthesized): string | undefined {
  const [stage, service, subject] = (nameIn(alarm) ?? '').split('/');
  return stage === `fanfare-${synthesized.stage}` &&
    service === synthesized.ownerOf(alarm)?.service &&
    subject !== undefined &&
    subject !== ''
    ? `${service}/${subject}`
    : undefined;
}

/** The alarms that reach somebody: those with an action, and whatever is in the rule of one that does. */
function heardAlarms(assembly: Assembly): ReadonlySet<Resource> {
  const alarms = assembly.ofType(...alarmTypes);
  const byName = new Map(alarms.map((alarm) => [String(alarm.properties['AlarmName']), alarm]));
  const known = new Set(alarms);
  const heard = new Set(
    alarms.filter(
      ({ properties }) =>
        properties['ActionsEnabled'] !== false && listAt(properties, 'AlarmActions').length > 0,
    ),
  );
  // A set that is walked through gives what is added meanwhile, too.
  for (const alarm of heard) {
    const rule = alarm.properties['AlarmRule'];
    const named = [...textsIn(rule)].flatMap((text) =>
      [...text.matchAll(/\(\s*"?([^"()]+?)"?\s*\)/gu)].map(([, name = '']) => byName.get(name)),
    );
    for (const child of [...assembly.targetsOf(alarm, rule), ...named]) {
      if (child !== undefined && known.has(child)) {
        heard.add(child);
      }
    }
  }
  return heard;
}

function nameIn(alarm: Resource): string | undefined {
  const { AlarmName: name } = alarm.properties;
  return typeof name === 'string' ? name : undefined;
}
