// Articles of invented outlets, from our own labelled passages.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** Invented outlets, how many texts each has, and how many of ten of them are labelled propaganda. */
export const outlets = {
  en: [["The Harbour Post", 150, 1], ["Northfield Courier", 120, 2], ["Lantern Daily", 110, 3], ["Civic Ledger", 95, 1], ["The Meridian", 90, 5],
    ["Red Banner Weekly", 80, 9], ["Orchard Gazette", 70, 3], ["Signal & Star", 60, 8], ["Hillside Review", 40, 6], ["Free Quill", 25, 8],
    ["Plain Speech of Ostby", 7, 3], ["The Late Edition", 3, 6]],
  ar: [["صحيفة المرفأ", 140, 1], ["بريد الشمال", 120, 3], ["فانوس اليوم", 100, 5], ["دفتر المدينة", 90, 2], ["راية الأسبوع", 60, 9],
    ["مجلة البستان", 40, 6], ["القلم الحر", 8, 8]],
};

/** Our own labelled passages as articles of invented outlets, over half a year; the same at every run. */
export function sample(lang) {
  const passages = readFileSync(join(root, `training-data/passages-${lang}.jsonl`), "utf8").trim().split("\n").map(JSON.parse);
  const piles = [passages.filter((p) => !p.propaganda), passages.filter((p) => p.propaganda)];
  const lines = [];
  let turn = 0;
  for (const [outlet, texts, tenths] of outlets[lang]) {
    for (let i = 0; i < texts; i++) {
      const wanted = (i * 7) % 10 < tenths ? 1 : 0;
      const passage = (piles[wanted].length ? piles[wanted] : piles[1 - wanted]).pop();
      const date = new Date(Date.UTC(2026, 0, 5 + (turn++ * 37) % 175)).toISOString().slice(0, 10);
      lines.push(JSON.stringify({ outlet, date, url: `https://example.org/${passage.id}`, text: passage.text }));
    }
  }
  return lines.join("\n");
}
