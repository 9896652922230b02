// Takes the pictures in the README, docs/report-ar.png, docs/dashboard.png and docs/training-report.png: npm run picture. (Then reduced to
// some 100 colours, to be small.)

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { sample } from "./sample.mjs";

const root = resolve(import.meta.dirname, "../..");
const binary = process.env.TABAYYUN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "release/tabayyun");
const folder = mkdtempSync(join(tmpdir(), "tabayyun-"));
const run = (...args) => execFileSync(binary, [...args, "--quiet"], { cwd: folder });
cpSync(join(root, "samples"), join(folder, "samples"), { recursive: true });
run("score", "samples/ar-insinuation.txt", "--format", "html", "--ui", "ar", "-o", "report-ar.html");
writeFileSync(join(folder, "articles.jsonl"), sample("en"));
run("batch", "articles.jsonl", "-o", "scored.csv", "--features", "--contributions");
run("report", "scored.csv", "-o", "dashboard.html");
const meaning = "paragraph with at least one of 23 persuasion techniques";
const data = join(root, "training-data/propaganda-ar.csv");
run("train", data, "--head", "propaganda", "--meaning", meaning, "-o", "propaganda-ar.json", "--report", "training-report.html");
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** A picture of a page from the top of the element `first` to the bottom of `last`, as a window so wide shows it. */
async function take(name, first, last, width = 1180) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  const [top, bottom] = await page.evaluate((first, last) => [
    document.querySelector(first).getBoundingClientRect().top,
    document.querySelector(last).getBoundingClientRect().bottom,
  ], first, last);
  await page.screenshot({ path: join(root, `docs/${name}.png`), clip: { x: 0, y: Math.max(0, top - 12), width, height: bottom - top + 24 } });
  await page.close();
}

await take("report-ar", "header", ".passage:nth-of-type(3)", 880);
await take("dashboard", ".lang", ".plots");
await take("training-report", ".brand", ".plots");
await browser.close();
rmSync(folder, { recursive: true });
