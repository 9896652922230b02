// What all browser tests share: the program, a browser, pages that record what goes wrong, and axe.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const scratch = mkdtempSync(join(tmpdir(), "tabayyun-browser-"));
export const program = process.env.TABAYYUN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "release/tabayyun");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const tabayyun = (...args) => execFileSync(program, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

export const browser = () =>
  puppeteer.launch({ executablePath: process.env.CHROMIUM ?? chromium, args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"] });

/** A page on `url`; `page.faults` lists console errors and requests that leave for anywhere but `url` itself. */
export const open = async (chrome, url, { width = 1200, height = 900, scheme = "light", touch = false } = {}) => {
  const page = await chrome.newPage();
  page.faults = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && page.faults.push(message.text()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  const own = new URL(url);
  page.on("request", (request) => {
    const to = new URL(request.url());
    const inside = to.protocol === "data:" || to.protocol === "blob:" || (own.protocol === "file:" ? to.href.split("#")[0] === own.href.split("#")[0] : to.host === own.host);
    if (!inside) page.faults.push(`request to ${request.url()}`);
  });
  await page.setViewport({ width, height, isMobile: touch, hasTouch: touch });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(url, { waitUntil: "load" });
  return page;
};

/** What axe finds wrong with the page, in a line each. */
export const violations = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target} ${node.failureSummary?.split("\n")[1] ?? ""}`));
};

/** Whether the page scrolls sideways. */
export const overflows = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);

/** Keeps a picture for people if SCREENSHOTS names a folder. */
export const picture = async (page, name) => {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
};
