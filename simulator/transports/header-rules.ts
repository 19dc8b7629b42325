/**
 * What Node itself takes as a header; both throw. Not by an import: that reads whatever `node:http` offers, which makes it load a whole
 * client for WebSockets, and takes longer than all that players need.
 */
export const { validateHeaderName, validateHeaderValue } = process.getBuiltinModule('node:http');
