// The report of one text in a real browser: marks in their words, both directions, keyboard, themes, widths, nothing from elsewhere.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, open, overflows, picture, root, scratch, tabayyun, violations } from "./browser.mjs";

let chrome;
before(async () => (chrome = await browser()));
after(() => chrome.close());

const report = (name, ui, text) => {
  const source = text ? join(scratch, `${name}.txt`) : join(root, `samples/${name}.txt`);
  if (text) writeFileSync(source, text);
  const page = join(scratch, `${name}-${ui}.html`);
  tabayyun("score", "--format", "html", "--ui", ui, "-o", page, source);
  return `file://${page}`;
};

for (const [name, ui] of [["ar-insinuation", "ar"], ["en-insinuation", "en"], ["ar-wire", "en"], ["en-wire", "ar"]]) {
  for (const [scheme, width] of [["light", 1200], ["dark", 1200], ["light", 390], ["dark", 390]]) {
    test(`${name} in ${ui}, ${scheme}, ${width} wide: no fault, no violation`, async () => {
      const page = await open(chrome, report(name, ui), { scheme, width, touch: width < 500 });
      await picture(page, `report-${name}-${ui}-${scheme}-${width}`);
      assert.deepEqual(await violations(page), []);
      assert.equal(await overflows(page), false);
      assert.deepEqual(page.faults, []);
      await page.close();
    });
  }
}

test("marks stand in their words, in a line from right to left", async () => {
  const page = await open(chrome, report("ar-insinuation", "ar"));
  const marks = await page.$$eval(".text a.ev", (all) => all.map((m) => ({ text: m.textContent, id: m.id, boxes: [...m.getClientRects()].map((b) => [b.left, b.top, b.right]), font: getComputedStyle(m).fontFamily })));
  const text = readFileSync(join(root, "samples/ar-insinuation.txt"), "utf8");
  let at = 0;
  for (const mark of marks) {
    at = text.indexOf(mark.text, at);
    assert.notEqual(at, -1, `${mark.text} stands in the source, in order`);
    at += mark.text.length;
    assert.match(mark.font, /Naskh/);
  }
  assert.ok(marks.some((m) => m.text.includes("مصادر مطلعة")) && marks.some((m) => m.text.includes("اجتماعا سريا")));
  const line = marks.filter((m) => m.boxes.length === 1);
  const pairs = line.slice(1).map((m, i) => [line[i], m]).filter(([a, b]) => Math.abs(a.boxes[0][1] - b.boxes[0][1]) < 2);
  assert.ok(pairs.length > 3 && pairs.every(([a, b]) => b.boxes[0][2] <= a.boxes[0][0] + 1), "later words stand further left");
  await page.close();
});

test("the keyboard goes from mark to mark and shows why; Escape hides it", async () => {
  const page = await open(chrome, report("en-insinuation", "en"));
  await page.focus("#r1-m1");
  const seen = [];
  for (let i = 0; i < 5; i++) {
    const [id, tip, why] = await page.evaluate(() => {
      const mark = document.activeElement;
      return [mark.id, document.querySelector(".tip")?.innerText, document.getElementById(mark.getAttribute("aria-describedby")).innerText];
    });
    assert.ok(tip && why.replace(/\s+/g, "").includes(tip.replace(/\s+/g, "")), `${id}: ${tip}`);
    seen.push(id);
    await page.keyboard.press("Tab");
  }
  assert.deepEqual(seen, ["r1-m1", "r1-m2", "r1-m3", "r1-m4", "r1-m5"]);
  await page.keyboard.press("Escape");
  assert.equal(await page.$(".tip"), null);
  await page.hover("#r1-m2");
  assert.ok(await page.$(".tip"));
  const box = await page.$eval(".tip", (t) => { const b = t.getBoundingClientRect(); return [b.left, b.right, innerWidth]; });
  assert.ok(box[0] >= 0 && box[1] <= box[2]);
  await page.close();
});

test("the strip leads to its passage", async () => {
  const page = await open(chrome, report("en-insinuation", "en"), { height: 500 });
  await page.click('.strip a[href="#r1-p7"]');
  const top = await page.$eval("#r1-p7", (p) => p.getBoundingClientRect().top);
  assert.ok(top >= -1 && top < 500, `${top}`);
  await page.close();
});

test("hostile text is text", async () => {
  const hostile = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> \u202Efdp.exe\u202C &amp; Informed sources revealed a secret meeting in a bid to undermine the shameful reform, <b>they</b> said. ";
  const page = await open(chrome, report("hostile", "en", hostile.repeat(3)));
  assert.notEqual(await page.title(), "owned");
  assert.equal(await page.$(".text img, .text script, .text b"), null);
  assert.match(await page.$eval(".text", (t) => t.textContent), /<script>document\.title='owned'<\/script><img src=x/);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("a line of 10 MB opens", async () => {
  const page = await open(chrome, report("long", "en", "Informed sources revealed a secret meeting in a bid to undermine the reform. ".repeat(130_000)));
  assert.match(await page.$eval("main", (m) => m.innerText.slice(-4000)), /not shown|What this is not/);
  await page.close();
});
