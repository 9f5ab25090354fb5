export * from "./index.js";

/**
 * Loads the wasm; the other functions work once its promise is fulfilled.
 *
 * `wasm` is where the file is, or the file itself; when absent, the one beside this module is fetched.
 */
export default function init(
  wasm?: string | URL | Response | BufferSource | WebAssembly.Module,
): Promise<void>;
