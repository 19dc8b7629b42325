const blockBytes = 512;

/** The text of the first regular file in a tar archive, as the engine hands out a single file (POSIX ustar: size in octal at byte 124). */
export function fileIn(archive: Buffer): string {
  for (let at = 0; at + blockBytes <= archive.length; ) {
    const bytes = Number.parseInt(archive.toString('latin1', at + 124, at + 136), 8) || 0;
    const kind = archive.toString('latin1', at + 156, at + 157);
    if (kind === '0' || kind === '\0') return archive.toString('utf8', at + blockBytes, at + blockBytes + bytes);
    at += blockBytes * (1 + Math.ceil(bytes / blockBytes));
  }
  throw new Error('there is no file in the archive');
}
