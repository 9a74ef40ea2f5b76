/*
 * What may have been meant: pinyin and initials of known terms, words with one character wrong, and
 * the words of a question that nobody wrote as it was asked. Loaded only when a query is in Latin
 * letters or finds nothing.
 */
(function () {
  "use strict";

  var S = window.Jingzhong.search;
  var proto = S.Engine.prototype;
  var TERMS = 3, READ = 8, LONGEST = 40, LONGEST_PART = 8, PARTS = 5, ALIKE = 1000;
  // What people ask with, and what joins words; longer ones first.
  var ASKED = /请问|为什么|怎么办|怎么样|怎么|怎样|如何|什么|哪里|哪些|哪个|多少|应该|可以|有没有|是不是|能不能|了|吗|呢|吧|啊|的|是|被|把|在|和|与|\s/;

  /** Terms for a query that found too little: `[{term, reason}]`. */
  proto.guess = function (typed, answer) {
    var engine = this, latin = /^[a-z]{2,}$/.test(typed);
    var asked = latin ? this.byPinyin(typed) : this.byOneWrong(answer.words);
    return asked.then(function (terms) {
      // Another word for the same thing, or one that sounds alike, is likelier than single words.
      var likely = latin || answer.related.length || terms.some(function (one) {
        return one.alike;
      });
      if (likely) return terms;
      return engine.byParts(answer.words).then(function (parts) {
        return terms.concat(parts);
      });
    }).catch(function () {
      return [];
    });
  };

  /** `煤气漏了怎么办`: its words one by one, `煤气 漏`, and what else these are called. */
  proto.byParts = function (words) {
    var engine = this, text = words.join(" ");
    if (text.length > LONGEST) return Promise.resolve([]);
    return Promise.all(this.pieces(text).map(function (piece) {
      return engine.cut(Array.from(piece), []);
    })).then(function (found) {
      var parts = Array.from(new Set([].concat.apply([], found))).slice(0, PARTS);
      var term = parts.join(" ");
      if (!parts.length || term === text) return [];
      var called = [{ term: term }].concat(engine.synonymsOf(term));
      return engine.others(called, {}).then(function (lists) {
        return lists.length ? lists : engine.fewer(parts);
      });
    }).then(function (lists) {
      return lists.slice(0, TERMS).map(function (one) {
        return { term: one.term, reason: "parts" };
      });
    });
  };

  /** A text between what it is asked with; words that have synonyms stand by themselves. */
  proto.pieces = function (text) {
    var engine = this, words = [];
    this.synonyms.forEach(function (group) {
      group.forEach(function (one) {
        var word = engine.fold(one);
        if (word.length > 1 && text.indexOf(word) >= 0) words.push(word);
      });
    });
    words.sort(function (a, b) {
      return b.length - a.length;
    });
    var pieces = [text];
    words.forEach(function (word) {
      pieces = [].concat.apply([], pieces.map(function (piece) {
        if (words.indexOf(piece) >= 0) return piece;
        return piece.split(word).join("\n" + word + "\n").split("\n");
      }));
    });
    return [].concat.apply([], pieces.map(function (piece) {
      return words.indexOf(piece) >= 0 ? piece : piece.split(ASKED);
    })).filter(Boolean);
  };

  /** The words of a text that the site has, cut from its end, where Chinese is told apart best. */
  proto.cut = function (chars, after) {
    var engine = this, alone = !after.length;
    if (!chars.length) return Promise.resolve(after);
    function longest(length) {
      var word = chars.slice(chars.length - length).join("");
      return engine.candidates(word).then(function (found) {
        if (found.score.some(Boolean)) return word;
        return length > 1 ? longest(length - 1) : "";
      });
    }
    return longest(Math.min(chars.length, LONGEST_PART)).then(function (word) {
      var length = Math.max(Array.from(word).length, 1);
      // One character says something only where it was all that was left of a piece.
      var kept = length > 1 || (word && alone && chars.length === 1) ? [word].concat(after) : after;
      return engine.cut(chars.slice(0, chars.length - length), kept);
    });
  };

  /** Parts that stand on one page: all but one of them, or the longest alone. */
  proto.fewer = function (parts) {
    var engine = this;
    var choices = [];
    if (parts.length > 2) {
      parts.forEach(function (_, at) {
        choices.push(parts.slice(0, at).concat(parts.slice(at + 1)));
      });
    }
    return Promise.all(choices.concat(parts.length > 1 ? parts.map(function (one) {
      return [one];
    }) : []).map(function (some) {
      return engine.literal(some.join(" "), { limit: 1 }).then(function (found) {
        return { term: some.join(" "), size: some.length, total: found.hits.length ? found.total : 0 };
      });
    })).then(function (found) {
      return found.filter(function (one) {
        return one.total;
      }).sort(function (a, b) {
        return b.size - a.size || b.term.length - a.term.length || a.total - b.total;
      }).slice(0, 1);
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
          counts.set(term, (counts.get(term) || 0) + (alike ? ALIKE : 1));
        });
      });
      return Array.from(counts).sort(function (a, b) {
        return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
      }).slice(0, TERMS).map(function (entry) {
        return { term: entry[0], reason: "typo", alike: entry[1] >= ALIKE };
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
