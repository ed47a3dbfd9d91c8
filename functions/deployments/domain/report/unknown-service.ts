import { HttpProblem } from '../../../kernel/http-problem.ts';

/** @throws HttpProblem 404 `unknown-service` */
export function unknownService(service: string): never {
  throw new HttpProblem(404, 'unknown-service', `Neither the directory nor any event knows “${service}”.`);
}
