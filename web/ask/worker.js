// The database beside the page: starts when it is first asked for something, answers one message after the other.

import { csv } from "./csv.js";
import { ask, fault, load, start } from "./engine.js";

/** So often, in milliseconds, the page is told how far a load is. */
const OFTEN = 60;

/** Set in the end of a cell that has no value. */
const NOTHING = 1 << 31;

const folder = new URL(POSTGRES_FOLDER, self.location.href);

/** Tells the page of every part that has come. */
async function fetched() {
  let here = 0;
  const counted = (name, type) =>
    fetch(new URL(name, folder)).then((response) => {
      if (!response.ok) throw new Error(`${name} could not be fetched: ${response.status} ${response.statusText}`);
      const count = new TransformStream({
        transform(chunk, controller) {
          here += chunk.byteLength;
          self.postMessage({ kind: "coming", here, all: POSTGRES_BYTES });
          controller.enqueue(chunk);
        },
      });
      return new Response(response.body.pipeThrough(count), { headers: { "content-type": type } });
    });
  const [pgliteWasmModule, initdbWasmModule, fsBundle] = await Promise.all([
    WebAssembly.compileStreaming(counted("pglite.wasm", "application/wasm")),
    WebAssembly.compileStreaming(counted("initdb.wasm", "application/wasm")),
    counted("pglite.data", "application/octet-stream").then((response) => response.blob()),
  ]);
  self.postMessage({ kind: "starting" });
  return { pgliteWasmModule, initdbWasmModule, fsBundle };
}

let database;
let last;

/** An answer in two pieces that cost nothing to hand over: all cells in one run of bytes, and where each of them ends. */
function packed({ rows, ...answer }) {
  const cells = rows.flat();
  const ends = new Uint32Array(cells.length);
  let bytes = new Uint8Array(1 << 16);
  let end = 0;
  const encoder = new TextEncoder();
  for (const [place, cell] of cells.entries()) {
    const most = (cell?.length ?? 0) * 3;
    if (end + most > bytes.length) {
      const wider = new Uint8Array(Math.max(2 * bytes.length, end + most));
      wider.set(bytes.subarray(0, end));
      bytes = wider;
    }
    if (cell !== null) end += encoder.encodeInto(cell, bytes.subarray(end)).written;
    ends[place] = cell === null ? (end | NOTHING) >>> 0 : end;
  }
  return { ...answer, bytes: bytes.slice(0, end), ends };
}

const verbs = {
  async load({ id, statements, schema }) {
    const began = performance.now();
    let told = began;
    await load(database, { statements, schema }, (done) => {
      if (performance.now() - told < OFTEN) return;
      told = performance.now();
      self.postMessage({ kind: "step", id, done, all: statements.length });
    });
    return { milliseconds: performance.now() - began };
  },
  async ask({ sql }) {
    last = await ask(database, sql);
    return packed(last);
  },
  /** An answer that nobody keeps. */
  async read({ sql }) {
    return packed(await ask(database, sql));
  },
  async file({ format, sql }) {
    const answer = sql === undefined ? last : await ask(database, sql);
    if (format === "csv") return { bytes: new TextEncoder().encode(csv(answer)) };
    const { parquet } = await import("./parquet.js");
    return { bytes: parquet(answer) };
  },
};

let queue = Promise.resolve();
self.onmessage = ({ data }) => {
  queue = queue.then(async () => {
    try {
      database ??= await start(await fetched());
      const done = await verbs[data.verb](data);
      const pieces = [done.bytes, done.ends].filter(Boolean).map(({ buffer }) => buffer);
      self.postMessage({ kind: "done", id: data.id, ...done }, pieces);
    } catch (error) {
      self.postMessage({ kind: "fault", id: data.id, ...fault(error, data.sql), started: database !== undefined });
    }
  });
};
