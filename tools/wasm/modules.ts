/** What is written in Rust and committed compiled: its folder from the root, the name of its crate, the file that it is compiled to. */
export type RustModule = { folder: string; crate: string; path: string };

export const rustModules: readonly RustModule[] = [
  { folder: 'service/search-wasm', crate: 'treasure_search', path: 'service/search-wasm/search.wasm' },
  { folder: 'simulator/engine/scan-wasm', crate: 'answer_scan', path: 'simulator/engine/scan-wasm/scan.wasm' },
];
