// Browsers that fetch the wasm as a file of its own, smaller and compiled while it loads: `await init()` comes first.
import start from "./tablecast.js";

export * from "./api.js";

export default async function init(wasm = new URL("./tablecast_bg.wasm", import.meta.url)) {
  await start({ module_or_path: wasm });
}
