// The site behind a server of the test's own, which can be stopped, and can serve another version.

import { createServer } from "node:http";

import { site } from "./browser.mjs";

/** Starts a server that gives what the site gives. Its files are held once they were asked for, so that it is quick. */
export async function ownSite() {
  const base = new URL(site).pathname;
  const held = new Map();
  const changes = new Map();
  const asked = [];
  const server = createServer(async (request, response) => {
    const name = request.url.split("?")[0];
    asked.push(name);
    if (!held.has(name)) {
      const answer = await fetch(new URL(name, site));
      held.set(name, {
        status: answer.status,
        type: answer.headers.get("content-type"),
        body: Buffer.from(await answer.arrayBuffer()),
      });
    }
    const { status, type, body } = held.get(name);
    const change = changes.get(name.slice(base.length));
    response.writeHead(status, { "content-type": type, "cache-control": "no-cache" });
    response.end(change ? change(body.toString("utf8")) : body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}${base}`,
    asked,
    /** From now on a file of this name is what `change` makes of its text. */
    change: (name, change) => changes.set(name, change),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
