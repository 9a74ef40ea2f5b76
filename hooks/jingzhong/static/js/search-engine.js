/*
 * Answers a query: which units hold all its words, in what order, with which excerpt. Grams narrow
 * the units down (`search-index.js`); a hit is checked against its text before it is shown.
 */
(function () {
  "use strict";

  var S = window.Jingzhong.search;
  var proto = S.Engine.prototype;
  var readIds = proto.readIds;
  var TITLE = 3, LEAD = 2;
  var LIMIT = 20, EXCERPTS = 10, MOST_READ = 96, SYNONYMS = 3;
  var ARTICLE = /^(.*[^\s\d第条之零〇一二三四五六七八九十百])\s*第?\s*([\d零〇一二三四五六七八九十百]+)\s*条?\s*(?:之\s*([\d一二三四五六七八九十]+))?$/;

  /** Where a word stands best: its part and place; null when the record does not hold it. */
  proto.place = function (record, word) {
    var best = null;
    for (var at = record.text.indexOf(word); at >= 0; at = record.text.indexOf(word, at + 1)) {
      var part = record.parts.find(function (one) {
        return at < one.to;
      });
      var weight = at + word.length <= part.to ? part.weight : 0;
      var score = 1 + 2 * weight + (isWhole(record.text, at, word) ? 1 : 0);
      if (!best || score > best.score) best = { part: part, at: at, score: score };
    }
    return best;
  };

  /** No letter next to letters, no digit next to digits; Chinese words have no edges. */
  function isWhole(text, at, word) {
    var same = /^\d/.test(word) ? /\d/ : /^[a-zà-öø-ÿ]/.test(word) ? /[a-zà-öø-ÿ]/ : null;
    return !same || !(same.test(text[at - 1] || "") || same.test(text[at + word.length] || ""));
  }

  /** About ninety characters around a place, cut from the text as it was written. */
  proto.excerpt = function (record, word, place) {
    var part = place.part, text = record.text;
    function holds(one) {
      return text.slice(one.from, one.to).indexOf(word) >= 0;
    }
    if (part.weight) {
      // What stands in a title or heading is seen there; the excerpt shows it in the text, if it can.
      var lower = record.parts.filter(function (one) {
        return one.weight === 0 || one.weight === LEAD;
      });
      part = lower.find(holds) || (part.weight < TITLE && part) || lower[0] || part;
      place = { at: part.from + Math.max(0, text.slice(part.from, part.to).indexOf(word)) };
    }
    var folded = part.from, from = 0;
    for (var char of part.text) {
      if (folded >= place.at && this.foldChar(char)) break;
      folded += this.foldChar(char).length;
      from += char.length;
    }
    var start = from < 36 ? 0 : from - 30, end = Math.min(part.text.length, from + word.length + 60);
    var cut = part.text.slice(start, end).replace(/\s+/g, " ");
    return (start ? "…" : "") + cut.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "") + (end < part.text.length ? "…" : "");
  };

  /**
   * Units to check, best first: `{id, score, others}`; `others` are units of the same page that
   * may hold the words that this one lacks.
   */
  proto.order = function (found, joined, without, accept) {
    var rows = [], count = this.count, id;
    var cut = without.filter(function (one) {
      return one.exact;
    });
    function allowed(at) {
      return accept(at) && !cut.some(function (one) {
        return one.score[at];
      });
    }
    if (found.length === 1) {
      for (id = 0; id < count; id += 1) {
        if (found[0].score[id] && allowed(id)) rows.push({ id: id, score: found[0].score[id] });
      }
    } else {
      var pageOf = this.pages(), best = new Map();
      for (id = 0; id < count; id += 1) {
        var held = 0, sum = 0;
        found.forEach(function (one, bit) {
          if (!one.score[id]) return;
          held |= 1 << bit;
          sum += one.score[id];
        });
        if (!held || !allowed(id)) continue;
        var row = best.get(pageOf[id]);
        var units = bits(held) * 1000 + sum + (joined && joined.score[id] ? 500 : 0);
        if (!row) best.set(pageOf[id], (row = { held: 0, units: [] }));
        row.held |= held;
        row.units.push({ id: id, held: held, score: units });
      }
      var all = (1 << found.length) - 1;
      best.forEach(function (row) {
        if (row.held !== all) return;
        row.units.sort(byScore);
        rows.push({ id: row.units[0].id, score: row.units[0].score, others: row.units.slice(1) });
      });
    }
    return rows.sort(byScore);
  };

  function byScore(a, b) {
    return b.score - a.score || a.id - b.id;
  }

  function bits(number) {
    var sum = 0;
    for (; number; number &= number - 1) sum += 1;
    return sum;
  }

  /** Check one row against the texts; a hit, or null. */
  proto.check = function (row, words, joined, without) {
    var engine = this;
    return this.record(row.id).then(function (record) {
      if (without.some(function (word) {
        return record.text.indexOf(word) >= 0;
      })) return null;
      var places = words.map(function (word) {
        return engine.place(record, word);
      });
      var missing = words.filter(function (_, at) {
        return !places[at];
      });
      if (missing.length === words.length) return null;
      return engine.elsewhere(row.others || [], missing).then(function (there) {
        if (!there) return null;
        var whole = words.length > 1 && joined ? engine.place(record, joined) : null;
        var shown = whole ? joined : words.find(function (_, at) {
          return places[at];
        });
        var place = whole || places[words.indexOf(shown)];
        var score = Math.max.apply(null, places.map(function (one) {
          return one ? one.score : 0;
        }));
        if (row.score >= 16 && words.length === 1) score += 16;
        return {
          record: record,
          word: shown,
          place: place,
          score: (words.length - missing.length) * 1000 + (whole ? 500 : near(places)) + score,
        };
      });
    });
  };

  /** How close the words stand, 0 to 400. */
  function near(places) {
    var at = places.filter(Boolean).map(function (place) {
      return place.at;
    });
    if (at.length < 2) return 0;
    return Math.max(0, 400 - (Math.max.apply(null, at) - Math.min.apply(null, at)));
  }

  /** Whether the other units of a page hold the words that its best unit lacks. */
  proto.elsewhere = function (units, missing) {
    var engine = this;
    if (!missing.length) return Promise.resolve(true);
    if (!units.length) return Promise.resolve(false);
    return this.record(units[0].id).then(function (record) {
      return engine.elsewhere(units.slice(1), missing.filter(function (word) {
        return record.text.indexOf(word) < 0;
      }));
    });
  };

  /** Check rows in order until `limit` of them hold. */
  proto.confirm = function (rows, limit, words, joined, without) {
    var engine = this, hits = [], failed = 0, next = 0;
    function batch() {
      // The fewer of them held so far, the more are read at a time.
      var size = Math.min(Math.max(limit - hits.length + (next ? 2 : 0), next / 2), MOST_READ);
      var part = rows.slice(next, next + size);
      if (!part.length || hits.length >= limit) return { hits: hits, checked: next, failed: failed };
      next += part.length;
      return Promise.all(part.map(function (row) {
        return engine.check(row, words, joined, without);
      })).then(function (found) {
        found.forEach(function (hit) {
          if (hit) hits.push(hit);
          else failed += 1;
        });
        return batch();
      });
    }
    return Promise.resolve(batch());
  };

  /** `安全生产法 55` and `安法55条`: that article, as a hit before all others; or null. */
  proto.article = function (text) {
    var engine = this, match = ARTICLE.exec(text.trim());
    var kind = this.kinds.find(function (one) {
      return one.name === "regulation";
    });
    var name = match && kind ? this.fold(match[1]) : "";
    if (!name || name.length > 40) return Promise.resolve(null);
    var number = toNumber(match[2]), sub = match[3] ? toNumber(match[3]) : 0;
    return this.entry(this.plan(name)[0], "N" + name).then(function (code) {
      var law = -1;
      readIds(code, function (id) {
        if (law < 0 && id >= kind.first && id < kind.end) law = id;
      });
      if (law < 0 || !number) return null;
      var last = law + (engine.runs.get(law) || 1) - 1;
      return seek(law + 1, last, Math.min(last, law + number));
    });

    /** Articles stand in order, so halving the rest finds one in a few steps. */
    function seek(low, high, middle) {
      if (low > high) return null;
      return engine.record(middle).then(function (record) {
        var at = /#art-(\d+)(?:-(\d+))?$/.exec(record.url) || [];
        var order = at[1] - number || (at[2] || 0) - sub;
        if (!order) return record;
        if (order > 0) high = middle - 1;
        else low = middle + 1;
        return seek(low, high, (low + high) >> 1);
      });
    }
  };

  /** 五十五, 一百零三, 55 → a number. */
  function toNumber(text) {
    if (/^\d+$/.test(text)) return Number(text);
    var total = 0, digit = 0;
    for (var char of text) {
      var value = "零一二三四五六七八九".indexOf(char === "〇" ? "零" : char);
      if (value >= 0) digit = value;
      else {
        total += (digit || 1) * (char === "十" ? 10 : 100);
        digit = 0;
      }
    }
    return total + digit;
  }

  /**
   * Literal hits only. `options`: `kind`, `limit`, and `accept(id)` for facets; the answer also has
   * `ids`, every unit that may hold the words, best first.
   */
  proto.literal = function (text, options) {
    var engine = this, parsed = this.parse(text), words = parsed.words;
    var empty = { total: 0, approximate: false, hits: [], ids: [], words: words };
    if (!words.length) return Promise.resolve(empty);
    var kind = this.kinds.find(function (one) {
      return one.name === options.kind;
    });
    if (options.kind && !kind) return Promise.resolve(empty);
    var joined = words.length > 1 && words.join("").length < 60 ? words.join("") : "";
    function accept(id) {
      return (!kind || (id >= kind.first && id < kind.end)) && (!options.accept || options.accept(id));
    }
    function all(list) {
      return Promise.all(list.map(engine.candidates, engine));
    }
    return Promise.all([
      all(words), all(parsed.without), joined ? engine.candidates(joined) : null,
    ]).then(function (found) {
      var rows = engine.order(found[0], found[2], found[1], accept);
      var limit = options.limit === undefined ? LIMIT : Math.max(0, Number(options.limit) || 0);
      return engine.confirm(rows, limit, words, joined, parsed.without).then(function (result) {
        result.hits.sort(function (a, b) {
          return b.score - a.score || a.record.id - b.record.id;
        });
        var exact = found[0].length === 1 && found[0][0].exact && !parsed.without.length;
        return {
          total: rows.length - result.failed,
          approximate: !exact && result.checked < rows.length,
          hits: result.hits.slice(0, limit).map(function (hit, at) {
            return engine.hit(hit, at < EXCERPTS);
          }),
          ids: rows.map(function (row) {
            return row.id;
          }),
          words: words,
        };
      });
    });
  };

  proto.hit = function (hit, withExcerpt) {
    var record = hit.record, part = hit.place.part;
    var deep = part.weight < TITLE && part.anchor && record.url.indexOf("#") < 0;
    return {
      url: record.url + (deep ? "#" + part.anchor : ""),
      title: record.title,
      kind: record.kind,
      excerpt: withExcerpt ? this.excerpt(record, hit.word, hit.place) : null,
    };
  };

  /** The whole answer of `Jingzhong.search.query`. */
  proto.query = function (text, options) {
    var engine = this;
    text = String(text === undefined || text === null ? "" : text);
    options = options || {};
    return this.prepare(text).then(function () {
      return Promise.all([
        engine.literal(text, options),
        options.kind && options.kind !== "regulation" ? null : engine.article(text),
      ]);
    }).then(function (found) {
      var answer = found[0];
      if (found[1] && !(options.accept && !options.accept(found[1].id))) engine.putFirst(answer, found[1], options);
      return engine.related(text, answer, options).then(function (related) {
        answer.related = related;
        return answer;
      });
    });
  };

  proto.putFirst = function (answer, record, options) {
    var before = answer.hits.length;
    answer.hits = answer.hits.filter(function (hit) {
      return hit.url !== record.url;
    });
    if (answer.hits.length === before) answer.total += 1;
    var part = record.parts[record.parts.length - 1];
    answer.hits.unshift({
      url: record.url,
      title: record.title,
      kind: record.kind,
      excerpt: this.excerpt(record, "", { part: part, at: part.from }),
    });
    if (answer.hits.length > (options.limit === undefined ? LIMIT : options.limit)) answer.hits.pop();
  };

  /** Other words for the same thing; pinyin and slips of the hand are looked up elsewhere. */
  proto.related = function (text, answer, options) {
    var engine = this, typed = this.fold(text), found = [];
    this.synonyms.forEach(function (group) {
      group.forEach(function (one) {
        var word = engine.fold(one);
        if (typed.indexOf(word) >= 0) found.push({ word: word, group: group });
      });
    });
    found.sort(function (a, b) {
      return b.word.length - a.word.length;
    });
    var terms = new Set();
    found.slice(0, 1).forEach(function (one) {
      one.group.forEach(function (other) {
        var term = answer.words.join(" ").replace(one.word, other);
        if (engine.fold(term) !== typed) terms.add(term);
      });
    });
    var more = /^[a-z]{2,}$/.test(typed) || (!answer.hits.length && typed);
    var asked = more && S.need("search-related").then(function () {
      return engine.guess(typed, answer);
    }, function () {
      return [];
    });
    return Promise.resolve(asked || []).then(function (guessed) {
      var wanted = Array.from(terms).slice(0, SYNONYMS).map(function (term) {
        return { term: term, reason: "synonym" };
      }).concat(guessed);
      return Promise.all(wanted.map(function (one) {
        return engine.literal(one.term, { kind: options.kind, accept: options.accept, limit: 5 }).then(function (found) {
          return { term: one.term, reason: one.reason, total: found.total, hits: found.hits };
        });
      }));
    }).then(function (lists) {
      return lists.filter(function (one) {
        return one.hits.length;
      });
    });
  };
})();
