/** Origin and base path, without a slash at its end. Throws where nobody has said where to play: k6 then starts nothing. */
export function targetOf(text: string): string {
  if (!/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(text)) {
    throw new Error(
      `LAUNCHSTORM_TARGET is ${text === '' ? 'not set' : 'no origin with a base path'}: k6 run -e LAUNCHSTORM_TARGET=http://127.0.0.1:8080 …`,
    );
  }
  return text.replace(/\/+$/, '');
}

/** `name: value` on each line, `#` begins a comment. The text is never shown. */
export function headersIn(text: string): { readonly [name: string]: string } {
  const headers: { [name: string]: string } = {};
  text.split('\n').forEach((line, index) => {
    if (/^\s*(#|$)/.test(line)) return;
    const [, name, value] = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`Line ${index + 1} of the headers is not "name: value".`);
    headers[name] = value;
  });
  return headers;
}
