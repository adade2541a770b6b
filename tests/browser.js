// What a reader sees of a page, for tests/test_browser.py.

// Pixels by which two boxes may differ and still count as one edge: rounding.
const SLACK = 1;

// Every character that is drawn in an element: its text, its place there, its box.
function* characters(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const node = texts.currentNode;
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width) yield { node, at, box };
    }
  }
}

// An element's text, line by line as it is broken here.
function linesOf(element) {
  const lines = [];
  let last = null;
  for (const { node, at, box } of characters(element)) {
    if (!last || box.left < last.left || box.top > last.bottom - SLACK) lines.push("");
    lines[lines.length - 1] += node.data[at];
    last = box;
  }
  return lines.map((line) => line.trim());
}

// The lines of every such element that holds no other paragraph or list item.
function paragraphs(selector) {
  return [...document.querySelectorAll(`:is(${selector}):not(:has(p, li))`)].map(linesOf);
}

// What can be seen of an element's inside: the window, cut by all that scrolls or hides around it.
function view(element) {
  const seen = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
  for (let around = element; around !== document.body; around = around.parentElement) {
    if (getComputedStyle(around).overflowX === "visible") continue;
    const box = around.getBoundingClientRect();
    seen.left = Math.max(seen.left, box.left);
    seen.right = Math.min(seen.right, box.right);
    seen.top = Math.max(seen.top, box.top);
    seen.bottom = Math.min(seen.bottom, box.bottom);
  }
  return seen;
}

// The boxes of all text in an element, one or more for each line.
function* textBoxes(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.data.trim()) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) yield { node, box };
  }
}

// All text that is drawn, each box with the middle half of its height: lines may stand close.
function drawnTexts() {
  const drawn = [...textBoxes(document.body)].map(({ node, box }) => {
    const seen = view(node.parentElement);
    return {
      text: node.data.trim(),
      left: Math.max(box.left, seen.left) + SLACK,
      right: Math.min(box.right, seen.right) - SLACK,
      top: Math.max(box.top + box.height / 4, seen.top),
      bottom: Math.min(box.bottom - box.height / 4, seen.bottom),
    };
  });
  return drawn.filter((box) => box.left < box.right && box.top < box.bottom);
}

// Pairs of texts that are drawn on each other.
function overlaps() {
  const found = [];
  const texts = drawnTexts().sort((a, b) => a.top - b.top);
  texts.forEach((upper, at) => {
    for (let next = at + 1; next < texts.length && texts[next].top < upper.bottom; next++) {
      const lower = texts[next];
      if (lower.left < upper.right && upper.left < lower.right) found.push([upper.text, lower.text]);
    }
  });
  return found;
}

// Texts that stick out of their cell, line, badge or picture.
function outside() {
  const found = [];
  for (const outer of document.querySelectorAll("td, th, dt, dd, li, p, figcaption, .steg, svg")) {
    const { left, right } = outer.getBoundingClientRect();
    for (const { node, box } of textBoxes(outer)) {
      if (box.left < left - SLACK || box.right > right + SLACK) {
        found.push([outer.localName, node.data.trim()]);
      }
    }
  }
  return found;
}

// Words that are broken in the middle, without a hyphen.
function brokenWords() {
  const found = [];
  let last = null;
  for (const each of characters(document.body)) {
    const isNewLine = last && last.node === each.node && each.box.top > last.box.bottom - SLACK;
    if (isNewLine && /\p{L}\p{L}/u.test(each.node.data.slice(each.at - 1, each.at + 1))) {
      found.push(each.node.data.trim());
    }
    last = each;
  }
  return found;
}

// Anchors that stand twice, and names of elements that are not there.
function lostAnchors() {
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const asked = [...document.querySelectorAll("a[href^='#']")].map((link) => link.hash.slice(1));
  for (const name of ["aria-labelledby", "aria-describedby", "headers"]) {
    for (const each of document.querySelectorAll(`[${name}]`)) {
      asked.push(...each.getAttribute(name).split(/\s+/));
    }
  }
  return [...twice, ...asked.filter((id) => !document.getElementById(decodeURIComponent(id)))];
}

// Elements that scroll sideways here.
function scrollers() {
  return [...document.body.querySelectorAll("*")].filter(
    (each) =>
      each.scrollWidth > each.clientWidth && /auto|scroll/.test(getComputedStyle(each).overflowX),
  );
}

// Whether the element scrolls, told when it does or when five seconds have passed.
function scrolled(element) {
  return new Promise((tell) => {
    element.addEventListener("scroll", () => tell(true));
    setTimeout(tell, 5000, false);
  });
}

// An element's words.
function said(element) {
  return element.textContent.trim();
}

// An element's tag, with its attributes.
function opening(element) {
  return element.outerHTML.slice(0, element.outerHTML.indexOf(">") + 1);
}

Object.assign(window, {
  paragraphs, overlaps, outside, brokenWords, lostAnchors, scrollers, scrolled, said, opening,
});
