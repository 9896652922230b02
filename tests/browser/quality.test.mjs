// Pages on the quality of models in Chromium: made by the real command, opened as a person would.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, open, overflows, picture, root, scratch, tabayyun, violations } from "./browser.mjs";

const at = (name) => join(scratch, name);
const address = (name) => pathToFileURL(at(name)).href;
let chrome;

before(async () => {
  const data = join(root, "training-data/propaganda-ar.csv");
  const [header, ...rows] = readFileSync(data, "utf8").trim().split("\n");
  writeFileSync(at("half.csv"), [header, ...rows.filter((_, row) => row % 2)].join("\n"));
  const meaning = "<b>a paragraph</b> with a persuasion technique";
  tabayyun("train", data, "--head", "propaganda", "--c", "0.03", "--meaning", meaning, "-o", at("m.json"), "--report", at("training.html"), "-q");
  tabayyun("evaluate", at("m.json"), at("half.csv"), "--report", at("evaluation.html"));
  tabayyun("model", "compare", "propaganda-ar", at("m.json"), at("half.csv"), "--report", at("comparison.html"));
  chrome = await browser();
});

after(() => chrome?.close());

for (const name of ["training", "evaluation", "comparison"]) {
  for (const [device, width] of Object.entries({ desktop: 1280, phone: 390 })) {
    for (const scheme of ["light", "dark"]) {
      test(`${name}, ${device}, ${scheme}: quiet, accessible, nothing cut off`, async () => {
        const page = await open(chrome, address(`${name}.html`), { width, scheme, touch: width < 500 });
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
        assert.deepEqual(await violations(page), []);
        assert.equal(await overflows(page), false, "the page itself does not scroll sideways");
        await picture(page, `${name}-${device}-${scheme}`);
        assert.deepEqual(page.faults, []);
        await page.close();
      });
    }
  }
}

test("what the page plots stands in its tables too", async () => {
  const page = await open(chrome, address("training.html"));
  const found = await page.evaluate(() => {
    const cells = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.replaceAll("\u00a0", " ").trim()));
    const tables = Object.fromEntries([...document.querySelectorAll("table")].map((t) => [t.caption?.textContent ?? t.className, cells(t)]));
    return {
      tables,
      names: [...document.querySelectorAll("svg[role=img]")].map((svg) => svg.getAttribute("aria-label")),
      unnamed: document.querySelectorAll("svg:not([aria-label]):not([aria-hidden])").length,
      curves: [...document.querySelectorAll("path.curve.s1")].map((path) => path.getAttribute("d").split("L").length),
      dots: document.querySelectorAll("circle.dot.s1:not(.point)").length,
      bars: document.querySelectorAll("rect.bar").length,
      meaning: document.querySelector("header bdi").textContent,
    };
  });
  assert.equal(found.unnamed, 0);
  assert.ok(found.names.some((name) => /area under the curve 0\.8/.test(name)) && found.names.length === 5, `${found.names}`);
  assert.ok(found.curves.length === 2 && found.curves.every((points) => points > 100), `${found.curves}`);
  const tenths = found.tables["Rows by score"];
  assert.equal(tenths.length, 10);
  assert.equal(found.bars, 20);
  assert.equal(found.dots, tenths.filter(([, negative, positive]) => negative !== "0" || positive !== "0").length);
  const rows = tenths.reduce((sum, [, ...counts]) => sum + Number(counts[0].replace(",", "")) + Number(counts[1].replace(",", "")), 0);
  assert.equal(rows, 2274);
  assert.equal(found.tables["Decisions at other thresholds"].length, 10);
  assert.equal(found.meaning, "<b>a paragraph</b> with a persuasion technique", "words of others are text");
  await page.close();
});

test("printed, nothing is hidden behind a scroll bar", async () => {
  const page = await open(chrome, address("training.html"), { width: 794, height: 1123 });
  await page.emulateMediaType("print");
  const cut = await page.$$eval(".scroll", (all) => all.filter((box) => getComputedStyle(box).overflowX !== "visible").length);
  assert.equal(cut, 0);
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.length > 50_000);
  await page.close();
});

test("the keyboard reaches tables and folded parts", async () => {
  const page = await open(chrome, address("training.html"));
  const reached = new Set();
  for (let i = 0; i < 14; i++) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement.className || document.activeElement.tagName));
  }
  for (const wanted of ["skip", "scroll", "SUMMARY"]) assert.ok(reached.has(wanted), `${wanted}: ${[...reached]}`);
  await page.close();
});
