/** The commands with what may follow them: all that a completion script knows. */
export type Words = readonly CommandWords[];

type CommandWords = {
  name: string;
  summary: string;
  /** Words that may stand for an argument. */
  operands: readonly string[];
  /** Whether a file may stand there as well. */
  files: boolean;
  options: readonly { flag: string; help: string; takesValue: boolean }[];
};

/** Where nothing of ours fits, and behind an option that takes a value, bash completes files (`-o default`). */
export function bashScript(words: Words): string {
  const cases = words.map(
    ({ name, operands, options }) => `    ${name})
      words=${quoted([...operands, ...flags(options)].join(' '))}
      valued=${quoted(` ${flags(options.filter((option) => option.takesValue)).join(' ')} `)}
      ;;`,
  );
  return `# Completion for launchstorm in bash.
_launchstorm() {
  local words= valued=
  COMPREPLY=()
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted([...words.map(({ name }) => name), '--help', '--version'].join(' '))}
  elif [[ "$valued" == *" \${COMP_WORDS[COMP_CWORD - 1]} "* ]]; then
    return
  fi
  # No mapfile: macOS has bash 3.2. None of our words has a space or a star in it.
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _launchstorm launchstorm
`;
}

export function zshScript(words: Words): string {
  const cases = words.map(({ name, operands, files, options }) => {
    const rows = options.map(({ flag, help, takesValue }) => quoted(`${flag}[${bracketed(help)}]${takesValue ? ':value:_files' : ''}`));
    const operand = `'*: :{ compadd -- ${operands.join(' ')}${files ? '; _files' : ''} }'`;
    return `    ${name}) _arguments ${[...rows, operand].join(' ')} ;;`;
  });
  return `#compdef launchstorm
# Completion for launchstorm in zsh.
_launchstorm() {
  local -a commands
  commands=(${words.map(({ name, summary }) => quoted(`${name}:${summary}`)).join(' ')})
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_launchstorm" ]; then _launchstorm "$@"; else compdef _launchstorm launchstorm; fi
`;
}

export function fishScript(words: Words): string {
  const lines = words.flatMap(({ name, summary, operands, files, options }) => [
    `complete -c launchstorm -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...(operands.length > 0
      ? [`complete -c launchstorm -n '__fish_seen_subcommand_from ${name}'${files ? '' : ' -f'} -a ${quoted(operands.join(' '))}`]
      : []),
    ...options.map(({ flag, help, takesValue }) => {
      const [dash, word] = flag.startsWith('--') ? ['-l', flag.slice(2)] : ['-s', flag.slice(1)];
      return `complete -c launchstorm -n '__fish_seen_subcommand_from ${name}' ${dash} ${word}${takesValue ? ' -r' : ''} -d ${quoted(help)}`;
    }),
  ]);
  return `# Completion for launchstorm in fish.\n${lines.join('\n')}\n`;
}

function flags(options: CommandWords['options']): readonly string[] {
  return options.map(({ flag }) => flag);
}

/** One word for any of the three shells, whatever is in it; a quote is closed, escaped and opened again. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** zsh ends an option's description at a bracket, and its field at a colon. */
function bracketed(help: string): string {
  return help.replace(/[[\]:\\]/g, '\\$&');
}
