"""Banks written for other programs, each format with its account of what it cannot carry.

material     a bank with what its questions refer to: laws, cases, pictures
losses       what a bank has that a format cannot carry, in sentences
words        answers, stems and references as lines of text
archive      zip bytes that depend on their content alone
formats      the registry: name → file name, losses, writer
text, table, sheet, word, wenjuanxing, moodle, gift, qti*, anki    one writer each
command      `python hooks export quiz`
downloads    the files that the site offers of each bank, out of a cache
"""
