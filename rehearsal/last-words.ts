import { stateFolder } from '../chaos/state-folder.ts';

/** Of what nobody may miss, whatever else was asked for. */
export const complain = (line: string) => void process.stderr.write(`${line}\n`);

/** Whoever looks for this run later must look there too; empty where it is the usual place. */
export async function sayWhereRunsAreListed(say: (line: string) => void): Promise<readonly string[]> {
  const { note } = await stateFolder();
  if (note !== null) say(note);
  return note === null ? [] : [note];
}
