import type { z } from 'zod';

export type FieldProblem = { field: string; problem: string };

/** An answer other than 200, with its whole body; what went wrong inside the service is never part of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: { readonly error: string; readonly [key: string]: unknown };
  readonly headers: { readonly [name: string]: string };

  constructor(status: number, body: Refusal['body'], headers: Refusal['headers'] = {}) {
    super(body.error);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const fieldsMax = 32;

export function badRequest(fields: readonly FieldProblem[]): Refusal {
  return new Refusal(400, { error: 'bad_request', fields: fields.slice(0, fieldsMax) });
}

export function notFound(what: string): Refusal {
  return new Refusal(404, { error: 'not_found', what });
}

/** The checked value; throws a Refusal that names every bad field. `whole` is what the value as a whole is called. */
export function checked<Shape extends z.ZodType>(shape: Shape, value: unknown, whole: string): z.output<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw badRequest(
    result.error.issues.map((issue) => ({
      field: issue.path.length === 0 ? whole : issue.path.join('.'),
      problem: issue.message.slice(0, 200),
    })),
  );
}
