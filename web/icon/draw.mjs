// Draws the icons of the installed page from `web/public/icon.svg`: `CHROMIUM=/usr/bin/chromium node web/icon/draw.mjs`.

import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const folder = new URL("../public/", import.meta.url);
const svg = readFileSync(new URL("icon.svg", folder), "utf8");

/** The picture alone, or on a ground that a system may cut to any shape: what matters is within the middle four fifths. */
const icons = [
  { name: "icon-192.png", size: 192, fill: 1 },
  { name: "icon-512.png", size: 512, fill: 1 },
  { name: "icon-maskable-512.png", size: 512, fill: 0.8, ground: "#0b7268" },
  { name: "apple-touch-icon.png", size: 180, fill: 0.9, ground: "#0b7268" },
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const { name, size, fill, ground } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const side = Math.round(size * fill);
  await page.setContent(`<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground ?? "transparent"}">${svg.replace("<svg", `<svg width="${side}" height="${side}"`)}`);
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
