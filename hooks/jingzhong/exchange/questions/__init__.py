"""Question banks as offices have them, read into one form; nothing is ever made up.

decode, package    bytes → text; zip containers under limits
open_file          which reader a file needs; refusals that say what to do
word, word_body, word_runs, word_numbers   .docx → lines of text, tables, automatic numbers
word_notes, word_math, word_signs   footnotes, formulas, symbol fonts as text
word_looks, word_marked   what is coloured or bold, and whether that says the answer
page, icons, scripts   HTML → lines of text, tables; pictures that only decorate; data in scripts
markdown, pages, bounds   folds and fences, page feet inside lines, headings that end a question
names, look, sources, fit, roles, parts   which column or key holds what: name and content, tried on the records
offered, picked, option_cells, listed, conventions, undeclared   options and answers in any shape; what numbers and bare letters mean
sheet, sheets_other, cells, columns, stacked, table   .xlsx, .xls, .ods, .csv → rows → questions
json_text, loose_json, records, joined, flattened, shapes   JSON and what is nearly JSON → records → questions
markup, declared   fields with markup as text; types that words declare
moodle, gift (and Aiken), qti   structured formats → questions
tidy, shell, paper lines of text → one `Paper` with its shell taken off → questions
sections, numbers, evidence, starts, unnumbered   where questions begin
keys, key_parts, key_answers   answer keys apart from the questions
patterns           line formats of programs
marks, options, answers, blank_answers, value, blanks   the signs within one question
stems, cutting, unlettered, pairs, body, settling   one question's text → `Found`
guard, nothing      a last look for signs of a wrong cut; what to say when nothing is found
furniture          scores, words about the taker and other residue
similar, laws      duplicates; citations as links
bank_file, ask, summary, command   the bank, the rejected file, questions to the editor, the command
"""
