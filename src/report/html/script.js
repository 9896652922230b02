// Shows the reason for a mark where the mark stands: on hover, focus or tap. Without it the marks lead to the list below.
(() => {
  "use strict";
  let tip = null;
  let of = null;
  const hide = () => {
    if (tip) tip.remove();
    tip = of = null;
  };
  const show = (mark) => {
    if (of === mark) return;
    hide();
    const why = document.getElementById(mark.getAttribute("href").slice(1));
    if (!why) return;
    of = mark;
    tip = document.createElement("div");
    tip.className = "tip";
    tip.setAttribute("role", "tooltip");
    const report = mark.closest(".report");
    tip.dir = getComputedStyle(report).direction;
    for (const part of why.children) {
      const copy = part.cloneNode(true);
      copy.removeAttribute("href");
      tip.append(copy);
    }
    report.append(tip);
    const base = report.offsetParent ? report.offsetParent.getBoundingClientRect() : { left: -scrollX, top: -scrollY };
    const box = mark.getClientRects()[0];
    const width = tip.offsetWidth;
    const page = document.documentElement.clientWidth;
    const left = Math.min(Math.max(8, box.left + box.width / 2 - width / 2), Math.max(8, page - width - 8));
    const under = box.bottom + 8 + tip.offsetHeight < innerHeight || box.top < tip.offsetHeight + 8;
    tip.style.left = `${left - base.left}px`;
    tip.style.top = `${(under ? box.bottom + 8 : box.top - tip.offsetHeight - 8) - base.top}px`;
  };
  const markOf = (event) => (event.target.closest ? event.target.closest("a.ev") : null);
  document.addEventListener("mouseover", (event) => {
    const mark = markOf(event);
    if (mark) show(mark);
    else if (!(tip && tip.contains(event.target)) && !(of && of === document.activeElement)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark) show(mark);
    else hide();
  });
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    // A tap has no hover before it: the first one shows the reason, the link stays for the keyboard and the second.
    if (mark && matchMedia("(hover: none)").matches && event.detail > 0 && of !== mark) {
      event.preventDefault();
      show(mark);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
