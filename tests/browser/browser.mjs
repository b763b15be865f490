// Debian's Chromium, by Playwright, and the demonstration it looks at.
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags });

// Set by run.mjs, so that all test files share one demonstration.
export const world = process.env.INLET_WORLD ? JSON.parse(process.env.INLET_WORLD) : undefined;

let browser;

export function useBrowser() {
  if (!world) throw new Error("start the browser tests with: node run.mjs");
  before(async () => (browser = await launch()));
  after(() => browser.close());
}

// A fresh visitor. `scripts: false` is a person whose browser runs none.
export async function visitor({ scripts = true, ...options } = {}) {
  const context = await browser.newContext({
    baseURL: world.base,
    javaScriptEnabled: scripts,
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.scripts = scripts;
  return page;
}
