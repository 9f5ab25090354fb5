// Cloudflare Workers, which compile no wasm at run time: theirs is imported, already compiled.
import module from "./tablecast_bg.wasm";
import { initSync } from "./tablecast.js";

initSync({ module });

export * from "./api.js";
