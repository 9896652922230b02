// The page of `tabayyun serve` as a person uses it: paste, drop, compare, switch language and theme, by mouse and by keyboard.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, open, overflows, picture, program, root, scratch, violations } from "./browser.mjs";

let chrome, server, url;
before(async () => {
  chrome = await browser();
  server = spawn(program, ["serve", "--addr", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  url = await new Promise((found, failed) => {
    let told = "";
    server.stderr.on("data", (data) => {
      told += data;
      const line = told.match(/http:\/\/\S+\/(?=\s)/);
      if (line) found(line[0]);
    });
    server.on("exit", () => failed(new Error(told)));
  });
});
after(async () => {
  await chrome.close();
  server.kill("SIGTERM");
});

const sample = (name) => readFileSync(join(root, `samples/${name}.txt`), "utf8");
const paste = (page, text, at = 1) => page.$eval(`#text-${at}`, (area, value) => { area.value = value; area.dispatchEvent(new Event("input", { bubbles: true })); }, text);
const reported = (page, at = 1) => page.waitForSelector(`.column:nth-of-type(${at}) .result .report`, { timeout: 5_000 });

for (const [scheme, width] of [["light", 1280], ["dark", 390]]) {
  for (const [name, arabic] of [["ar-insinuation", true], ["en-wire", false]]) {
    test(`${name}, ${scheme}, ${width} wide: report without fault or violation`, async () => {
      const page = await open(chrome, url, { scheme, width, touch: width < 500 });
      await page.evaluate((ui) => localStorage.setItem("ui", ui), arabic ? "ar" : "en");
      await page.reload();
      assert.deepEqual(await violations(page), []);
      await paste(page, sample(name));
      await reported(page);
      await picture(page, `page-${name}-${scheme}-${width}`);
      assert.deepEqual(await violations(page), []);
      assert.equal(await overflows(page), false);
      assert.deepEqual(page.faults, []);
      assert.deepEqual(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), arabic ? ["rtl", "ar"] : ["ltr", "en"]);
      await page.close();
    });
  }
}

test("a pasted text is marked in the right words in under a tenth of a second", async () => {
  const page = await open(chrome, url);
  await paste(page, sample("ar-insinuation"));
  await reported(page);
  const marks = await page.$$eval(".result a.ev", (all) => all.map((m) => m.textContent));
  assert.ok(marks.some((m) => m.includes("مصادر مطلعة")) && marks.some((m) => m.includes("اجتماعا سريا")), marks.join(" | "));
  await paste(page, sample("en-insinuation"));
  await page.waitForFunction(() => document.querySelector(".result .text")?.textContent.includes("Informed sources"));
  const told = await page.$eval(".status", (s) => Number(s.textContent.match(/(\d+) ms/)[1]));
  assert.ok(told < 100, `${told} ms`);
  await page.focus(".result a.ev");
  assert.ok(await page.$(".tip"));
  await page.close();
});

test("language and theme switch, and are remembered", async () => {
  const page = await open(chrome, url);
  await paste(page, sample("en-insinuation"));
  await reported(page);
  await page.click("#language");
  await page.waitForFunction(() => document.querySelector(".result").innerText.includes("مؤشرات الدعاية"));
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const before = await ink();
  await page.click("#theme");
  assert.notEqual(await ink(), before);
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.dir + document.documentElement.dataset.theme), "rtldark");
  assert.deepEqual(await violations(page), []);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("a saved page is cut down to its article; a binary file is refused in words", async () => {
  const page = await open(chrome, url);
  const saved = join(scratch, "saved.html");
  writeFileSync(saved, `<!doctype html><title>Harbour</title><nav>Home Sports Weather</nav><article><h1>Harbour</h1>${sample("en-insinuation").split("\n\n").map((p) => `<p>${p}</p>`).join("")}</article><footer>All rights reserved</footer>`);
  const file = await page.$(".column:nth-of-type(1) input[type=file]");
  await file.uploadFile(saved);
  await reported(page);
  const text = await page.$eval(".result .text", (t) => t.textContent);
  assert.ok(text.includes("Informed sources") && !text.includes("Sports") && !text.includes("rights reserved"));
  const picture = join(scratch, "picture.txt");
  writeFileSync(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, 0, 0, 0, 0]));
  await file.uploadFile(picture);
  await page.waitForSelector(".status.fault");
  assert.match(await page.$eval(".status", (s) => s.textContent), /\w+/);
  assert.equal(await page.$(".result .report"), null);
  await page.close();
});

test("a dropped file is opened", async () => {
  const page = await open(chrome, url);
  await page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], "wire.txt", { type: "text/plain" }));
    document.querySelector("#text-1").dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
  }, sample("en-wire"));
  await reported(page);
  assert.match(await page.$eval(".status", (s) => s.textContent), /wire\.txt/);
  await page.close();
});

test("two texts stand side by side, each with its own anchors", async () => {
  const page = await open(chrome, url, { width: 1500 });
  await page.click("#compare");
  await paste(page, sample("en-wire"), 1);
  await paste(page, sample("en-insinuation"), 2);
  await reported(page, 1);
  await reported(page, 2);
  const [left, right] = await page.$$eval(".result .report", (all) => all.map((r) => r.getBoundingClientRect().left));
  assert.ok(right > left + 300);
  const ids = await page.$$eval("[id]", (all) => all.map((e) => e.id));
  assert.equal(new Set(ids).size, ids.length, "no id stands twice");
  assert.deepEqual(await violations(page), []);
  await picture(page, "page-compare");
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("by keyboard alone: skip link, example, download", async () => {
  const page = await open(chrome, url);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  for (let at = 0; at < 8 && !(await page.evaluate(() => document.activeElement.classList.contains("sample"))); at++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await reported(page);
  const client = await page.createCDPSession();
  await client.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: scratch, eventsEnabled: true });
  const done = new Promise((ended) => client.on("Browser.downloadProgress", (event) => event.state === "completed" && ended()));
  for (let at = 0; at < 4 && !(await page.evaluate(() => document.activeElement.classList.contains("download"))); at++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await done;
  const saved = readFileSync(join(scratch, "tabayyun-report.html"), "utf8");
  assert.match(saved, /^<!doctype html>[\s\S]*Informed sources/);
  const alone = await open(chrome, `file://${join(scratch, "tabayyun-report.html")}`);
  assert.deepEqual([alone.faults, await violations(alone)], [[], []]);
  await page.close();
});

test("hostile text runs nothing", async () => {
  const page = await open(chrome, url);
  await paste(page, "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> Informed sources revealed a secret meeting in a bid to undermine it.");
  await reported(page);
  assert.equal(await page.title(), "tabayyun");
  assert.equal(await page.$(".result img, .result script"), null);
  assert.deepEqual(page.faults, []);
  await page.close();
});
