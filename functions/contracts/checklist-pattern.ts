/** Whether a checklist's `pattern` is for the alarm on `subject`; `*` stands for any letters. */
export const isFor = (pattern: string, subject: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'u').test(subject);
