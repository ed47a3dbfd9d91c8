import { z } from 'zod';
import { templateSchema } from '../../functions/contracts/template.ts';

/** `templates/template.schema.json`: what editors complete and check template.json with. */
export function templateJsonSchema(): string {
  const schema = z.toJSONSchema(templateSchema, { io: 'input' });
  return `${JSON.stringify({ ...schema, title: 'A Fanfare studio template' }, undefined, 2)}\n`;
}
