/** Brings a person to the first field that needs mending, or to what is said about the whole form. */
export function focusFirstProblem(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"], .notice-problem')?.focus();
}
