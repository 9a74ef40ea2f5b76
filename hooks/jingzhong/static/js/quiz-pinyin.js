/*
 * Pinyin over the characters of a question, for banks that young children use:
 * `Jingzhong.pinyin(base, bank)`. The syllables come from the build; here they only find their place.
 */
(function () {
  "use strict";

  var PER_SHARD = 100;
  var HAN = /[\u4e00-\u9fff]/;

  /** The nodes of a block that may carry pinyin, each with the name of its part. */
  function parts(section) {
    var found = [];
    ["stem", "passage", "explanation"].forEach(function (name) {
      var node = section.querySelector("[data-" + name + "]");
      if (node) found.push([node, name]);
    });
    section.querySelectorAll("[data-option], [data-part]").forEach(function (row) {
      var node = row.querySelector("[data-text]");
      if (node) found.push([node, row.dataset.option || row.dataset.part]);
    });
    return found;
  }

  function put(node, sounds) {
    var text = node.textContent;
    var at = 0;
    var plain = "";
    node.dataset.plain = text;
    node.textContent = "";
    Array.from(text).forEach(function (char) {
      if (!HAN.test(char) || at >= sounds.length) {
        plain += char;
        return;
      }
      if (plain) node.appendChild(document.createTextNode(plain));
      plain = "";
      var ruby = node.appendChild(document.createElement("ruby"));
      ruby.textContent = char;
      var sound = ruby.appendChild(document.createElement("rt"));
      // A reader that speaks says the character, not its spelling.
      sound.setAttribute("aria-hidden", "true");
      sound.textContent = sounds[at];
      at += 1;
    });
    if (plain) node.appendChild(document.createTextNode(plain));
  }

  function remove(section) {
    parts(section).forEach(function (part) {
      if (!("plain" in part[0].dataset)) return;
      part[0].textContent = part[0].dataset.plain;
      delete part[0].dataset.plain;
    });
  }

  /** Put pinyin over an item's block; nothing happens where it has it already. */
  function add(base, item) {
    var shard = "pinyin-" + (Math.floor(item.at / PER_SHARD) + 1);
    return window.Jingzhong.load(base, "quiz/" + item.bank, shard).then(function (all) {
      var sounds = all[item.id] || {};
      parts(item.section).forEach(function (part) {
        if ("plain" in part[0].dataset || !sounds[part[1]]) return;
        put(part[0], sounds[part[1]].split(" "));
      });
    });
  }

  window.Jingzhong.pinyin = { add: add, remove: remove };
})();
