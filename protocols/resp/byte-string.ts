/** The UTF-8 bytes of a text as a byte string (one character per byte), the form in which all RESP code handles words. */
export function toByteString(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
