/*
 * QR codes (ISO/IEC 18004): `Jingzhong.qr(text)` gives the rows of modules, true for dark, or null for
 * a text too long. Bytes only, lowest error correction (L): a code on a screen has no stains, and
 * fewer modules are read from farther away.
 */
(function () {
  "use strict";

  // By version 1 to 40, level L: check bytes of each block, and how many blocks.
  var CHECKS = [
    7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
    28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ];
  var BLOCKS = [
    1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
    8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
  ];
  var FORMAT_L = 1;
  var MASKS = [
    function (x, y) { return (x + y) % 2; },
    function (x, y) { return y % 2; },
    function (x) { return x % 3; },
    function (x, y) { return (x + y) % 3; },
    function (x, y) { return (Math.floor(x / 3) + Math.floor(y / 2)) % 2; },
    function (x, y) { return ((x * y) % 2) + ((x * y) % 3); },
    function (x, y) { return (((x * y) % 2) + ((x * y) % 3)) % 2; },
    function (x, y) { return (((x + y) % 2) + ((x * y) % 3)) % 2; },
  ];

  /** Bytes that a version holds, data and checks, from the modules that its patterns leave. */
  function capacity(version) {
    var bits = (16 * version + 128) * version + 64;
    if (version > 1) {
      var count = Math.floor(version / 7) + 2;
      bits -= (25 * count - 10) * count - 55;
    }
    return Math.floor((version > 6 ? bits - 36 : bits) / 8);
  }

  function room(version) {
    return capacity(version) - CHECKS[version - 1] * BLOCKS[version - 1];
  }

  /** Product in the field of 256 elements that the standard names. */
  function times(a, b) {
    var product = 0;
    for (var bit = 7; bit >= 0; bit -= 1) {
      product = (product << 1) ^ ((product >>> 7) * 0x11d);
      product ^= ((b >>> bit) & 1) * a;
    }
    return product;
  }

  function generator(degree) {
    var result = new Array(degree).fill(0);
    var root = 1;
    result[degree - 1] = 1;
    for (var step = 0; step < degree; step += 1) {
      for (var at = 0; at < degree; at += 1) {
        result[at] = times(result[at], root) ^ (result[at + 1] || 0);
      }
      root = times(root, 2);
    }
    return result;
  }

  function checksOf(bytes, divisor) {
    var rest = divisor.map(function () {
      return 0;
    });
    bytes.forEach(function (byte) {
      var factor = byte ^ rest.shift();
      rest.push(0);
      divisor.forEach(function (one, at) {
        rest[at] ^= times(one, factor);
      });
    });
    return rest;
  }

  /** Mode, length, text, filling: the data bytes of a version. */
  function dataBytes(bytes, version) {
    var size = room(version);
    var bits = [];
    function push(value, length) {
      for (var bit = length - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1);
    }
    push(4, 4);
    push(bytes.length, version < 10 ? 8 : 16);
    bytes.forEach(function (byte) {
      push(byte, 8);
    });
    push(0, Math.min(4, size * 8 - bits.length));
    push(0, (8 - (bits.length % 8)) % 8);
    for (var filling = 0xec; bits.length < size * 8; filling ^= 0xec ^ 0x11) push(filling, 8);
    var result = [];
    for (var at = 0; at < bits.length; at += 8) result.push(parseInt(bits.slice(at, at + 8).join(""), 2));
    return result;
  }

  /** Data and checks of all blocks, taken from each in turn. */
  function woven(data, version) {
    var count = BLOCKS[version - 1];
    var divisor = generator(CHECKS[version - 1]);
    var short = Math.floor(data.length / count);
    var longFrom = count - (data.length % count);
    var blocks = [];
    for (var block = 0, at = 0; block < count; block += 1) {
      var length = short + (block >= longFrom ? 1 : 0);
      blocks.push(data.slice(at, at + length));
      at += length;
    }
    var result = [];
    [blocks, blocks.map(function (bytes) {
      return checksOf(bytes, divisor);
    })].forEach(function (part) {
      for (var place = 0; place < part[count - 1].length; place += 1) {
        part.forEach(function (bytes) {
          if (place < bytes.length) result.push(bytes[place]);
        });
      }
    });
    return result;
  }

  function alignments(version) {
    if (version === 1) return [];
    var count = Math.floor(version / 7) + 2;
    var step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
    var result = [6];
    for (var at = version * 4 + 10; result.length < count; at -= step) result.splice(1, 0, at);
    return result;
  }

  /** Fixed patterns; `rows` hold true, false, or null where data goes. */
  function frame(version) {
    var size = version * 4 + 17;
    var rows = Array.from({ length: size }, function () {
      return new Array(size).fill(null);
    });
    function square(x, y, reach, dark) {
      for (var dy = -reach; dy <= reach; dy += 1) {
        for (var dx = -reach; dx <= reach; dx += 1) {
          if (rows[y + dy] && x + dx >= 0 && x + dx < size) {
            rows[y + dy][x + dx] = dark(Math.max(Math.abs(dx), Math.abs(dy)));
          }
        }
      }
    }
    for (var at = 0; at < size; at += 1) rows[6][at] = rows[at][6] = at % 2 === 0;
    [[3, 3], [size - 4, 3], [3, size - 4]].forEach(function (corner) {
      square(corner[0], corner[1], 4, function (distance) {
        return distance !== 2 && distance !== 4;
      });
    });
    var places = alignments(version);
    var last = places.length - 1;
    places.forEach(function (x, column) {
      places.forEach(function (y, row) {
        var inCorner = (column === 0 && (row === 0 || row === last)) || (column === last && row === 0);
        if (inCorner) return;
        square(x, y, 2, function (distance) {
          return distance !== 1;
        });
      });
    });
    return rows;
  }

  function remainder(value, length, divisor) {
    var rest = value;
    for (var step = 0; step < length; step += 1) rest = (rest << 1) ^ ((rest >>> (length - 1)) * divisor);
    return rest;
  }

  function writeFormat(rows, mask) {
    var size = rows.length;
    var value = (FORMAT_L << 3) | mask;
    var bits = ((value << 10) | remainder(value, 10, 0x537)) ^ 0x5412;
    for (var at = 0; at < 15; at += 1) {
      var dark = Boolean((bits >>> at) & 1);
      if (at < 8) rows[8][size - 1 - at] = dark;
      else rows[size - 15 + at][8] = dark;
      if (at < 6) rows[at][8] = dark;
      else if (at < 8) rows[at + 1][8] = dark;
      else if (at === 8) rows[8][7] = dark;
      else rows[8][14 - at] = dark;
    }
    rows[size - 8][8] = true;
  }

  function writeVersion(rows, version) {
    if (version < 7) return;
    var bits = (version << 12) | remainder(version, 12, 0x1f25);
    for (var at = 0; at < 18; at += 1) {
      var a = rows.length - 11 + (at % 3);
      var b = Math.floor(at / 3);
      rows[a][b] = rows[b][a] = Boolean((bits >>> at) & 1);
    }
  }

  /** Fill in the data in columns of two, up and down, with a mask over it. */
  function filled(fixed, bytes, mask) {
    var size = fixed.length;
    var bit = 0;
    var rows = fixed.map(function (row) {
      return row.slice();
    });
    for (var right = size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (var step = 0; step < size; step += 1) {
        for (var side = 0; side < 2; side += 1) {
          var x = right - side;
          var y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
          if (fixed[y][x] !== null) continue;
          var dark = bit < bytes.length * 8 && ((bytes[bit >>> 3] >>> (7 - (bit & 7))) & 1) === 1;
          bit += 1;
          rows[y][x] = dark !== (MASKS[mask](x, y) === 0);
        }
      }
    }
    writeFormat(rows, mask);
    return rows;
  }

  /** How hard a code is to read: runs, blocks and what looks like a corner cost points. */
  function penalty(rows) {
    var size = rows.length;
    var points = 0;
    var darks = 0;
    function line(cells) {
      var text = cells.map(Number).join("");
      (text.match(/0{5,}|1{5,}/g) || []).forEach(function (run) {
        points += run.length - 2;
      });
      points += 40 * (text.match(/(?=00001011101|10111010000)/g) || []).length;
    }
    rows.forEach(function (row, y) {
      line(row);
      line(rows.map(function (other) {
        return other[y];
      }));
      row.forEach(function (dark, x) {
        darks += dark ? 1 : 0;
        if (y && x && rows[y - 1][x] === dark && row[x - 1] === dark && rows[y - 1][x - 1] === dark) points += 3;
      });
    });
    return points + 10 * Math.floor(Math.abs(darks / (size * size) - 0.5) * 20);
  }

  window.Jingzhong.qr = function (text) {
    var bytes = Array.from(new TextEncoder().encode(text));
    var version = 1;
    while (version <= 40 && bytes.length + (version < 10 ? 2 : 3) > room(version)) version += 1;
    if (version > 40) return null;
    var data = woven(dataBytes(bytes, version), version);
    var fixed = frame(version);
    writeFormat(fixed, 0);
    writeVersion(fixed, version);
    return MASKS.map(function (_, mask) {
      return filled(fixed, data, mask);
    }).reduce(function (best, rows) {
      var points = penalty(rows);
      return best && best.points <= points ? best : { rows: rows, points: points };
    }, null).rows;
  };
})();
