import { App, Duration, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { renderEnv } from '../../functions/personalise/env.ts';
import { DeadLetters } from '../../lib/constructs/dead-letters.ts';
import { OwnedFunction } from '../../lib/constructs/owned-function.ts';
import { ServiceApi } from '../../lib/constructs/service-api.ts';
import { services } from '../../functions/promises.ts';
import { OwnedStack } from '../../lib/stacks/owned-stack.ts';
import { onceBuilt } from '../../tools/build.ts';
import { patience } from './templates.ts';

const environment = {
  ASSETS_BUCKET_NAME: 'assets',
  UPLOADS_BUCKET_NAME: 'uploads',
  RESULTS_BUCKET_NAME: 'results',
  TIMEOUT_MS: '1000',
  REDIS_ENDPOINT: 'rediss://cache:6379',
  REDIS_CACHE_NAME: 'cache',
  REDIS_USER_NAME: 'user',
};
const common = {
  name: 'render',
  description: 'Draws',
  memoryMb: 128,
  timeout: Duration.seconds(1),
  schema: renderEnv,
} as const;
const owned = (): OwnedStack => new OwnedStack(new App(), services.personalise, 'dev');

describe('what nobody owns', () => {
  it('cannot be made: outside an owned stack there is no team to tell', () => {
    const stack = new Stack(new App(), 'Anonymous');
    const make = (): DeadLetters =>
      // @ts-expect-error nothing fails on these
      new DeadLetters(stack, 'Lost', { name: 'lost', failing: undefined });
    expect(make).toThrow(
      /^FATAL Anonymous\/Lost belongs to no service: nobody answers for it[^]+Create it in the OwnedStack of a service, in lib\/stacks\//u,
    );
  });
});

describe('the environment of a function', { timeout: patience }, () => {
  it('compiles with exactly the variables of its schema', async () => {
    await onceBuilt(async () => {
      expect(() => new OwnedFunction(owned(), 'Render', { ...common, environment })).not.toThrow();
      const { TIMEOUT_MS: _, ...tooLittle } = environment;
      // @ts-expect-error a variable is missing
      expect(() => new OwnedFunction(owned(), 'Render', { ...common, environment: tooLittle })).not.toThrow();
      expect(
        () =>
          new OwnedFunction(owned(), 'Render', {
            ...common,
            environment: {
              ...environment,
              // @ts-expect-error nobody parses this variable
              RENDER_QUEUE_URL: 'https://queue',
            },
          }),
      ).not.toThrow();
    });
  });
});

describe('a route', () => {
  it('is written as API Gateway names it', () => {
    const stack = owned();
    const make = (): ServiceApi =>
      new ServiceApi(stack, 'Api', {
        // @ts-expect-error no such method
        routes: { 'FETCH /things': undefined },
        openBecause: 'Test',
      });
    expect(make).toThrow('“FETCH /things” is no route: write it like GET /things/{id}.');
  });
});
