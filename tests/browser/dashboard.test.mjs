// The dashboard in Chromium: made by the real command from our own texts, opened as a person would.
//
// TABAYYUN names the binary (target/release/tabayyun), CHROMIUM the browser (/usr/bin/chromium), SHOTS a folder for screenshots.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { outlets, sample } from "./sample.mjs";

const root = resolve(import.meta.dirname, "../..");
const binary = process.env.TABAYYUN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "release/tabayyun");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const phone = { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desktop = { width: 1280, height: 900 };
const folder = mkdtempSync(join(tmpdir(), "tabayyun-"));
let browser;

const run = (...args) => execFileSync(binary, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });

/** Opens a page; gives it with everything that went wrong on it, and every request it made. */
async function open(file, viewport, scheme = "light") {
  const page = await browser.newPage();
  const [trouble, requests] = [[], []];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("dialog", (dialog) => { trouble.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => requests.push(request.url()));
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const address = pathToFileURL(join(folder, file)).href;
  await page.goto(address, { waitUntil: "load" });
  return { page, trouble, quiet: () => { assert.deepEqual(trouble, []); assert.deepEqual(requests, [address]); } };
}

async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).slice(0, 3).join(" | ")}`), []);
}

async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
}

before(async () => {
  for (const lang of ["en", "ar"]) {
    writeFileSync(join(folder, `${lang}.jsonl`), sample(lang));
    run("batch", `${lang}.jsonl`, "-o", `${lang}.csv`, "--features", "--contributions", "--quiet");
    run("report", `${lang}.csv`, "-o", `${lang}.html`, "--page-lang", lang, "--quiet");
  }
  browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const lang of ["en", "ar"]) {
  for (const [device, viewport] of Object.entries({ desktop, phone })) {
    for (const scheme of ["light", "dark"]) {
      test(`${lang}, ${device}, ${scheme}: quiet, accessible, nothing cut off`, async () => {
        const { page, quiet } = await open(`${lang}.html`, viewport, scheme);
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
        await accessible(page);
        const { wide, dir } = await page.evaluate(() => ({
          wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          dir: getComputedStyle(document.body).direction,
        }));
        assert.equal(wide, 0, "the page itself does not scroll sideways");
        assert.equal(dir, lang === "ar" ? "rtl" : "ltr");
        await shot(page, `dashboard-${lang}-${device}-${scheme}`);
        quiet();
        await page.close();
      });
    }
  }
}

test("names in the plane do not cover each other", async () => {
  for (const lang of ["en", "ar"]) {
    const { page } = await open(`${lang}.html`, desktop);
    const { named, overlaps } = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll("text.label")].map((t) => [t.textContent, t.getBoundingClientRect()]);
      const hit = (a, b) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom - 2 && b.top + 2 < a.bottom - 2;
      const overlaps = boxes.flatMap(([n, a], i) => boxes.slice(i + 1).filter(([, b]) => hit(a, b)).map(([m]) => `${n} / ${m}`));
      return { named: boxes.length, overlaps };
    });
    assert.deepEqual(overlaps, []);
    assert.ok(named >= outlets[lang].length * 0.6, `${named} outlets are named`);
    await page.close();
  }
});

test("every plot has its numbers in words or a table, and runs from left to right", async () => {
  const { page } = await open("ar.html", desktop);
  const plots = await page.$$eval("svg.plot[role=img]", (all) => all.map((svg) => [svg.getAttribute("aria-label"), getComputedStyle(svg).direction]));
  assert.ok(plots.length >= 10);
  for (const [label, direction] of plots) assert.ok(label.length > 20 && direction === "ltr", label);
  const ranks = await page.$$eval("table.rank", (tables) => tables.map((t) => t.tBodies[0].rows.length));
  assert.deepEqual(ranks, [outlets.ar.length + 1, outlets.ar.length + 1]);
  await page.close();
});

test("the keyboard reaches everything", async () => {
  const { page } = await open("en.html", desktop);
  const reached = new Set();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => {
      const e = document.activeElement;
      return e.matches(".skip") ? "skip" : e.matches(".scroll") ? "table" : e.tagName.toLowerCase();
    }));
  }
  for (const wanted of ["skip", "table", "summary", "a"]) assert.ok(reached.has(wanted), `${wanted}: ${[...reached]}`);
  await page.close();
});

test("hostile cells are text", async () => {
  const evil = [`<script>window.pwned=1</script>`, `"><img src=x onerror=window.pwned=1>`, `</text></svg><script>window.pwned=1</script>`,
    `=HYPERLINK("http://evil.example","x")`, `\u202Egnp.exe\u202C`, `{{ w.title }} {table}`, `&lt;b&gt;`, "x".repeat(100000)];
  const addresses = ["javascript:window.pwned=1", "data:text/html,<script>window.pwned=1</script>", "https://example.org/?a=\"><b>", "//evil.example", ""];
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = ["source,date,title,url,tb_status,tb_lang,tb_words,propaganda_score,propaganda_band,credibility_score,credibility_band,tb_note"];
  evil.forEach((text, i) => {
    for (let n = 0; n < 12; n++) {
      const scores = [(((i * 5 + n * 3) % 17) / 17).toFixed(3), "medium", (((i * 7 + n) % 13) / 13).toFixed(3), "high"];
      rows.push([text, "2026-01-0" + (1 + n % 9), text, addresses[n % addresses.length], "ok", "en", "80", ...scores, ""].map(cell).join(","));
    }
    rows.push([text, text, text, "", "error", "", "", "", "", "", "", text].map(cell).join(","));
    rows.push([text, "", text, "", "ok", "en", "80", text, "low", "0.5", "low", ""].map(cell).join(","));
  });
  writeFileSync(join(folder, "evil.csv"), rows.join("\n"));
  const made = spawnSync(binary, ["report", "evil.csv", "-o", "evil.html"], { cwd: folder, encoding: "utf8" });
  assert.equal(made.status, 1, made.stderr);
  const { page, quiet } = await open("evil.html", phone);
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  const found = await page.evaluate(() => ({
    pwned: window.pwned,
    scripts: document.querySelectorAll("script, img, iframe, object, b").length,
    links: [...document.querySelectorAll("main a")].map((a) => a.protocol),
    names: [...document.querySelectorAll(".rank tbody th")].map((th) => th.textContent),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  assert.equal(found.pwned, undefined);
  assert.equal(found.scripts, 0);
  assert.ok(found.links.length > 0 && found.links.every((protocol) => protocol === "https:"), `${found.links}`);
  assert.ok(found.names.some((name) => name.includes("<script>window.pwned=1</script>")) && found.names.some((name) => name.includes("{{ w.title }} {table}")));
  assert.ok(!found.names.some((name) => /[\u202A-\u202E]/.test(name)));
  assert.equal(found.wide, 0);
  await accessible(page);
  quiet();
  await page.close();
});
