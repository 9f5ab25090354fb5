import init, { preview, type Preview } from "tablecast/web";

await init();
await init(new URL("https://example.com/tablecast_bg.wasm"));
await init(new Uint8Array());
export const shown: Preview = preview("{}");
