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

  function isProse(part) {
    return (part.weight === 0 || part.weight === LEAD) && !/^(?:facts|sources)$/.test(part.anchor);
  }

  /** About ninety characters around a place, cut from the text as it was written. */
  proto.excerpt = function (record, word, place) {
    var part = place.part, text = record.text;
    function holds(one) {
      return text.slice(one.from, one.to).indexOf(word) >= 0;
    }
    if (part.weight || !isProse(part)) {
      // What stands in a title is seen there, and figures and sources are no sentences: the excerpt
      // shows the words in the text, if they are there.
      var lower = record.parts.filter(isProse);
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
        var scores = [], held = 0;
        for (var bit = 0; bit < found.length; bit += 1) {
          if (!found[bit].score[id]) continue;
          held |= 1 << bit;
          scores.push(found[bit].score[id]);
        }
        if (!held || !allowed(id)) continue;
        var row = best.get(pageOf[id]);
        var score = rank(scores, joined ? joined.score[id] : 0, 0);
        if (!row) best.set(pageOf[id], (row = { held: 0, units: [] }));
        row.held |= held;
        row.units.push({ id: id, held: held, score: score });
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

  /**
   * What a unit is worth for several words, of which it holds those with `scores`: all of them come
   * first, then those whose worst word stands best, then those that hold them joined or near.
   */
  function rank(scores, joined, near) {
    var worst = Math.max(joined, Math.min.apply(null, scores));
    return scores.length * 1e6 + worst * 1000 + (joined ? 500 : near);
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
        var scores = places.filter(Boolean).map(function (one) {
          return one.score;
        });
        var score = rank(scores, whole ? whole.score : 0, near(places));
        if (row.score >= 16 && words.length === 1) score += 16000;
        return {
          record: record,
          word: shown,
          place: place,
          score: score,
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
        engine.others(engine.synonymsOf(text), options),
      ]);
    }).then(function (found) {
      var answer = found[0], article = found[1];
      if (article && !(options.accept && !options.accept(article.id))) engine.putFirst(answer, article, options);
      answer.related = found[2];
      return engine.guesses(text, answer, options).then(function (guessed) {
        answer.related = found[2].concat(guessed.filter(function (one) {
          return !found[2].some(function (other) {
            return other.term === one.term;
          });
        }));
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

  /** Other words for the same thing: `[{term, reason}]`, for the longest word that has any. */
  proto.synonymsOf = function (text) {
    var engine = this, typed = this.fold(text), parsed = this.parse(text), words = parsed.words.join(" ");
    var without = parsed.without.map(function (word) {
      return " -" + word;
    }).join("");
    var best = { word: "", group: [] };
    this.synonyms.forEach(function (group) {
      group.forEach(function (one) {
        var word = engine.fold(one);
        if (word.length > best.word.length && words.indexOf(word) >= 0) best = { word: word, group: group };
      });
    });
    var terms = new Set(best.group.map(function (other) {
      return words.replace(best.word, other) + without;
    }));
    return Array.from(terms).filter(function (term) {
      return engine.fold(term) !== typed;
    }).slice(0, SYNONYMS).map(function (term) {
      return { term: term, reason: "synonym" };
    });
  };

  /** What was meant, perhaps: pinyin, and slips of the hand where nothing was found. */
  proto.guesses = function (text, answer, options) {
    var engine = this, typed = this.fold(text);
    if (!/^[a-z]{2,}$/.test(typed) && (answer.hits.length || !typed)) return Promise.resolve([]);
    return S.need("search-related").then(function () {
      return engine.guess(typed, answer);
    }, function () {
      return [];
    }).then(function (terms) {
      return engine.others(terms, options);
    });
  };

  /** The first hits of other terms; those that have none are left out. */
  proto.others = function (terms, options) {
    var engine = this;
    return Promise.all(terms.map(function (one) {
      return engine.literal(one.term, { kind: options.kind, accept: options.accept, limit: 5 }).then(function (found) {
        return { term: one.term, reason: one.reason, total: found.total, hits: found.hits };
      });
    })).then(function (lists) {
      return lists.filter(function (one) {
        return one.hits.length;
      });
    });
  };
})();
