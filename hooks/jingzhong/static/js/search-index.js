/*
 * Reads the index that `search/index.py` describes: its codes, its spelling, its posting lists and
 * its texts. No DOM here; `search-engine.js` answers queries with it.
 */
(function () {
  "use strict";

  var S = window.Jingzhong.search;
  var SIGNS = "";
  var VALUE = new Uint8Array(128);
  for (var sign = 32; sign < 127; sign += 1) {
    if ('"\\|~'.indexOf(String.fromCharCode(sign)) >= 0) continue;
    VALUE[sign] = SIGNS.length;
    SIGNS += String.fromCharCode(sign);
  }
  var BASE = 91, ALONE = 62, TWO = 25, THREE = 3, SINGLE = 75;
  var TITLE = 3;
  var NOT_TEXT = /[^\p{L}\p{N}]/gu;
  var MOST_WORDS = 16, MOST_GRAMS = 8;
  var QUOTED = /([-－]?)(?:"([^"]*)"|[“”]([^“”]*)[“”])(?=\s|$)|\S+/g;

  /** Call `each` with every id of a posting list. */
  function readIds(code, each) {
    var id = -1, at = 0, end = code.length;
    while (at < end) {
      var value = VALUE[code.charCodeAt(at++)];
      if (value >= ALONE) {
        value -= ALONE;
        var more = value < TWO ? 1 : value < TWO + THREE ? 2 : 3;
        var base = ALONE + (more > 1 ? TWO * BASE : 0) + (more > 2 ? THREE * BASE * BASE : 0);
        value -= more > 2 ? TWO + THREE : more > 1 ? TWO : 0;
        for (; more; more -= 1) value = value * BASE + VALUE[code.charCodeAt(at++)];
        value += base;
      }
      id += value + 1;
      each(id);
    }
  }

  function hashOf(text) {
    var value = 0;
    for (var at = 0; at < text.length; at += 1) value = (Math.imul(value, 31) + text.charCodeAt(at)) >>> 0;
    return (value ^ (value >>> 15)) >>> 0;
  }

  function Engine(head) {
    this.head = head;
    this.count = head.count;
    this.table = Array.from(head.table);
    this.known = new Set(this.table);
    this.folded = new Map();
    this.simple = new Map();
    this.records = new Map();
    this.addSimple(head.fold);
    this.common = new Set();
    readIds(head.common, this.common.add.bind(this.common));
    this.synonyms = head.synonyms.map(function (group) {
      return this.decode(group).split("\n");
    }, this);
    this.runs = new Map();
    for (var run = 0; run < head.pages.length; run += 2) this.runs.set(head.pages[run], head.pages[run + 1]);
    var first = 0, shard = 0;
    this.kinds = head.kinds.map(function (row) {
      var kind = { name: row[0], first: first, end: first + row[1], per: row[2], shard: shard };
      first = kind.end;
      shard += Math.ceil(row[1] / row[2]);
      return kind;
    });
  }

  var proto = Engine.prototype;
  proto.readIds = readIds;

  proto.file = function (name) {
    return S.file(this.head.version + "/" + name);
  };

  /** A text of the index as it was written. */
  proto.decode = function (code) {
    var out = "";
    for (var at = 0; at < code.length; at += 1) {
      var value = code.charCodeAt(at);
      if (value > 126) out += code[at];
      else {
        value = VALUE[value];
        if (value >= SINGLE) {
          at += 1;
          value = SINGLE + (value - SINGLE) * BASE + VALUE[code.charCodeAt(at)];
        }
        out += this.table[value];
      }
    }
    return out;
  };

  proto.addSimple = function (pairs) {
    var chars = Array.from(pairs);
    for (var at = 0; at < chars.length; at += 2) this.simple.set(chars[at], chars[at + 1]);
    this.folded.clear();
  };

  /** One character in the spelling of the index; empty for a space or punctuation. */
  proto.foldChar = function (char) {
    var found = this.folded.get(char);
    if (found === undefined) {
      found = "";
      for (var one of char.normalize("NFKC").toLowerCase().replace(NOT_TEXT, "")) {
        one = this.simple.get(one) || one;
        // Beyond 16 bits: two characters of the private area.
        found += one.length < 2 ? one : String.fromCharCode(one.charCodeAt(0) + 0x800, one.charCodeAt(1) + 0x800);
      }
      this.folded.set(char, found);
    }
    return found;
  };

  proto.fold = function (text) {
    var out = "";
    for (var char of text) out += this.foldChar(char);
    return out;
  };

  /** A query may hold traditional characters that no text of the site has: look the rare ones up. */
  proto.prepare = function (text) {
    var engine = this;
    var rare = Array.from(new Set(text)).filter(function (char) {
      return char > "\u2e00" && !engine.known.has(char);
    });
    return Promise.all(rare.slice(0, 50).map(function (char) {
      engine.known.add(char);
      return engine.entry(char, "T" + char).then(function (simple) {
        if (simple) engine.addSimple(char + simple);
      });
    }));
  };

  /** What was typed, as words that must and must not be there. */
  proto.parse = function (text) {
    var engine = this, words = [], without = [], match;
    QUOTED.lastIndex = 0;
    while ((match = QUOTED.exec(text))) {
      var quoted = match[2] !== undefined ? match[2] : match[3];
      var minus = quoted === undefined ? /^[-－]./.test(match[0]) : match[1] !== "";
      var word = engine.fold(quoted === undefined ? match[0] : quoted);
      var list = minus ? without : words;
      if (word && list.indexOf(word) < 0 && list.length < MOST_WORDS) list.push(word);
    }
    if (!words.length) return { words: without, without: [] };
    return { words: words, without: without };
  };

  /** The grams to read for a word; together they cover it, and the first one is always there. */
  proto.plan = function (word) {
    var chars = Array.from(word);
    if (chars.length < 3) return [chars.join("")];
    var pairs = [], grams = [], at;
    for (at = 1; at < chars.length; at += 1) pairs.push(chars[at - 1] + chars[at]);
    for (at = 0; at < pairs.length; at += 1) {
      var here = this.isCommon(pairs[at]);
      if (here && at + 1 < pairs.length && this.isCommon(pairs[at + 1])) grams.push(pairs[at] + chars[at + 2]);
      else if (!(here && at && this.isCommon(pairs[at - 1]))) grams.push(pairs[at]);
    }
    grams = Array.from(new Set(grams));
    if (grams.length <= MOST_GRAMS) return grams;
    // Of a long text the rarer grams, evenly spread, tell enough.
    var engine = this;
    var rare = grams.slice(1).filter(function (gram) {
      return gram.length > 2 || !engine.isCommon(gram);
    });
    var step = rare.length / (MOST_GRAMS - 1);
    return [grams[0]].concat(rare.filter(function (_, index) {
      return Math.floor(index / step) !== Math.floor((index - 1) / step);
    }));
  };

  /** Whether three in a row are indexed around this pair; see `index.py`. */
  proto.isCommon = function (pair) {
    return this.common.has(hashOf(pair));
  };

  /** What stands under a key, in the shard of a gram; empty when nothing does. */
  proto.entry = function (gram, key) {
    return this.file("g/" + (hashOf(gram) % this.head.shards)).then(function (text) {
      var at = text.indexOf("~" + key + "|");
      return at < 0 ? "" : text.slice(at + key.length + 2, text.indexOf("~", at + 1));
    });
  };

  /**
   * The units that may hold a word. `score` has a number for each unit: 0 not there, then twice its
   * weight (body 1, heading 3, lead 5, title 7), one more for a whole word, 16 more for a name.
   */
  proto.candidates = function (word) {
    var engine = this, grams = this.plan(word), count = this.count;
    var whole = /^(?:[0-9]+|[a-zà-öø-ÿ]+)$/.test(word);
    var reads = grams.map(function (gram) {
      return engine.entry(gram, gram);
    });
    reads.push(this.entry(grams[0], "N" + word), whole ? this.entry(grams[0], "W" + word) : "");
    return Promise.all(reads).then(function (codes) {
      var wholes = codes.pop(), names = codes.pop();
      var score = new Uint8Array(count), seen = new Uint8Array(count), levels = [];
      codes.forEach(function (code, step) {
        code.split("|").forEach(function (list, level) {
          if (!levels[level]) levels[level] = level ? new Uint8Array(count) : seen;
          var marks = levels[level];
          readIds(list, function (id) {
            if (marks[id] === step) marks[id] = step + 1;
          });
        });
      });
      for (var id = 0; id < count; id += 1) {
        if (seen[id] !== codes.length) continue;
        var level = 1;
        while (level < levels.length && levels[level][id] !== codes.length) level += 1;
        score[id] = 1 + (level < levels.length ? 2 * (TITLE + 1 - level) : 0);
      }
      [[wholes, 1], [names, 16]].forEach(function (bonus) {
        readIds(bonus[0], function (id) {
          if (score[id]) score[id] += bonus[1];
        });
      });
      return { word: word, score: score, exact: grams.length === 1 && grams[0] === word };
    });
  };

  proto.kindOf = function (id) {
    return this.kinds.find(function (kind) {
      return id < kind.end;
    });
  };

  /** A unit with its text; decoded once. */
  proto.record = function (id) {
    var engine = this, kind = this.kindOf(id), known = this.records.get(id);
    if (known) return Promise.resolve(known);
    var place = id - kind.first;
    return this.file("t/" + (kind.shard + Math.floor(place / kind.per))).then(function (rows) {
      var row = rows[place % kind.per], title = engine.decode(row[1]), parts = [], text = "";
      for (var at = 2; at < row.length; at += 3) {
        var part = { weight: row[at], anchor: row[at + 1], from: text.length };
        part.text = row[at + 2] === 0 ? title : engine.decode(row[at + 2]);
        text += engine.fold(part.text);
        part.to = text.length;
        parts.push(part);
      }
      var record = { id: id, url: row[0], title: title, kind: kind.name, parts: parts, text: text };
      if (engine.records.size > 500) engine.records.clear();
      engine.records.set(id, record);
      return record;
    });
  };

  /** First unit of each page, so that words may stand in different units of one page. */
  proto.pages = function () {
    if (!this.pageOf) {
      var pageOf = Int32Array.from({ length: this.count }, function (_, id) {
        return id;
      });
      this.runs.forEach(function (length, first) {
        pageOf.fill(first, first, first + length);
      });
      this.pageOf = pageOf;
    }
    return this.pageOf;
  };

  var started = null;
  S.Engine = Engine;
  S.start = function (head) {
    if (!started) started = new Engine(head);
    return started;
  };
})();
