import { useState } from 'preact/hooks';

interface Props {
  /** Whether a token was refused before. */
  readonly wasRefused: boolean;
  readonly onToken: (token: string) => void;
}

/** Asks for a token of the issuer that the stage trusts. */
export function SignIn({ wasRefused, onToken }: Props) {
  const [token, setToken] = useState('');
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() !== '') {
          onToken(token.trim());
        }
      }}
    >
      <p>
        What was deployed and what broke is shown to people of the teams. Paste a token of your OpenID Connect
        issuer; it stays in this tab.
      </p>
      {wasRefused && (
        <p class="notice notice-problem" role="alert">
          This token was refused: it is of another issuer, or its time is over.
        </p>
      )}
      <div class="field">
        <label for="token">Token</label>
        <textarea
          id="token"
          rows={4}
          autocomplete="off"
          spellcheck={false}
          value={token}
          onInput={({ currentTarget }) => {
            setToken(currentTarget.value);
          }}
        />
      </div>
      <button type="submit" class="button">
        Show deployments
      </button>
    </form>
  );
}
