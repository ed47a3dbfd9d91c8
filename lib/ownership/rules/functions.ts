import { type Assembly, at, type Resource, tagsOf } from '../assembly.ts';
import { documentOf, type Finding, stackFileOf } from '../finding.ts';
import { nameOf, type Synthesized } from '../synthesized.ts';

const ownedFunctionFile = 'lib/constructs/owned-function.ts';

/** Every function, the CDK's own too, belongs to a service; what runs a service's code was made as such. */
export function checkOwners(synthesized: Synthesized): Finding[] {
  const ours = new Set(synthesized.functions);
  return synthesized.assembly.ofType('AWS::Lambda::Function').flatMap((fn): Finding[] => {
    const rule = 'unowned-function';
    const owner = synthesized.ownerOf(fn);
    if (owner === undefined) {
      return [
        {
          rule,
          construct: fn.path,
          problem: `The function ${fn.path} is in ${fn.stack}, which is no service’s stack: nobody answers for it.`,
          mend: `Create it in the OwnedStack of a service in lib/stacks/, or give ${fn.stack.replace(`fanfare-${synthesized.stage}-`, '')} a promise document and name it in functions/promises.ts.`,
        },
      ];
    }
    const { service, team } = owner;
    const tags = tagsOf(fn);
    const wrong = [
      ['Service', service],
      ['Team', team],
    ].filter(([name = '', value]) => tags.get(name) !== value);
    if (wrong.length > 0) {
      return [
        {
          rule,
          construct: fn.path,
          problem: `The function ${fn.path} is not tagged ${wrong.map(([name, value]) => `${name}=${value}`).join(' and ')}, so it is nobody’s in bills, alarms and searches.`,
          mend: `Create it in an OwnedStack (lib/stacks/owned-stack.ts), which tags all that is in it; in ${stackFileOf(service)}, override none of its tags.`,
        },
      ];
    }
    if (ours.has(fn) && nameOf(fn) === undefined) {
      return [
        {
          rule,
          construct: fn.path,
          problem: `The function ${fn.path} has no tag Function: no handler of functions/${service}/ is known to be it.`,
          mend: `Create it in ${stackFileOf(service)} with OwnedFunction (${ownedFunctionFile}), named like its handler’s file.`,
        },
      ];
    }
    return [];
  });
}

/** A function that says how long it may run, on how much memory, and how long its log is kept. */
export function checkLimits(synthesized: Synthesized): Finding[] {
  const { assembly, functions } = synthesized;
  // For one that is nobody’s, there is nobody to decide these.
  const owned = functions.filter((fn) => synthesized.ownerOf(fn) !== undefined);
  return owned.flatMap((fn) => {
    const file = synthesized.fileOf(fn);
    const found: Finding[] = [];
    if (typeof fn.properties['Timeout'] !== 'number') {
      found.push({
        rule: 'function-without-timeout',
        construct: fn.path,
        problem: `The function ${fn.path} has no time-out of its own: Lambda’s 3 seconds are nobody’s decision.`,
        mend: `Give it a timeout in ${file}.`,
      });
    }
    if (typeof fn.properties['MemorySize'] !== 'number') {
      found.push({
        rule: 'function-without-memory',
        construct: fn.path,
        problem: `The function ${fn.path} has no memory size of its own: Lambda’s 128 MB, and so little CPU, are nobody’s decision.`,
        mend: `Give it memoryMb in ${file}.`,
      });
    }
    const groups = assembly.targetsOf(fn, at(fn.properties, 'LoggingConfig', 'LogGroup'));
    if (!groups.some((group) => typeof group.properties['RetentionInDays'] === 'number')) {
      found.push({
        rule: 'function-without-log-retention',
        construct: fn.path,
        problem:
          groups[0] === undefined
            ? `The function ${fn.path} has no log group of its own: Lambda would make one that keeps everything for ever.`
            : `The log group ${groups[0].path} of the function ${fn.path} has no retention: it keeps everything for ever.`,
        mend: `Create it with OwnedFunction (${ownedFunctionFile}), or give its log group a retention in ${file}.`,
      });
    }
    return found;
  });
}

/** Every function with a route is in a promise of its service, and every function that a promise names is there. */
export function checkPromised(synthesized: Synthesized): Finding[] {
  const { assembly, functions, documents } = synthesized;
  const named = new Map(functions.map((fn) => [`${fn.stack}/${nameOf(fn) ?? ''}`, fn]));
  const promised = new Set(
    documents.flatMap((document) =>
      document.promises.flatMap((promise) =>
        promise.functions.map((name) => `${synthesized.stackOf(document)}/${name}`),
      ),
    ),
  );
  const routed = publicFunctions(assembly);
  const unpromised = [...routed].flatMap(([fn, route]): Finding[] => {
    const owner = synthesized.ownerOf(fn);
    const name = nameOf(fn);
    // Whose it is and what it is called is another rule's.
    if (owner === undefined || name === undefined || promised.has(`${fn.stack}/${name}`)) {
      return [];
    }
    return [
      {
        rule: 'public-function-without-promise',
        construct: fn.path,
        problem: `The function ${fn.path} answers ${route}, and no promise of ${owner.service} covers it: its callers are promised nothing.`,
        mend: `Name “${name}” in the functions of a promise in ${documentOf(owner.service)}, or make one for it.`,
      },
    ];
  });
  const absent = documents.flatMap((document) =>
    document.promises.flatMap((promise) =>
      promise.functions
        .filter((name) => !named.has(`${synthesized.stackOf(document)}/${name}`))
        .map((name): Finding => ({
          rule: 'promise-of-no-function',
          construct: documentOf(document.service),
          problem: `The promise ${document.service}/${promise.id} is to be kept by “${name}”, and ${synthesized.stackOf(document)} has no function of that name.`,
          mend: `Take “${name}” out of the promise in ${documentOf(document.service)}, or create the function in ${stackFileOf(document.service)}.`,
        })),
    ),
  );
  return [...unpromised, ...absent];
}

/** Whom anybody outside can call, with the route that leads there. */
function publicFunctions(assembly: Assembly): ReadonlyMap<Resource, string> {
  const ofRoutes = assembly.ofType('AWS::ApiGatewayV2::Route').flatMap((route) =>
    assembly
      .targetsOf(route, route.properties['Target'])
      .flatMap((integration) =>
        assembly.functionsBehind(integration, integration.properties['IntegrationUri']),
      )
      .map((fn) => [fn, String(route.properties['RouteKey'])] as const),
  );
  const ofUrls = assembly
    .ofType('AWS::Lambda::Url')
    .flatMap((url) => assembly.functionsBehind(url, url.properties['TargetFunctionArn']))
    .map((fn) => [fn, 'at a URL of its own'] as const);
  return new Map([...ofUrls, ...ofRoutes]);
}
