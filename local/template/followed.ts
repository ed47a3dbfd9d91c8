import * as z from 'zod';

/**
 * The properties of a resource that the stage follows, and those that mean nothing here. Any other is an error: it would change what the resource does in AWS
 * and nothing locally.
 */
export const followed = <Shape extends z.ZodRawShape>(shape: Shape, ignored: readonly string[] = []) =>
  z.looseObject(shape).superRefine((properties, context) => {
    for (const name of Object.keys(properties)) {
      if (!(name in shape) && !ignored.includes(name)) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'the local stage does not follow this property',
        });
      }
    }
  });
