/** The little that is used of a namespace that the types of Node leave out. */
declare const WebAssembly: {
  compile(module: Uint8Array<ArrayBuffer>): Promise<object>;
  Module: { customSections(module: object, name: string): ArrayBuffer[] };
};

/** The name of the section that holds the hash of the source; the runtime skips it. */
export const sourceSection = 'source-sha256';

/** The module with one more custom section at its end (WebAssembly core specification, 5.5.3). */
export function withSection(module: Uint8Array, name: string, text: string): Buffer {
  const nameBytes = Buffer.from(name);
  const content = Buffer.concat([Buffer.from(unsigned(nameBytes.length)), nameBytes, Buffer.from(text)]);
  return Buffer.concat([module, Buffer.from([0, ...unsigned(content.length)]), content]);
}

/** The text of a custom section, or null where there is none. */
export async function sectionOf(module: Uint8Array<ArrayBuffer>, name: string): Promise<string | null> {
  const [section] = WebAssembly.Module.customSections(await WebAssembly.compile(module), name);
  return section === undefined ? null : Buffer.from(section).toString();
}

/** LEB128: seven bits a byte, the lowest first. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}
