/** What stands in the way, at the control that causes it. Read out when it comes. */
export function Problems({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <div class="ed-problems" role="status">
      {sentences.map((sentence) => (
        <p key={sentence} class="problem">
          {sentence}
        </p>
      ))}
    </div>
  );
}
