// What Lighthouse makes of a cold load, as on a desktop and as on a slow telephone with a slow line. It prints, and never fails
// for being slow.

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
const shown = ["first-contentful-paint", "largest-contentful-paint", "interactive", "total-blocking-time", "cumulative-layout-shift"];
try {
  for (const [device, config, target] of [["desktop", desktopConfig, "   target 95"], ["telephone", undefined, ""]]) {
    const { lhr } = await lighthouse(process.env.TABLECAST_SITE, { port: chrome.port, logLevel: "error" }, config);
    const told = ({ title, score }) => `${title.toLowerCase()} ${score === null ? "not measured" : Math.round(score * 100)}`;
    console.log(`${`Lighthouse, ${device}`.padEnd(30)}${Object.values(lhr.categories).map(told).join(", ")}${target}`);
    for (const { title, displayValue } of shown.map((id) => lhr.audits[id])) {
      console.log(`  ${title.toLowerCase().padEnd(28)}${displayValue ?? "not measured"}`);
    }
  }
} finally {
  chrome.kill();
}
