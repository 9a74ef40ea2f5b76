"""Question banks as offices have them, read into one form; nothing is ever made up.

decode, package    bytes → text; zip containers under limits
open_file          which reader a file needs; refusals that say what to do
word, word_numbers, page   .docx and HTML → lines of text, tables
sheet, sheets_other, cells, columns, stacked, option_cells, table   .xlsx, .xls, .ods, .csv → rows → questions
shapes, shape_parts, moodle, gift (and Aiken), qti   structured formats → questions
tidy, shell, paper lines of text → one `Paper` with its shell taken off → questions
sections, numbers, evidence, starts, unnumbered   where questions begin
keys, key_parts, key_answers   answer keys apart from the questions
patterns           line formats of programs
marks, options, answers, blank_answers, value, blanks   the signs within one question
stems, cutting, unlettered, pairs, body, settling   one question's text → `Found`
similar, laws      duplicates; citations as links
bank_file, ask, command   the bank, the rejected file, questions to the editor, the command
"""
