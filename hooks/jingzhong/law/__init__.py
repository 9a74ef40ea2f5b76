"""Citations of laws: found in text, and resolved to the law of the day.

reading    text made uniform, with the way back to its offsets
lexicon    every name and number a law goes by (site content and `data/*.yml`)
mentions   where a text names a law; `following` reads what stands behind the name
articles   lists of articles; `marks` versions asked for in words; `numbers` orders and codes
versions   which version governed on a day, and where its articles stand today
citations  the findings, one an article; `links` the same as spans for pages
command    `python hooks cite`
"""
