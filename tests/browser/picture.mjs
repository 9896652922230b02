// Takes docs/dashboard.png, the picture in the README: npm run picture. (Then reduced to 96 colours, to be small.)

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { sample } from "./sample.mjs";

const root = resolve(import.meta.dirname, "../..");
const binary = process.env.TABAYYUN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "release/tabayyun");
const folder = mkdtempSync(join(tmpdir(), "tabayyun-"));
const run = (...args) => execFileSync(binary, [...args, "--quiet"], { cwd: folder });
writeFileSync(join(folder, "articles.jsonl"), sample("en"));
run("batch", "articles.jsonl", "-o", "scored.csv", "--features", "--contributions");
run("report", "scored.csv", "-o", "dashboard.html");
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.setViewport({ width: 1180, height: 900 });
await page.goto(pathToFileURL(join(folder, "dashboard.html")).href);
const [top, bottom] = await page.evaluate(() => [
  document.querySelector(".lang").getBoundingClientRect().top,
  document.querySelector(".plots").getBoundingClientRect().bottom,
]);
await page.screenshot({ path: join(root, "docs/dashboard.png"), clip: { x: 0, y: top - 12, width: 1180, height: bottom - top + 24 } });
await browser.close();
rmSync(folder, { recursive: true });
