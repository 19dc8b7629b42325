/** Where programs, files and words are found. Whatever else the user's environment holds may be a secret, and no child needs it. */
const keptNames = ['PATH', 'HOME', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME', 'TMPDIR', 'LANG', 'TZ', 'SystemRoot', 'USERPROFILE'];

/** What a child of ours inherits, unless it gets less. */
export function childEnvironment(from: NodeJS.ProcessEnv = process.env): { [name: string]: string } {
  return Object.fromEntries(keptNames.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}
