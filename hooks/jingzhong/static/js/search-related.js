/*
 * What may have been meant: pinyin and initials of known terms, and words with one character
 * wrong. Loaded only when a query is in Latin letters or finds nothing.
 */
(function () {
  "use strict";

  var S = window.Jingzhong.search;
  var proto = S.Engine.prototype;
  var TERMS = 3, READ = 8;

  /** Terms for a query that found too little: `[{term, reason}]`. */
  proto.guess = function (typed, answer) {
    var latin = /^[a-z]{2,}$/.test(typed);
    var asked = latin ? this.byPinyin(typed) : this.byOneWrong(answer.words);
    return asked.catch(function () {
      return [];
    });
  };

  /** `wxhxp`, `weixianhua`: the terms whose pinyin or initials begin so, in the order of the file. */
  proto.byPinyin = function (typed) {
    return this.file("p/" + typed[0]).then(function (rows) {
      var exact = [], begun = [];
      rows.split("\n").forEach(function (row) {
        var fields = row.split(" "), term = fields[0], syllables = fields.slice(1);
        var full = syllables.join("");
        var initials = syllables.map(function (one) {
          return one[0];
        }).join("");
        if (full === typed || initials === typed) exact.push(term);
        else if (full.indexOf(typed) === 0 || (typed.length > 2 && initials.indexOf(typed) === 0)) begun.push(term);
      });
      return exact.concat(begun).slice(0, TERMS).map(function (term) {
        return { term: term, reason: "pinyin" };
      });
    });
  };

  /**
   * For each place of a word: units that hold the rest of it, and what stands in that place there.
   * Characters that sound like the one typed come first, then what is found most often.
   */
  proto.byOneWrong = function (words) {
    var engine = this, word = words[0];
    if (words.length !== 1) return Promise.resolve([]);
    var chars = Array.from(word), tries = [];
    if (chars.length < 2 || chars.length > 12) return Promise.resolve([]);
    chars.forEach(function (_, at) {
      tries.push(engine.around(chars, at));
    });
    return Promise.all([this.file("sounds")].concat(tries)).then(function (lists) {
      var sound = new Map();
      lists.shift().split(" ").forEach(function (group, number) {
        Array.from(group).forEach(function (char) {
          sound.set(char, number);
        });
      });
      var counts = new Map();
      lists.forEach(function (found, at) {
        found.forEach(function (char) {
          var term = chars.slice(0, at).concat(char, chars.slice(at + 1)).join("");
          var alike = sound.has(char) && sound.get(char) === sound.get(chars[at]);
          counts.set(term, (counts.get(term) || 0) + (alike ? 1000 : 1));
        });
      });
      return Array.from(counts).sort(function (a, b) {
        return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
      }).slice(0, TERMS).map(function (entry) {
        return { term: entry[0], reason: "typo" };
      });
    });
  };

  /** The characters that stand at one place between the others, in the best units. */
  proto.around = function (chars, at) {
    var engine = this;
    var before = chars.slice(0, at).join(""), after = chars.slice(at + 1).join("");
    return Promise.all([before, after].filter(Boolean).map(function (one) {
      return engine.candidates(one);
    })).then(function (found) {
      var rows = [];
      for (var id = 0; id < engine.count; id += 1) {
        var scores = found.map(function (one) {
          return one.score[id];
        });
        if (scores.every(Boolean)) rows.push({ id: id, score: Math.min.apply(null, scores) });
      }
      rows.sort(function (a, b) {
        return b.score - a.score || a.id - b.id;
      });
      return Promise.all(rows.slice(0, READ).map(function (row) {
        return engine.record(row.id);
      }));
    }).then(function (records) {
      var found = [];
      records.forEach(function (record) {
        var text = record.text, from = before ? text.indexOf(before) : text.indexOf(after) - 1;
        while (from >= 0) {
          var char = text[from + before.length];
          if (char && text.substr(from + before.length + 1, after.length) === after) found.push(char);
          from = before ? text.indexOf(before, from + 1) : text.indexOf(after, from + 2) - 1;
          if (from < 0) break;
        }
      });
      return found;
    });
  };
})();
