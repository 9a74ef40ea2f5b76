/*
 * Marks what was searched for: in titles and excerpts of hits, and on the page arrived at. A match
 * may run over spaces, punctuation and tags; what the build inserted (`data-inserted`) is skipped.
 */
(function () {
  "use strict";

  var S = window.Jingzhong.search;
  var SKIPPED = "[data-inserted], script, style, template, nav, button, select, option, svg, [hidden]";
  var MOST = 300;

  /** Ranges [from, to) of `text` that match a word, in order and apart. */
  function ranges(engine, text, words) {
    var folded = "", starts = [], ends = [], at = 0;
    for (var char of text) {
      var piece = engine.foldChar(char);
      for (var k = 0; k < piece.length; k += 1) {
        starts.push(at);
        ends.push(at + char.length);
      }
      folded += piece;
      at += char.length;
    }
    var found = [];
    words.forEach(function (word) {
      for (var from = folded.indexOf(word); word && from >= 0 && found.length < MOST; from = folded.indexOf(word, from + word.length)) {
        found.push([starts[from], ends[from + word.length - 1]]);
      }
    });
    found.sort(function (a, b) {
      return a[0] - b[0] || b[1] - a[1];
    });
    var end = -1;
    return found.filter(function (range) {
      if (range[0] < end) return false;
      end = range[1];
      return true;
    });
  }

  function mark(text) {
    var element = document.createElement("mark");
    element.className = "jz-mark";
    element.textContent = text;
    return element;
  }

  /** `text` as nodes, its matches marked. */
  S.marked = function (engine, text, words) {
    var out = document.createDocumentFragment(), from = 0;
    ranges(engine, text, words).forEach(function (range) {
      out.appendChild(document.createTextNode(text.slice(from, range[0])));
      out.appendChild(mark(text.slice(range[0], range[1])));
      from = range[1];
    });
    out.appendChild(document.createTextNode(text.slice(from)));
    return out;
  };

  /** Mark the words on the page itself; returns the marks. */
  S.markPage = function (engine, root, words) {
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), nodes = [], text = "", node;
    while ((node = walker.nextNode())) {
      if (node.parentElement.closest(SKIPPED)) continue;
      nodes.push({ node: node, from: text.length });
      text += node.data;
    }
    var marks = [];
    ranges(engine, text, words).reverse().forEach(function (range) {
      for (var at = nodes.length - 1; at >= 0; at -= 1) {
        var one = nodes[at], length = one.node.data.length;
        var from = Math.max(0, range[0] - one.from), to = Math.min(length, range[1] - one.from);
        if (one.from + length <= range[0]) break;
        if (from >= to || !one.node.data.slice(from, to).trim()) continue;
        var rest = one.node.splitText(from);
        rest.splitText(to - from);
        var element = mark("");
        rest.parentNode.replaceChild(element, rest);
        element.appendChild(rest);
        marks.unshift(element);
      }
    });
    return marks;
  };

  function arrive() {
    var asked = new URLSearchParams(window.location.search).get("h");
    var root = document.querySelector("article");
    if (!asked || !root) return;
    S.engine().then(function (engine) {
      var marks = S.markPage(engine, root, engine.parse(asked).words);
      var target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
      var first = marks.find(function (element) {
        return !target || target.contains(element) || target.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      });
      if (!first) return;
      var closed = first.closest("details:not([open])");
      if (closed) closed.open = true;
      var box = first.getBoundingClientRect();
      if (box.top < 0 || box.bottom > window.innerHeight) first.scrollIntoView({ block: "center" });
    }).catch(Boolean);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", arrive);
  else arrive();
})();
