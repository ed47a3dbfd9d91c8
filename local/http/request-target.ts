/** The path and query of a request's target. The path begins with one slash at least and may begin with more, which the URL class alone would take for a host. */
export function parseTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  return mark === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
