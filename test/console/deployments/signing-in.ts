import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../local/stage.ts';
import type { VisitStage } from './visit-stage.ts';

/** What must hold of signing in, in a browser, against a stage. */
export function describeSigningIn(stage: () => Stage, visitStage: VisitStage): void {
  const place = (): string => `${stage().origin}/#/deployments?team=campaigns`;

  /** Nobody is signed in at the issuer: it has to ask. */
  const asNobody = (context: BrowserContext) =>
    context.addCookies([{ name: 'fanfare-local-person', value: 'nobody', url: stage().endpoints.issuer }]);

  /** The token that the tab has is of a sign-in of hours ago, and the API takes it no more. */
  const spoilToken = (page: Page) =>
    page.evaluate(() => {
      const session: unknown = JSON.parse(sessionStorage.getItem('fanfare-session') ?? '{}');
      sessionStorage.setItem(
        'fanfare-session',
        JSON.stringify({ ...Object(session), token: 'an.old.one', since: Date.now() - 3_600_000 }),
      );
    });

  const signedIn = (page: Page, team: string) => page.getByText(`Signed in as Somebody of ${team}`).waitFor();

  describe('signing in', { timeout: 60_000 }, () => {
    it('asks nothing of whoever is signed in at the issuer, leaves no trace in the address or the history, and comes back', async () => {
      await using visited = await visitStage();
      const { page } = visited;
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto('about:blank');
      await page.goto(place());
      await signedIn(page, 'delivery');
      await page.getByText('Live', { exact: true }).waitFor();
      expect(page.url()).toBe(place());
      const authorize = new URL(asked.find((url) => url.includes('/authorize?')) ?? '');
      expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
        response_type: 'code',
        client_id: 'fanfare-console',
        redirect_uri: `${stage().origin}/`,
        code_challenge_method: 'S256',
        prompt: 'none',
        state: expect.stringMatching(/^[\w-]{43}$/u),
        nonce: expect.stringMatching(/^[\w-]{43}$/u),
      });
      expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
      // Nobody has clicked: going back does not lead through the issuer.
      await page.goBack();
      expect(page.url()).toBe('about:blank');
      expect(visited.complaints).toEqual([]);
    });

    it('is asked for when nobody is signed in at the issuer, and shows when one is not let in', async () => {
      await using visited = await visitStage(asNobody);
      const { page } = visited;
      await page.goto(place());
      const button = page.getByRole('button', { name: 'Sign in' });
      await button.waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await button.click();
      await page.getByRole('link', { name: 'Nobody: do not sign in' }).click();
      await page
        .getByRole('alert')
        .filter({ hasText: 'did not sign you in. You were not let in. It says: Nobody wanted to sign in.' })
        .waitFor();
      await button.click();
      await page.getByRole('link', { name: 'Somebody of campaigns' }).click();
      await signedIn(page, 'campaigns');
      expect(page.url()).toBe(place());
      expect(visited.complaints).toEqual([]);
    });

    it('goes on by itself when the token has ended, and where one was when it has to be asked for', async () => {
      await using visited = await visitStage();
      const { context, page } = visited;
      await page.goto(place());
      await signedIn(page, 'delivery');
      await spoilToken(page);
      await page.reload();
      await page.getByText('Live', { exact: true }).waitFor();
      expect(page.url()).toBe(place());
      await asNobody(context);
      await spoilToken(page);
      await page.reload();
      await page.getByText('Your sign-in has ended.').waitFor();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('link', { name: 'Somebody of studio' }).click();
      await signedIn(page, 'studio');
      expect(page.url()).toBe(place());
      await page.getByRole('combobox', { name: 'Team' }).waitFor();
      expect(visited.complaints).toEqual([]);
    });

    it('uses no answer of another sign-in, and none twice', async () => {
      await using visited = await visitStage();
      const { page } = visited;
      const answers: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/?code=')) {
          answers.push(request.url());
        }
      });
      await page.goto(`${stage().origin}/?code=stolen&state=of-somebody-else`);
      const refusal = page.getByRole('alert').filter({ hasText: 'of another sign-in' });
      await refusal.waitFor();
      expect(page.url()).toBe(`${stage().origin}/#/deployments`);
      await page.goto('about:blank');
      await page.goto(place());
      await signedIn(page, 'delivery');
      await page.goto(answers[0] ?? '');
      await refusal.waitFor();
    });

    it('that the service does not take is not tried again and again', async () => {
      await using visited = await visitStage();
      const { page } = visited;
      let asked = 0;
      await page.route('**/token', async (route) => {
        asked += 1;
        const answer = await route.fetch();
        const body: Record<string, unknown> = await answer.json();
        await route.fulfill({ response: answer, json: { ...body, access_token: 'not.for.us' } });
      });
      await page.goto(place());
      await page.getByText('Fanfare does not take what it was given of you').waitFor();
      expect(asked).toBe(1);
    });

    it('believes no issuer that calls itself something else, and says when it cannot be reached', async () => {
      await using visited = await visitStage();
      const { page } = visited;
      await page.route('**/.well-known/openid-configuration', async (route) => {
        const answer = await route.fetch();
        const body: Record<string, unknown> = await answer.json();
        await route.fulfill({ response: answer, json: { ...body, issuer: 'https://elsewhere.example' } });
      });
      await page.goto(place());
      await page.getByText('does not fit together, so it was not believed').waitFor();
      await page.unroute('**/.well-known/openid-configuration');
      await page.route('**/.well-known/openid-configuration', (route) => route.abort());
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('where people sign in, could not be reached').waitFor();
      await page.unroute('**/.well-known/openid-configuration');
      await page.getByRole('button', { name: 'Try again' }).click();
      await signedIn(page, 'delivery');
    });

    it('ends when one signs out, in this tab, until one says otherwise', async () => {
      await using visited = await visitStage();
      const { page } = visited;
      await page.goto(place());
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You have signed out of this page.').waitFor();
      expect(await page.evaluate(() => sessionStorage.getItem('fanfare-session'))).toBeNull();
      await page.reload();
      await page.getByText('You have signed out of this page.').waitFor();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('link', { name: 'Somebody of delivery' }).click();
      await signedIn(page, 'delivery');
    });
  });
}
