// Node.js, `import`: the wasm is read from the disk beside this file, so that everything is ready at once.
import { readFileSync } from "node:fs";
import { initSync } from "./tablecast.js";

initSync({ module: readFileSync(new URL("./tablecast_bg.wasm", import.meta.url)) });

export * from "./api.js";
