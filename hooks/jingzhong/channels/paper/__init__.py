"""Papers to print: contests and banks as PDF (through Typst) and as Word files.

`composing` says what stands on a paper, `marking` what its key says, `payload` how both reach the
templates in `typst/`, `printing` and `word` make bytes, `command` and `downloads` hand them out.
"""
