/*
 * Drawing that everyone can repeat: the twin of `quiz/draw.py`, which explains it. The same seed
 * gives the same paper there and here; `tests/quiz/vectors.json` is run on both sides.
 */
(function () {
  "use strict";

  var DAILY = 5;
  var ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  var SPACE = /[\t-\r \u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+/g;
  // 0001-01-01 as days before 1970-01-01, the way Python counts.
  var EPOCH = 719163;
  var constants = primeRoots(64, 1 / 3);
  var start = primeRoots(8, 1 / 2);

  /** First 32 bits of the fractions of the roots of the first primes: SHA-256's constants. */
  function primeRoots(count, power) {
    var found = [];
    for (var number = 2, primes = []; primes.length < count; number += 1) {
      if (primes.every(indivisible)) {
        primes.push(number);
        var root = Math.pow(number, power);
        found.push(((root - Math.floor(root)) * 4294967296) >>> 0);
      }
    }
    return found;

    function indivisible(prime) {
      return number % prime;
    }
  }

  function turnRight(word, by) {
    return (word >>> by) | (word << (32 - by));
  }

  /** SHA-256 of a text's UTF-8 as eight 32-bit words (FIPS 180-4). */
  function sha256(text) {
    var bytes = new TextEncoder().encode(text);
    var blocks = Math.ceil((bytes.length + 9) / 64);
    var padded = new Uint8Array(blocks * 64);
    padded.set(bytes);
    padded[bytes.length] = 128;
    var view = new DataView(padded.buffer);
    view.setUint32(blocks * 64 - 8, Math.floor(bytes.length / 536870912));
    view.setUint32(blocks * 64 - 4, (bytes.length << 3) >>> 0);
    var hash = start.slice();
    for (var block = 0; block < blocks; block += 1) {
      var w = new Uint32Array(64);
      var v = hash.slice();
      for (var i = 0; i < 64; i += 1) {
        if (i < 16) {
          w[i] = view.getUint32(block * 64 + i * 4);
        } else {
          var small = turnRight(w[i - 15], 7) ^ turnRight(w[i - 15], 18) ^ (w[i - 15] >>> 3);
          var large = turnRight(w[i - 2], 17) ^ turnRight(w[i - 2], 19) ^ (w[i - 2] >>> 10);
          w[i] = w[i - 16] + small + w[i - 7] + large;
        }
        var e = turnRight(v[4], 6) ^ turnRight(v[4], 11) ^ turnRight(v[4], 25);
        var first = v[7] + e + ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[i] + w[i];
        var a = turnRight(v[0], 2) ^ turnRight(v[0], 13) ^ turnRight(v[0], 22);
        var second = a + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        v = [(first + second) | 0, v[0], v[1], v[2], (v[3] + first) | 0, v[4], v[5], v[6]];
      }
      hash = hash.map(add);
    }
    return hash;

    function add(word, at) {
      return (word + v[at]) >>> 0;
    }
  }

  /** Random 32-bit numbers that depend on nothing but the purpose and the parts. */
  function Generator(purpose, parts) {
    this.state = sha256(["jingzhong", purpose].concat(parts).join("\n")).slice(0, 4);
  }

  Generator.prototype.next = function () {
    var s = this.state;
    var result = Math.imul(turnRight(Math.imul(s[1], 5), 25), 9) >>> 0;
    var moved = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= moved;
    s[3] = turnRight(s[3], 21);
    return result;
  };

  Generator.prototype.below = function (limit) {
    var fair = 4294967296 - (4294967296 % limit);
    var number = this.next();
    while (number >= fair) number = this.next();
    return number % limit;
  };

  Generator.prototype.shuffled = function (items) {
    var result = items.slice();
    for (var last = result.length - 1; last > 0; last -= 1) {
      var other = this.below(last + 1);
      var kept = result[last];
      result[last] = result[other];
      result[other] = kept;
    }
    return result;
  };

  function plainSeed(text) {
    return text.normalize("NFKC").replace(SPACE, " ").replace(/^ +| +$/g, "");
  }

  function byId(a, b) {
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  }

  /** Whether a question may stand in a section `{count, banks, type, topics, difficulties}`. */
  function takes(section, candidate) {
    return (
      section.banks.indexOf(candidate.bank) >= 0 &&
      (!section.type || candidate.type === section.type) &&
      (!section.topics.length ||
        candidate.topics.some(function (topic) {
          return section.topics.indexOf(topic) >= 0;
        })) &&
      (!section.difficulties.length || section.difficulties.indexOf(candidate.difficulty) >= 0)
    );
  }

  /** Question ids for each section; an Error with `section` and `have` where a quota fails. */
  function draw(sections, candidates, seed, variant) {
    var plain = plainSeed(seed);
    var ordered = candidates.slice().sort(byId);
    var owner = Object.create(null);
    var pools = sections.map(function (section, index) {
      return new Generator("draw", [plain, String(index)]).shuffled(
        ordered.filter(function (candidate) {
          return takes(section, candidate);
        }),
      );
    });
    sections
      .map(function (section, index) {
        return index;
      })
      .sort(function (a, b) {
        return pools[a].length - pools[b].length || a - b;
      })
      .forEach(function (index) {
        for (var taken = 0; taken < sections[index].count; taken += 1) {
          if (!take(index, pools, owner)) {
            var error = new Error("section " + index + " gets only " + taken);
            error.section = index;
            error.have = taken;
            throw error;
          }
        }
      });
    return sections.map(function (section, index) {
      var drawn = ordered.filter(function (candidate) {
        return owner[candidate.id] === index;
      });
      return gathered(new Generator("order", [plain, variant, String(index)]).shuffled(drawn));
    });
  }

  /** Give one more question to a section, exchanging some between sections where it must be. */
  function take(wanting, pools, owner) {
    var came = {};
    var queue = [wanting];
    came[wanting] = null;
    for (var at = 0; at < queue.length; at += 1) {
      var section = queue[at];
      for (var place = 0; place < pools[section].length; place += 1) {
        var candidate = pools[section][place];
        var holder = owner[candidate.id];
        if (holder === undefined) {
          owner[candidate.id] = section;
          for (var step = came[section]; step; step = came[step.section]) {
            owner[step.candidate.id] = step.section;
          }
          return true;
        }
        if (!(holder in came)) {
          came[holder] = { section: section, candidate: candidate };
          queue.push(holder);
        }
      }
    }
    return false;
  }

  function gathered(drawn) {
    var groups = new Map();
    drawn.forEach(function (candidate) {
      var key = candidate.group ? "=" + candidate.group : candidate.id;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(candidate.id);
    });
    var result = [];
    groups.forEach(function (names) {
      result = result.concat(names.sort());
    });
    return result;
  }

  /** The letters in the order shown; fixed ones keep their place, others share the rest. */
  function optionOrder(letters, fixed, seed, variant, question) {
    function moves(letter) {
      return fixed.indexOf(letter) < 0;
    }
    var generator = new Generator("options", [plainSeed(seed), variant, question]);
    var moving = generator.shuffled(letters.filter(moves));
    return letters.map(function (letter) {
      return moves(letter) ? moving.shift() : letter;
    });
  }

  /** Eight characters that bind blueprint, seed and bank content; `banks`: [[id, hash], …]. */
  function paperId(blueprint, seed, banks) {
    var sections = blueprint.sections.map(function (s) {
      return [s.type, s.count, s.banks, s.topics, s.difficulties, s.points];
    });
    var sorted = banks.slice().sort(function (a, b) {
      return a[0] < b[0] ? -1 : 1;
    });
    var parts = [plainSeed(seed), blueprint.scoring, blueprint.minutes, sections, sorted];
    var hash = sha256("jingzhong\npaper\n" + JSON.stringify(parts));
    var number = hash[0] * 256 + (hash[1] >>> 24);
    var text = "";
    for (var place = 0; place < 8; place += 1) {
      text = ALPHABET[number % 32] + text;
      number = Math.floor(number / 32);
    }
    return text;
  }

  /** Five questions for a day `YYYY-MM-DD`; none twice before the bank has been gone through. */
  function daily(ids, bank, day) {
    var ordered = ids.slice().sort();
    var rounds = Math.max(Math.floor(ordered.length / DAILY), 1);
    var number = Date.parse(day + "T00:00:00Z") / 86400000 + EPOCH;
    var cycle = String(Math.floor(number / rounds));
    var first = (number % rounds) * DAILY;
    return new Generator("daily", [bank, cycle]).shuffled(ordered).slice(first, first + DAILY);
  }

  window.Jingzhong.draw = {
    sha256: sha256,
    Generator: Generator,
    plainSeed: plainSeed,
    takes: takes,
    draw: draw,
    optionOrder: optionOrder,
    paperId: paperId,
    daily: daily,
  };
})();
