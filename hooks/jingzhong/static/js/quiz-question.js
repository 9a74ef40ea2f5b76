/*
 * One question on the page, whether it came with the HTML or from a data file:
 * `Jingzhong.question(section)` reads and sets the answer, marks it, and changes the order of the
 * options. Answers keep the letters of the bank; only what is shown changes with the order.
 */
(function () {
  "use strict";

  var TEXT = {
    right: "✓ 答对了",
    part: "◐ 答对一部分",
    wrong: "✗ 答错了",
    none: "○ 没有作答",
    empty: "还没有作答，先选一选、填一填。",
    answer: "正确答案：",
    yours: "你的答案：",
    or: " 或 ",
    next: " → ",
    pair: "—",
    list: "；",
    anyOrder: "（各空可以互换）",
    marks: {
      hit: ["✓", "你选的，对"],
      miss: ["✗", "你选的，不对"],
      lost: ["✓", "应选，你没有选"],
      answer: ["✓", "正确答案"],
      right: ["✓", "对"],
      wrong: ["✗", "不对"],
    },
    shown: 18,
  };
  var known = new WeakMap();

  function all(root, selector) {
    return Array.prototype.slice.call(root.querySelectorAll(selector));
  }

  function Question(section) {
    this.section = section;
    this.facts = JSON.parse(section.dataset.question);
    this.options = all(section, "[data-option]");
    this.inputs = all(section, "input");
    this.selects = all(section, "select");
    this.parts = all(section, "[data-part]");
    this.shown = {};
    this.values = [];
    this.options.forEach(function (row) {
      this.shown[row.dataset.option] = row.dataset.option;
    }, this);
    this.wire();
  }

  /** Selects that speak, and buttons that move an entry up or down. */
  Question.prototype.wire = function () {
    var question = this;
    if (!this.selects.length) return;
    this.label();
    this.section.addEventListener("change", function (event) {
      question.exchange(question.selects.indexOf(event.target));
    });
    all(this.section, "[data-movers]").forEach(function (movers, at) {
      movers.hidden = false;
      movers.addEventListener("click", function (event) {
        var button = event.target.closest("[data-move]");
        if (button) question.move(at, Number(button.dataset.move));
      });
    });
  };

  /** An entry chosen a second time leaves the place it had; that place takes what stood here. */
  Question.prototype.exchange = function (at) {
    if (at < 0) return;
    var value = this.selects[at].value;
    var before = this.values[at] || "";
    this.selects.forEach(function (select, other) {
      if (value && other !== at && select.value === value) select.value = before;
    });
    this.remember();
  };

  Question.prototype.remember = function () {
    this.values = this.selects.map(function (select) {
      return select.value;
    });
  };

  Question.prototype.move = function (at, by) {
    var other = this.selects[at + by];
    if (!other || this.section.querySelector("fieldset").disabled) return;
    var kept = other.value;
    other.value = this.selects[at].value;
    this.selects[at].value = kept;
    this.remember();
    ["input", "change"].forEach(function (name) {
      other.dispatchEvent(new Event(name, { bubbles: true }));
    });
    // The button goes with the entry, so that it can be pressed again.
    var buttons = all(this.parts[at + by], "[data-move]");
    buttons[by < 0 ? 0 : 1].focus();
  };

  /** Choices in selects say more than a letter. */
  Question.prototype.label = function () {
    var texts = {};
    this.options.forEach(function (row) {
      var text = row.querySelector("[data-text]");
      // Pinyin above the characters is no part of the text.
      texts[row.dataset.option] = text.dataset.plain || text.textContent;
    });
    this.selects.forEach(function (select) {
      all(select, "option").forEach(function (option) {
        if (!option.value) return;
        var text = texts[option.value];
        var short = text.length > TEXT.shown ? text.slice(0, TEXT.shown) + "…" : text;
        option.textContent = this.shown[option.value] + " " + short;
      }, this);
    }, this);
  };

  /** What stands in the inputs, in the form that scoring reads. */
  Question.prototype.response = function () {
    var type = this.facts.type;
    if (type === "blank") {
      return this.inputs.map(function (input) {
        return input.value;
      });
    }
    if (type === "order") {
      return this.selects.map(function (select) {
        return select.value;
      });
    }
    if (type === "match") {
      var pairs = {};
      this.parts.forEach(function (row, at) {
        if (this.selects[at].value) pairs[row.dataset.part] = this.selects[at].value;
      }, this);
      return pairs;
    }
    return this.inputs
      .filter(function (input) {
        return input.checked;
      })
      .map(function (input) {
        return input.value;
      })
      .sort()
      .join("");
  };

  Question.prototype.setResponse = function (response) {
    var type = this.facts.type;
    if (type === "blank") {
      this.inputs.forEach(function (input, at) {
        input.value = (response && response[at]) || "";
      });
    } else if (this.selects.length) {
      this.parts.forEach(function (row, at) {
        var key = type === "match" ? row.dataset.part : at;
        this.selects[at].value = (response && response[key]) || "";
      }, this);
      this.remember();
    } else {
      this.inputs.forEach(function (input) {
        input.checked = Boolean(response) && response.indexOf(input.value) >= 0;
      });
    }
  };

  /** Show the options (of a matching question: its right side) in this order, lettered anew. */
  Question.prototype.reorder = function (order) {
    var list = this.section.querySelector("[data-options]");
    if (!list || this.facts.type === "judge") return;
    var letters = this.letters();
    order.forEach(function (letter, at) {
      var row = this.options.filter(function (one) {
        return one.dataset.option === letter;
      })[0];
      this.shown[letter] = letters[at];
      row.querySelector("[data-letter]").textContent = letters[at];
      list.appendChild(row);
      this.selects.forEach(function (select) {
        var option = all(select, "option").filter(function (one) {
          return one.value === letter;
        })[0];
        select.appendChild(option);
      });
    }, this);
    this.label();
    this.section.querySelector("[data-answer-text]").textContent = this.answerText();
  };

  /** The letters of the options as the bank has them. */
  Question.prototype.letters = function () {
    return Object.keys(this.shown).sort(function (a, b) {
      return a.length - b.length || (a < b ? -1 : 1);
    });
  };

  Question.prototype.shuffle = function (seed, variant) {
    var fixed = this.facts.fixed || [];
    this.reorder(
      window.Jingzhong.draw.optionOrder(this.letters(), fixed, seed, variant, this.facts.id),
    );
  };

  /** A response or an answer in the letters that are shown. */
  Question.prototype.say = function (value) {
    var shown = this.shown;
    function letter(one) {
      return shown[one] || one;
    }
    if (this.facts.type === "blank") {
      return value
        .map(function (words) {
          return Array.isArray(words) ? words.join(TEXT.or) : words || "____";
        })
        .join(TEXT.list);
    }
    if (this.facts.type === "match") {
      return Object.keys(value)
        .sort()
        .map(function (left) {
          return left + TEXT.pair + letter(value[left]);
        })
        .join(TEXT.list);
    }
    if (this.facts.type === "order") {
      var steps = Array.isArray(value) ? value : value.split("");
      return steps
        .map(function (one) {
          return one ? letter(one) : "_";
        })
        .join(TEXT.next);
    }
    return value.split("").map(letter).sort().join("");
  };

  Question.prototype.answerText = function () {
    return this.say(this.facts.answer) + (this.facts.anyOrder ? TEXT.anyOrder : "");
  };

  Question.prototype.score = function (points, rule) {
    return window.Jingzhong.scoring.score(this.facts, this.response(), points, rule);
  };

  function setMark(row, kind) {
    var mark = row.querySelector("[data-mark]");
    if (!mark) return;
    if (!kind) {
      mark.textContent = "";
      mark.removeAttribute("role");
      mark.removeAttribute("aria-label");
      delete row.dataset.marked;
      return;
    }
    mark.textContent = TEXT.marks[kind][0];
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", TEXT.marks[kind][1]);
    row.dataset.marked = kind;
  }

  /** Show how the answer was, in place; returns what a live region may say. */
  Question.prototype.mark = function (result) {
    var answer = this.facts.answer;
    var response = this.response();
    if (this.parts.length) {
      this.parts.forEach(function (row, at) {
        setMark(row, result.state === "none" ? "" : result.parts[at] ? "right" : "wrong");
      });
    } else {
      this.options.forEach(function (row) {
        var chosen = response.indexOf(row.dataset.option) >= 0;
        var wanted = answer.indexOf(row.dataset.option) >= 0;
        setMark(row, chosen ? (wanted ? "hit" : "miss") : wanted ? "lost" : "");
      });
    }
    var said = TEXT[result.state];
    if (result.state !== "right") said += "。" + TEXT.answer + this.answerText();
    if (result.state === "part" || result.state === "wrong") {
      said += "。" + TEXT.yours + this.say(response);
    }
    this.show(said, result.state);
    return said;
  };

  /** Show the answer to a room, whoever has given one or not. */
  Question.prototype.reveal = function () {
    var said = TEXT.answer + this.answerText();
    if (!this.parts.length) {
      this.options.forEach(function (row) {
        setMark(row, this.facts.answer.indexOf(row.dataset.option) >= 0 ? "answer" : "");
      }, this);
    }
    this.show(said, "answer");
    return said;
  };

  Question.prototype.show = function (text, state) {
    var feedback = this.section.querySelector("[data-feedback]");
    feedback.textContent = text;
    feedback.dataset.state = state;
    feedback.hidden = false;
    this.section.querySelector("[data-answer]").open = true;
  };

  Question.prototype.ask = function () {
    var feedback = this.section.querySelector("[data-feedback]");
    feedback.textContent = TEXT.empty;
    feedback.dataset.state = "none";
    feedback.hidden = false;
    return TEXT.empty;
  };

  Question.prototype.unmark = function () {
    (this.parts.length ? this.parts : this.options).forEach(function (row) {
      setMark(row, "");
    });
    this.section.querySelector("[data-feedback]").hidden = true;
    this.section.querySelector("[data-answer]").open = false;
  };

  /** After handing in: the answer can be read, no longer changed. */
  Question.prototype.lock = function (locked) {
    this.section.querySelector("fieldset").disabled = locked;
  };

  /** The view of a block; the same one each time. */
  window.Jingzhong.question = function (section) {
    if (!known.has(section)) known.set(section, new Question(section));
    return known.get(section);
  };
})();
