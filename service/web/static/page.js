"use strict";
// Selecting: whatever has data-refs, beside the article or in it, names what it belongs to; a click shows all of it.
(() => {
  const sections = [...document.querySelectorAll("main > section")];
  const tabs = [...document.querySelectorAll(".tabs a")];
  const words = (node) => (node.dataset.refs || "").split(" ").filter(Boolean);
  const withRef = (ref, scope) => scope.querySelectorAll(`[data-refs~="${CSS.escape(ref)}"]`);

  function show(id) {
    if (!tabs.length) return;
    for (const section of sections) section.hidden = section.id !== id;
    for (const tab of tabs) {
      const current = tab.hash === "#" + id;
      if (current) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
      if (current) tab.parentNode.scrollLeft = tab.offsetLeft - tab.parentNode.offsetLeft - 20;
    }
  }

  function clear() {
    for (const node of document.querySelectorAll(".on")) node.classList.remove("on");
  }

  function bringIntoView(node) {
    if (!node) return;
    const text = node.closest(".text");
    if (text && text.scrollHeight > text.clientHeight) {
      const away = node.getBoundingClientRect().top - text.getBoundingClientRect().top;
      text.scrollTop += away - text.clientHeight / 3;
    }
    node.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function select(refs, from) {
    clear();
    let first = null;
    for (const ref of refs) {
      for (const node of withRef(ref, document)) {
        const inText = node.closest(".text");
        if (!inText && words(node).length > 1 && node !== from) continue; // a card's title stands for all of it: only when clicked itself
        node.classList.add("on");
        if (inText && (!first || node.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING)) first = node;
      }
    }
    return first;
  }

  function pick(node) {
    const first = select(words(node), node);
    if (!first) return;
    const section = first.closest("main > section");
    if (section && section.hidden) show(section.id);
    bringIntoView(first);
  }

  function pickInText(node) {
    const refs = words(node);
    const now = [...document.querySelectorAll(".pick.on")].flatMap(words);
    const next = refs[(refs.findIndex((ref) => now.includes(ref)) + 1) % refs.length];
    select([next], node);
    const section = node.closest("main > section");
    bringIntoView([...withRef(next, section)].find((other) => other.classList.contains("pick")));
  }

  document.addEventListener("click", (event) => {
    const node = event.target.closest("[data-refs]");
    if (node && node.classList.contains("pick")) {
      event.preventDefault();
      const card = words(node).length > 1 && node.closest(".card");
      history.replaceState(null, "", "#" + (card ? card.id : words(node)[0]));
      pick(node);
    } else if (node && String(getSelection()) === "") {
      pickInText(node);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });

  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    const section = target ? target.closest("main > section") : sections[0];
    if (section) show(section.id);
    const picks = id ? [...withRef(id, document)].filter((other) => other.classList.contains("pick")) : [];
    const card = target && target.classList.contains("card") ? target.querySelector(".pick") : null;
    const node = card || picks.sort((one, other) => words(one).length - words(other).length)[0];
    if (node) pick(node);
    else if (section && target === section) scrollTo(0, 0);
  }
  addEventListener("hashchange", follow);
  follow();

  const theme = document.getElementById("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  });
})();
