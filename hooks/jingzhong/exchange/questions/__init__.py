"""Question banks as offices have them, read into one form; nothing is ever made up.

decode, package    bytes → text; zip containers under limits
open_file          which reader a file needs; refusals that say what to do
word, page         .docx and HTML → lines of text, tables
sheet, table       .xlsx, .xls, .ods, .csv → rows → questions
shapes, moodle, gift, aiken, qti   structured formats → questions
tidy, paper        lines of text → one `Paper` with its shell taken off → questions
sections, starts, keys, unnumbered, patterns   where questions begin; keys at the end
marks, options, answers, blanks, body          one question's text → `Found`
judging, similar   conventions, conflicts, duplicates
bank, ask, command the bank, the rejected file, `python hooks import quiz`
"""
