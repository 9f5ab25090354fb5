// Keeps every file of the page, so that it opens without a network. `cargo xtask site` fills in which files there are.

/** Another one whenever any file is another. */
const version = /* version */;

/** The files, each by its name below the page, with the SHA-256 of what is in it. */
const files = /* files */;

/** Those of them that are large and that few want: kept once the page is quiet, or one of them is wanted. */
const late = /* late */;

/** The page counts as quiet, in milliseconds after it has come. */
const QUIET = 10_000;

const scope = self.registration.scope;
const ours = `tablecast ${scope} `;
const kept = ours + version;

/** Where a file is kept: by what is in it, so that one that stays the same is not fetched again. */
const placeOf = (name) => new URL(`?${encodeURIComponent(files[name])}`, scope).href;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));

// A version waits until the page that shows the one before it is gone, or a person asks for the new one.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  const saves = navigator.connection?.saveData;
  if (event.data === "keep the rest" && !saves) {
    event.waitUntil(new Promise((resolve) => setTimeout(resolve, QUIET)).then(keepLate));
  }
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const path = new URL(request.url).pathname.slice(new URL(scope).pathname.length);
  const name = path === "" ? "index.html" : path;
  if (!Object.hasOwn(files, name)) return;
  event.respondWith(answer(name, request));
  if (late.includes(name)) event.waitUntil(keepLate());
});

async function answer(name, request) {
  const cache = await caches.open(kept);
  return (await cache.match(placeOf(name), { ignoreVary: true })) ?? fetch(request);
}

async function keepAll() {
  const before = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== kept);
  const cache = await caches.open(kept);
  await Promise.all(
    Object.keys(files).map(async (name) => {
      const place = placeOf(name);
      for (const older of before) {
        const same = await caches.match(place, { cacheName: older, ignoreVary: true });
        if (same) return cache.put(place, same);
      }
      return late.includes(name) ? undefined : keep(cache, name);
    }),
  );
}

async function keep(cache, name) {
  // The shell goes by the page's own address: some hosts send `index.html` on to it.
  const address = new URL(name === "index.html" ? "./" : name, scope);
  // What is not what it should be belongs to another version: this one is not kept.
  const response = await fetch(address, { cache: "no-cache", integrity: `sha256-${files[name]}` });
  if (!response.ok) throw new Error(`${address} gives ${response.status}`);
  return cache.put(placeOf(name), response);
}

let keeping;

/** Keeps what is large, one file after the other; what does not come now is tried again on the next visit. */
function keepLate() {
  const all = async () => {
    const cache = await caches.open(kept);
    for (const name of late) {
      if (!(await cache.match(placeOf(name), { ignoreVary: true }))) await keep(cache, name);
    }
  };
  keeping ??= all().catch(() => {}).finally(() => (keeping = undefined));
  return keeping;
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(ours) && name !== kept).map((name) => caches.delete(name)));
}
