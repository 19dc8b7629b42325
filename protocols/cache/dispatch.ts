import type { Reply } from '../resp/reply.ts';
import { error } from '../resp/reply.ts';
import { needsLogin } from './acl/directory.ts';
import { denialFor } from './acl/permission.ts';
import type { Call, Command } from './command.ts';
import { table } from './commands/table.ts';
import { recordDenial } from './denials.ts';
import { askedFor, findCommand, wrongArity } from './lookup.ts';

/** Runs one request: known at all, right number of words, logged in, allowed; in the real server's order and words. */
export function dispatch(call: Call): Reply {
  const found = findCommand(table, call.words);
  if ('refusal' in found) return found.refusal;
  const { command } = found;
  call.session.lastCommand = command.name;
  return wrongArity(command, call.words) ?? refuseStranger(command, call) ?? refuseByRules(command, call) ?? command.run(call);
}

function refuseStranger(command: Command, { state, session }: Call): Reply | null {
  if (command.open === true || session.authenticated || !needsLogin(state.directory)) return null;
  return error('NOAUTH Authentication required.');
}

function refuseByRules(command: Command, call: Call): Reply | null {
  if (command.open === true) return null;
  const { user } = call.session;
  const denial = denialFor(user, askedFor(command, call.words));
  if (denial === null) return null;
  const object = denial.reason === 'key' ? denial.key : command.name;
  recordDenial(call, { reason: denial.reason, object, username: user.name });
  if (denial.reason === 'key') return error('NOPERM this user has no permissions to access one of the keys used as arguments');
  return error(`NOPERM this user has no permissions to run the '${command.name}' command`);
}
