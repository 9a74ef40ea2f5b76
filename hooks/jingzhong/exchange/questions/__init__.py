"""Question banks as offices have them, read into one form; nothing is ever made up.

decode, package    bytes → text; zip containers under limits
open_file          which reader a file needs; refusals that say what to do
word, word_numbers, page   .docx and HTML → lines of text, tables
names, look, sources, fit, roles, parts   which column or key holds what: name and content, tried on the records
offered, picked, option_cells, conventions   options and answers in any shape; what numbers mean
sheet, sheets_other, cells, columns, stacked, table   .xlsx, .xls, .ods, .csv → rows → questions
json_text, loose_json, records, joined, shapes   JSON and what is nearly JSON → records → questions
markup, declared   fields with markup as text; types that words declare
moodle, gift (and Aiken), qti   structured formats → questions
tidy, shell, paper lines of text → one `Paper` with its shell taken off → questions
sections, numbers, evidence, starts, unnumbered   where questions begin
keys, key_parts, key_answers   answer keys apart from the questions
patterns           line formats of programs
marks, options, answers, blank_answers, value, blanks   the signs within one question
stems, cutting, unlettered, pairs, body, settling   one question's text → `Found`
similar, laws      duplicates; citations as links
bank_file, ask, command   the bank, the rejected file, questions to the editor, the command
"""
