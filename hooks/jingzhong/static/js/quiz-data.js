/*
 * Questions from data files, and their blocks on the page: `Jingzhong.questions`. An index tells
 * what a bank has; the questions themselves come in hundreds, only those that are wanted.
 */
(function () {
  "use strict";

  var PER_SHARD = 100;
  var TYPES = ["single", "multiple", "judge", "blank", "order", "match"];
  var TEXT = { level: "难度 ", blank: ["第 ", " 空"], step: ["第 ", " 步"], moves: ["的内容上移", "的内容下移"] };

  /** {title, hash, items: [{id, bank, at, type, difficulty, topics, group}]} of one bank. */
  function index(base, bank) {
    return window.Jingzhong.load(base, "quiz/" + bank, "index").then(function (data) {
      return {
        title: data.title,
        hash: data.hash,
        items: data.rows.map(function (row, at) {
          return {
            id: row[0],
            bank: bank,
            at: at,
            type: TYPES[row[1]],
            difficulty: row[2],
            topics: row[3].map(function (topic) {
              return data.topics[topic];
            }),
            group: row[4] || "",
          };
        }),
      };
    });
  }

  /** The full questions of some index items, in the same order. */
  function full(base, items) {
    return Promise.all(
      items.map(function (item) {
        var shard = String(Math.floor(item.at / PER_SHARD) + 1);
        return window.Jingzhong.load(base, "quiz/" + item.bank, shard).then(function (questions) {
          return questions[item.at % PER_SHARD];
        });
      }),
    );
  }

  function fill(node, name, text) {
    var found = node.querySelector("[data-" + name + "]");
    if (text) found.textContent = text;
    else found.parentNode.removeChild(found);
  }

  /** One row for each entry of a list, made from the first row. */
  function repeat(container, entries, change) {
    var first = container.children[0];
    while (container.children.length > 1) container.removeChild(container.lastElementChild);
    entries.forEach(function (entry, at) {
      var row = at ? container.appendChild(first.cloneNode(true)) : first;
      change(row, entry, at);
    });
  }

  function choices(select, keys) {
    keys.forEach(function (key, at) {
      var option = select.options[at + 1] || select.appendChild(document.createElement("option"));
      option.value = key;
      option.textContent = key;
    });
  }

  function keysOf(pairs) {
    return pairs.map(function (pair) {
      return pair[0];
    });
  }

  function option(row, pair) {
    row.dataset.option = pair[0];
    row.querySelector("[data-letter]").textContent = pair[0];
    row.querySelector("[data-text]").textContent = pair[1];
    var input = row.querySelector("input");
    if (input) input.value = pair[0];
  }

  function moveNames(row, name) {
    row.querySelectorAll("[data-move]").forEach(function (button, at) {
      button.setAttribute("aria-label", name + TEXT.moves[at]);
    });
  }

  function numbered(words) {
    return function (row, entry, at) {
      var name = words[0] + (at + 1) + words[1];
      row.querySelector("[data-name]").textContent = name;
      moveNames(row, name);
    };
  }

  /** The parts of the fieldset, by type. */
  function parts(section, question) {
    var options = section.querySelector("[data-options]");
    var fields = section.querySelector("[data-fields]");
    if (question.type === "blank") {
      repeat(fields, question.answer, numbered(TEXT.blank));
    } else if (question.type === "match") {
      repeat(options, question.right, option);
      repeat(fields, question.left, function (row, pair) {
        row.dataset.part = pair[0];
        row.querySelector("[data-letter]").textContent = pair[0];
        row.querySelector("[data-text]").textContent = pair[1];
        choices(row.querySelector("select"), keysOf(question.right));
      });
    } else if (question.type !== "judge") {
      repeat(options, question.options, option);
    }
    if (question.type === "order") {
      var step = numbered(TEXT.step);
      repeat(fields, question.options, function (row, pair, at) {
        step(row, pair, at);
        choices(row.querySelector("select"), keysOf(question.options));
      });
    }
  }

  function link(text, address, cite) {
    if (!address) return document.createTextNode(text);
    var anchor = document.createElement("a");
    anchor.textContent = text;
    anchor.href = address;
    if (cite) anchor.dataset.cite = cite;
    return anchor;
  }

  /** A text with its citations as links: parts `[text]` or `[text, address, cite, inserted]`. */
  function cited(element, parts) {
    element.textContent = "";
    parts.forEach(function (part) {
      if (part.length < 2) {
        element.appendChild(document.createTextNode(part[0]));
        return;
      }
      element.appendChild(link(part[0], part[1], part[2]));
      if (!part[3]) return;
      var now = element.appendChild(document.createElement("span"));
      now.className = "jz-now";
      now.dataset.inserted = "";
      now.textContent = part[3];
    });
  }

  function links(list, given) {
    given.forEach(function (lesson) {
      var row = list.appendChild(document.createElement("li"));
      row.appendChild(document.createTextNode(lesson[0] + "："));
      row.appendChild(link(lesson[1], lesson[2], lesson[3]));
    });
  }

  /** The block of one question, filled from the page's template for its type. */
  function build(root, question) {
    var template = root.querySelector('template[data-type="' + question.type + '"]');
    var section = template.content.cloneNode(true).querySelector("[data-question]");
    section.id = "q-" + question.id;
    section.dataset.question = JSON.stringify({
      id: question.id,
      type: question.type,
      answer: question.answer,
      fixed: question.fixed || [],
      anyOrder: question.anyOrder || false,
      difficulty: question.difficulty,
      topics: question.topics,
    });
    fill(section, "stem", question.stem);
    fill(section, "passage", question.passage);
    fill(section, "level", TEXT.level + question.difficulty);
    if (question.cited) cited(section.querySelector("[data-explanation]"), question.cited);
    else fill(section, "explanation", question.explanation);
    var image = section.querySelector("[data-image]");
    if (question.image) {
      image.alt = question.image.alt;
      if (question.image.size.length) {
        image.width = question.image.size[0];
        image.height = question.image.size[1];
      }
      image.src = question.image.src;
    } else {
      image.parentNode.removeChild(image);
    }
    parts(section, question);
    section.querySelectorAll("input, select").forEach(function (input, at) {
      // Radio buttons of one question share a name; nothing else needs one.
      input.name = question.id + (input.type === "radio" ? "" : "-" + at);
    });
    links(section.querySelector("[data-links]"), question.links || []);
    return section;
  }

  window.Jingzhong.questions = { index: index, full: full, build: build };
})();
