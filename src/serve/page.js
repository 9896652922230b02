
// The page: what is typed, dropped or opened is scored as it comes; nothing is kept but the choice of language and theme.
(() => {
  "use strict";
  const WORDS = {
    en: {
      skip: "Skip to the text", claim: "How is a text sourced, how does it try to persuade, and which words show it?", theme: "Dark or light",
      compare: "Compare two texts", token: "This server asks for its token", use: "Use it",
      paste: "Paste a news text, or drop a text file or a saved web page here", second: "The text to compare it with", open: "Open a file",
      sample: "Show an example", clear: "Clear", download: "Download the report",
      private: "Texts stay on this machine: they are scored by the program that serves this page, kept nowhere and sent nowhere else.",
      busy: "Scoring …", done: "Scored in {} ms", failed: "No answer from the server", read: "Read from {}",
      example: "Informed sources, who refused to be named, revealed that the envoy held a secret meeting behind closed doors in a bid to undermine the harbour council. The shameful deal, a brazen betrayal of every fisherman on the island, is said to have been sealed over supper. According to the same sources, the conspirators seek to install obedient puppets before the autumn vote.\n\nEverybody knows whom such a friendship serves.",
    },
    ar: {
      skip: "انتقل إلى النص", claim: "كيف أُسند النص، وكيف يحاول أن يُقنع، وأي كلمات تدل على ذلك؟", theme: "داكن أو فاتح",
      compare: "قارن نصين", token: "هذا الخادم يطلب رمز الدخول", use: "استعمله",
      paste: "ألصق نص خبر، أو أفلت هنا ملفا نصيا أو صفحة محفوظة", second: "النص الذي يقارن به", open: "افتح ملفا",
      sample: "اعرض مثالا", clear: "امسح", download: "نزّل التقرير",
      private: "تبقى النصوص على هذا الجهاز: يحسبها البرنامج الذي يقدّم هذه الصفحة، ولا تُحفظ ولا تُرسل إلى مكان آخر.",
      busy: "جارٍ الحساب …", done: "حُسب في {} م.ث", failed: "لا جواب من الخادم", read: "قُرئ من {}",
      example: "كشفت مصادر مطلعة، طلبت عدم ذكر اسمها، أن المبعوث عقد اجتماعا سريا خلف الأبواب المغلقة بهدف إضعاف مجلس الميناء. وتردد أن الصفقة المخزية، وهي خيانة فاضحة لكل صياد في الجزيرة، أُبرمت على مائدة العشاء. وبحسب المصادر ذاتها، يسعى المتآمرون إلى تنصيب دمى مطيعة قبل انتخابات الخريف.\n\nوالجميع يعرف من تخدم هذه الصداقة.",
    },
  };
  const root = document.documentElement;
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a page that may keep nothing still works */ } };
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  let ui = recall("ui") ?? (navigator.language.startsWith("ar") ? "ar" : "en");
  let token = "";
  const say = (key, value) => WORDS[ui][key].replace("{}", value ?? "");

  const request = async (path, body, type, signal) => {
    const headers = { "Content-Type": type };
    if (token) headers.Authorization = `Bearer ${token}`;
    const answer = await fetch(path, { method: "POST", headers, body, signal });
    if (answer.status === 401) document.getElementById("token").hidden = false;
    if (!answer.ok) throw new Error((await answer.json()).detail);
    return answer.text();
  };

  /** One text with its report. */
  class Column {
    constructor(section, number) {
      this.number = number;
      this.section = section;
      this.area = section.querySelector("textarea");
      this.result = section.querySelector(".result");
      this.status = section.querySelector(".status");
      this.download = section.querySelector(".download");
      this.page = null;
      this.area.addEventListener("input", () => { this.page = null; this.later(); });
      section.querySelector(".sample").addEventListener("click", () => this.show(say("example")));
      section.querySelector(".clear").addEventListener("click", () => { this.show(""); this.area.focus(); });
      section.querySelector("input[type=file]").addEventListener("change", (event) => { this.open(event.target.files[0]); event.target.value = ""; });
      this.download.addEventListener("click", () => this.save());
      for (const kind of ["dragenter", "dragover"]) section.addEventListener(kind, (event) => { event.preventDefault(); section.classList.add("dropping"); });
      section.addEventListener("dragleave", () => section.classList.remove("dropping"));
      section.addEventListener("drop", (event) => {
        event.preventDefault();
        section.classList.remove("dropping");
        const file = event.dataTransfer.files[0];
        if (file) this.open(file);
        else this.show(event.dataTransfer.getData("text/plain"));
      });
    }
    show(text) {
      this.page = null;
      this.area.value = text;
      this.score();
    }
    async open(file) {
      if (!file) return;
      // A page is cut down to its main text by the server; its bytes go there as they are.
      const isPage = /\.x?html?$/i.test(file.name) || file.type === "text/html";
      this.page = { body: await file.arrayBuffer(), type: isPage ? "text/html" : "text/plain", name: file.name };
      this.area.value = "";
      this.score();
    }
    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.score(), 60);
    }
    body() {
      if (this.page) return [this.page.body, this.page.type];
      return [JSON.stringify({ text: this.area.value }), "application/json"];
    }
    async score() {
      clearTimeout(this.timer);
      this.running?.abort();
      if (!this.page && !this.area.value.trim()) {
        this.result.replaceChildren();
        this.tell("");
        this.download.disabled = true;
        return;
      }
      const running = (this.running = new AbortController());
      const start = performance.now();
      this.tell(say("busy"));
      try {
        const html = await request(`/v1/report?ui=${ui}&number=${this.number}`, ...this.body(), running.signal);
        // The report comes from our own server with every text escaped; the content policy runs no script inside it.
        this.result.innerHTML = html;
        this.result.lang = ui;
        this.result.dir = root.dir;
        const read = this.page ? `${say("read", this.page.name)} · ` : "";
        this.tell(read + say("done", Math.max(1, Math.round(performance.now() - start))));
        this.download.disabled = false;
      } catch (error) {
        if (error.name === "AbortError") return;
        this.result.replaceChildren();
        this.download.disabled = true;
        this.tell(error.message && error.name !== "TypeError" ? error.message : say("failed"), true);
      }
    }
    async save() {
      const html = await request(`/v1/report?ui=${ui}&page=true`, ...this.body());
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
      link.download = "tabayyun-report.html";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }
    tell(words, fault = false) {
      this.status.textContent = words;
      this.status.classList.toggle("fault", fault);
    }
  }

  const columns = [...document.querySelectorAll(".column")].map((section, at) => new Column(section, at + 1));
  const speak = () => {
    root.lang = ui;
    root.dir = ui === "ar" ? "rtl" : "ltr";
    for (const place of document.querySelectorAll("[data-say]")) place.textContent = say(place.dataset.say);
    const other = document.getElementById("language");
    [other.textContent, other.lang] = ui === "ar" ? ["English", "en"] : ["العربية", "ar"];
  };
  document.getElementById("language").addEventListener("click", () => {
    ui = ui === "ar" ? "en" : "ar";
    remember("ui", ui);
    speak();
    for (const column of columns) column.score();
  });
  const theme = recall("theme");
  if (theme) root.dataset.theme = theme;
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember("theme", root.dataset.theme);
  });
  document.getElementById("compare").addEventListener("click", (event) => {
    const second = columns[1].section;
    second.hidden = !second.hidden;
    event.target.setAttribute("aria-pressed", String(!second.hidden));
    document.querySelector(".columns").classList.toggle("two", !second.hidden);
    if (!second.hidden) columns[1].area.focus();
  });
  document.getElementById("token").addEventListener("submit", (event) => {
    event.preventDefault();
    token = event.target.querySelector("input").value;
    event.target.hidden = true;
    for (const column of columns) column.score();
  });
  speak();
})();
