import { z } from 'zod';
import { reportSchema } from './format.ts';

/** The JSON Schema (draft 2020-12) of `report.json`, derived from the same rows as the types. */
export function reportJsonSchema(): { [keyword: string]: unknown } {
  const schema = z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
  return {
    $id: 'urn:launchstorm:report:1',
    title: 'launchstorm.report/1',
    description: 'What a run leaves behind in report.json.',
    ...schema,
  };
}
